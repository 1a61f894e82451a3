"""归卷: an original is put into a case's file; from then on it can be opened, never replaced and never taken out."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken, noun, once
from incentives.models import Listing, ListingPaper
from incentives.models.listing_paper import ScanOf
from records.models import Attachment

MOST = 20
FILED = register("listing.paper-filed", "归入卷宗原件", duty="propose_listing")


def put_in(*, listing_id: int, made: Attachment, of: str, actor: User) -> ListingPaper:
    """归卷, at any time until the case leaves its department's pages: proofs come late.

    `made` is sniffed and sealed already. Raises PermissionDenied, AlreadyDone for the same file, RuleBroken.
    """
    with transaction.atomic():
        listing = Listing.objects.select_for_update(of=("self",)).select_related("department").get(pk=listing_id)
        if not actor.may("propose_listing", listing.department_id):
            raise PermissionDenied("您没有“归入卷宗原件”这项职责")
        if of not in ScanOf.values:
            raise RuleBroken("请选择是哪一件")
        if ListingPaper.objects.of_case(listing).count() >= MOST:
            raise RuleBroken(f"一件案卷最多 {MOST} 份原件；请合并成一个文件再归卷")
        kept = ListingPaper(
            listing=listing, token=made.token, of=of, format=made.format, size=made.size, digest=made.digest,
            envelope=made.envelope, added_by=actor, added_on=clock.today(),
        )  # fmt: skip
        with once("the_same_scan_once_in_a_case", "这份原件已经在卷里"):
            kept.save()
        events.record(
            act=FILED,
            noun=noun(Listing),
            object_id=listing.pk,
            actor=actor,
            department=listing.department.code,
            from_status=listing.status,
            to_status=listing.status,
            revision=listing.revision,
        )
    return kept
