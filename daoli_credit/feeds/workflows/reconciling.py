"""对账: asks the platform what it holds and lays it beside our holdings; only stores and shows, never repairs alone."""

from django.db import transaction

from daoli_credit.feeds.adapters import Kept, Unreachable
from daoli_credit.feeds.channels import Channel
from daoli_credit.feeds.models import Delivery, Discrepancy, Feed, Reconciliation
from daoli_credit.feeds.models.delivery import UNSETTLED
from daoli_credit.feeds.models.reconciliation import Difference
from daoli_credit.feeds.workflows.sending import adapter
from daoli_credit.law import clock
from records.models import Holding

Found = dict[tuple[str, str], tuple[int | None, int | None]]


def reconcile(channel: Channel) -> Reconciliation:
    """对账一次. The platform is asked before anything is locked."""
    feed, _ = Feed.objects.get_or_create(code=channel.code)
    Feed.objects.filter(code=channel.code).update(reconcile_asked_at=None)
    try:
        theirs = adapter(channel).holdings()
    except Unreachable as why:
        return Reconciliation.objects.create(feed=feed, at=clock.now(), failed=str(why)[:200])
    with transaction.atomic():
        Feed.objects.select_for_update(no_key=True).get(code=channel.code)
        return _compare(feed, {one.record: one for one in theirs})


def _compare(feed: Feed, theirs: dict[str, Kept]) -> Reconciliation:
    ours = {
        row.record.number: row.revision
        for row in Holding.objects.filter(recipient=feed.code, gone_at__isnull=True, revision__gt=0).select_related(
            "record"
        )
    }
    # what is on its way is no difference yet
    moving = Delivery.objects.filter(feed=feed, state__in=UNSETTLED).values_list("record__number", flat=True)
    still = (set(ours) | set(theirs)) - set(moving)
    digests = {
        (number, revision): bytes(digest or b"").hex()
        for number, revision, digest in Delivery.objects.filter(
            feed=feed, digest__isnull=False, record__number__in=still
        ).values_list("record__number", "number", "digest")
    }
    found: Found = {}
    for number in sorted(still):
        kept, revision = theirs.get(number), ours.get(number)
        if kept is None:
            found[number, Difference.MISSING] = (revision, None)
        elif revision is None:
            found[number, Difference.EXTRA] = (None, kept.revision)
        elif kept.revision != revision:
            found[number, Difference.REVISION] = (revision, kept.revision)
        elif kept.digest != digests.get((number, revision)):
            found[number, Difference.CONTENT] = (revision, kept.revision)
    _store(feed, found)
    return Reconciliation.objects.create(
        feed=feed, at=clock.now(), here=len(ours), there=len(theirs), differences=len(found)
    )


def _store(feed: Feed, found: Found) -> None:
    for one in Discrepancy.objects.filter(feed=feed, cleared_at__isnull=True):
        if (one.record_number, one.kind) not in found:
            one.cleared_at = clock.now()
            one.save(update_fields=["cleared_at"])
    for (number, kind), (ours, theirs) in found.items():
        facts = {"ours": ours, "theirs": theirs, "found_at": clock.now()}
        Discrepancy.objects.get_or_create(feed=feed, record_number=number, kind=kind, cleared_at=None, defaults=facts)
