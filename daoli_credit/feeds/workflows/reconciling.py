"""对账: asks the platform what it holds and lays it beside our holdings; only stores and shows, never repairs alone."""

from django.db import transaction

from daoli_credit.accounts.models import Department
from daoli_credit.feeds.adapters import Kept, Unreachable
from daoli_credit.feeds.channels import Channel
from daoli_credit.feeds.models import Delivery, Discrepancy, Feed, Reconciliation, TheirCopy
from daoli_credit.feeds.models.delivery import UNSETTLED
from daoli_credit.feeds.models.reconciliation import Difference
from daoli_credit.feeds.workflows import repaired, still_there
from daoli_credit.feeds.workflows.sending import adapter
from daoli_credit.law import clock
from records.models import CreditRecord, Holding
from records.outgoing import HANDLER

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
        return compare(feed, {one.record: one for one in theirs})


def compare(feed: Feed, theirs: dict[str, Kept]) -> Reconciliation:
    """比对 and store. The caller has locked the feed."""
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
    _remember(feed, theirs)
    count = len(found) + still_there.look(feed)
    return Reconciliation.objects.create(
        feed=feed, at=clock.now(), here=len(ours), there=len(theirs), differences=count
    )


CAUSES = {
    Difference.MISSING: "对方收下以后丢了，或者按别处的要求撤下；核对后重新推送",
    Difference.EXTRA: "不是我方推送的，或者恢复备份以前推送的；请对方核对来源并撤下",
    Difference.REVISION: "对方没有换成后来的版本，或者另有来源；核对后重新推送",
    Difference.CONTENT: "对方改动过，或者收录时转换有误；请对方按报文摘要核对",
}
ENDED = "我方已终止，对方仍在提供：请立即要求撤下"


def _store(feed: Feed, found: Found) -> None:
    for one in Discrepancy.objects.filter(feed=feed, cleared_at__isnull=True):
        if one.kind == Difference.ENDED or (one.kind == Difference.REPAIRED and repaired.still_open(one)):
            continue  # the one is looked after by `still_there`
        if (one.record_number, one.kind) not in found:
            one.cleared_at = clock.now()
            one.save(update_fields=["cleared_at"])
    numbers = [number for number, _ in found]
    records = {one.number: one for one in CreditRecord.objects.filter(number__in=numbers).select_related("department")}
    office = Department.objects.get(code=HANDLER)
    for (number, kind), (ours, theirs) in found.items():
        record = records.get(number)
        ended = theirs is not None and record is not None and not record.is_in_force(clock.today())
        # what the platform did to a copy is the office's to clear up; a record's own department knows its content
        owner = record.department if record is not None and kind == Difference.CONTENT else office
        cause = ENDED if ended else CAUSES[Difference(kind)]
        facts = {"ours": ours, "theirs": theirs, "found_at": clock.now(), "cause": cause, "owner": owner}
        one, _ = Discrepancy.objects.get_or_create(
            feed=feed, record_number=number, kind=kind, cleared_at=None, defaults={**facts, "alarm": ended}
        )
        if ended and not one.alarm:
            one.alarm, one.cause = True, ENDED
            one.save(update_fields=["alarm", "cause"])


def _remember(feed: Feed, theirs: dict[str, Kept]) -> None:
    """What they hold is kept as intervals: a row begins when a copy is first seen and ends when it no longer is."""
    now, known = clock.now(), {}
    for one in TheirCopy.objects.filter(feed=feed, unseen_at__isnull=True):
        known[one.record_number] = (one.pk, one.revision, one.digest)
    same = {number for number, one in theirs.items() if known.get(number, ())[1:] == (one.revision, one.digest)}
    gone = [pk for number, (pk, *_) in known.items() if number not in same]
    TheirCopy.objects.filter(pk__in=gone).update(unseen_at=now)
    TheirCopy.objects.bulk_create(
        [
            TheirCopy(feed=feed, record_number=number, revision=one.revision, digest=one.digest, seen_at=now)
            for number, one in theirs.items()
            if number not in same
        ],
        batch_size=1000,
    )
