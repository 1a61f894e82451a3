"""一条记录的推送经过: all that was said of it to every platform, and what each has answered; its number and no more."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from daoli_credit.accounts.models import User
from daoli_credit.feeds import log, selectors
from daoli_credit.feeds.models import Delivery, Discrepancy, Prepared, TheirCopy
from daoli_credit.feeds.models.prepared import Outcome
from daoli_credit.law import clock
from records.holders import Holder
from records.holders import of as whereabouts
from records.models import CreditRecord, Revision
from records.rules.pushable import Stop


@dataclass(frozen=True)
class At:
    """在一个平台: the deliveries with their moments, what it says that it holds, and the day of the withdrawal."""

    code: str
    title: str
    deliveries: Sequence[tuple[Delivery, Sequence[selectors.Moment]]]
    copy: TheirCopy | None
    prepared: Prepared | None
    differences: Sequence[Discrepancy]


@dataclass(frozen=True)
class Story:
    """一条记录: its revisions, what stops it, who holds it, and how it went at each platform."""

    record: CreditRecord
    in_force: bool
    revisions: Sequence[Revision]
    holders: Sequence[Holder] = field(default_factory=tuple)
    stops: Sequence[Stop] = field(default_factory=tuple)
    platforms: Sequence[At] = field(default_factory=tuple)


def find(user: User, number: str) -> CreditRecord | None:
    """按系统编号找, for those who watch the feeds: of what was ever said outside, or would have been."""
    watches = user.may_anywhere("operate_feeds") or user.may_anywhere("supervise")
    if not watches:
        return None
    said = CreditRecord.objects.filter(number=number.strip().upper(), revisions__isnull=False)
    return said.select_related("item", "department").distinct().first()


def story(record: CreditRecord) -> Story:
    """一条记录的推送经过, over all platforms, those of the environment first."""
    there, in_force = whereabouts(record), record.is_in_force(clock.today())
    titles = selectors.titles()
    known = Delivery.objects.filter(record=record).values_list("feed", flat=True)
    codes = [*titles, *sorted(set(known) - set(titles))]
    return Story(
        record=record,
        in_force=in_force,
        revisions=list(record.revisions.order_by("-number")),
        holders=there.holders,
        stops=(*there.stops, *there.unagreed) if in_force else (),
        platforms=[_at(record, code, titles.get(code, code)) for code in codes],
    )


def _at(record: CreditRecord, code: str, title: str) -> At:
    rows = Delivery.objects.filter(feed=code, record=record).select_related("revision", "held_owner", "feed")
    rows = rows.prefetch_related("tries", "receipts").order_by("-number")
    decided = log.of_deliveries(one.key for one in rows)
    theirs = TheirCopy.objects.filter(feed=code, record_number=record.number)
    return At(
        code=code,
        title=title,
        deliveries=[(one, selectors.moments(one, decided.get(one.key, ()))) for one in rows],
        copy=theirs.order_by("-pk").first(),
        prepared=Prepared.objects.filter(feed=code, record=record, outcome=Outcome.OPEN).first(),
        differences=list(Discrepancy.objects.filter(feed=code, record_number=record.number, cleared_at__isnull=True)),
    )
