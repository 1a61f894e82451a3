"""对账: asks the platform what it holds and lays it beside our holdings; stores and shows, and sends nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet

from daoli_credit.accounts.models import Department
from daoli_credit.arrays import listed
from daoli_credit.feeds.adapters import Kept, Unreachable
from daoli_credit.feeds.channels import Channel
from daoli_credit.feeds.models import Delivery, Discrepancy, Feed, Reconciliation, TheirCopy
from daoli_credit.feeds.models.delivery import UNSETTLED
from daoli_credit.feeds.models.reconciliation import Difference
from daoli_credit.feeds.workflows import repaired, still_held, still_there
from daoli_credit.feeds.workflows.sending import adapter
from daoli_credit.law import clock
from records.models import CreditRecord, Holding
from records.outgoing import HANDLER

PORTION = 2_000
Found = dict[tuple[str, str], tuple[int | None, int | None]]


def batched(numbers: Iterable[str], size: int) -> Iterator[list[str]]:
    """一段一段: so many at a time."""
    left = iter(numbers)
    while portion := list(islice(left, size)):
        yield portion


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
    """比对 and store, a portion at a time: what is kept here while it runs are the differences alone.

    The caller has locked the feed.
    """
    found: Found = {}
    numbers = sorted(theirs)
    for portion in batched(numbers, PORTION):
        _theirs_beside_ours(feed, [theirs[number] for number in portion], found)
    here = _missing(feed, theirs, found)
    _store(feed, dict(sorted(found.items())))
    _remember(feed, theirs)
    count = len(found) + still_there.look(feed)
    still_held.put_right(feed, theirs)
    return Reconciliation.objects.create(feed=feed, at=clock.now(), here=here, there=len(theirs), differences=count)


def _held(feed: Feed) -> QuerySet[Holding]:
    return Holding.objects.filter(recipient=feed.code, gone_at__isnull=True, revision__gt=0)


def _theirs_beside_ours(feed: Feed, portion: Sequence[Kept], found: Found) -> None:
    """What they say they hold, beside what we know of it. What is on its way is no difference yet."""
    ids = dict(CreditRecord.objects.filter(number__in=[one.record for one in portion]).values_list("number", "pk"))
    ours = dict(_held(feed).filter(record__in=listed(list(ids.values()))).values_list("record", "revision"))
    sent = Delivery.objects.filter(feed=feed, record__in=listed(list(ids.values())))
    moving, digests = set(), {}
    for pk, number, state, digest in sent.values_list("record", "number", "state", "digest"):
        if state in UNSETTLED:
            moving.add(pk)
        if digest is not None:
            digests[pk, number] = bytes(digest).hex()
    for kept in portion:
        pk = ids.get(kept.record, 0)
        revision = ours.get(pk)
        if pk in moving:
            continue
        if revision is None:
            found[kept.record, Difference.EXTRA] = (None, kept.revision)
        elif kept.revision != revision:
            found[kept.record, Difference.REVISION] = (revision, kept.revision)
        elif kept.digest != digests.get((pk, revision)):
            found[kept.record, Difference.CONTENT] = (revision, kept.revision)


def _missing(feed: Feed, theirs: Mapping[str, Kept], found: Found) -> int:
    """What we have down as held and they do not name. Returns how many we have down."""
    count, after = 0, 0
    held = _held(feed).order_by("pk").values_list("pk", "record", "record__number", "revision")
    while rows := list(held.filter(pk__gt=after)[:PORTION]):
        count, after = count + len(rows), rows[-1][0]
        missed = {record: (number, revision) for _, record, number, revision in rows if number not in theirs}
        sent = Delivery.objects.filter(feed=feed, record__in=listed(list(missed)), state__in=UNSETTLED)
        moving = set(sent.values_list("record", flat=True)) if missed else set()
        for record, (number, revision) in missed.items():
            if record not in moving:
                found[number, Difference.MISSING] = (revision, None)
    return count


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
    now, same, after = clock.now(), set(), 0
    known = TheirCopy.objects.filter(feed=feed, unseen_at__isnull=True).order_by("pk")
    rows = known.values_list("pk", "record_number", "revision", "digest")
    while portion := list(rows.filter(pk__gt=after)[:PORTION]):
        after, gone = portion[-1][0], []
        for pk, number, revision, digest in portion:
            one = theirs.get(number)
            if one is not None and (one.revision, one.digest) == (revision, digest):
                same.add(number)
            else:
                gone.append(pk)
        TheirCopy.objects.filter(pk__in=listed(gone)).update(unseen_at=now)
    for numbers in batched((number for number in theirs if number not in same), PORTION):
        TheirCopy.objects.bulk_create(
            TheirCopy(
                feed=feed,
                record_number=number,
                revision=theirs[number].revision,
                digest=theirs[number].digest,
                seen_at=now,
            )
            for number in numbers
        )
