"""读推送: what the operator's pages show. Record numbers only; nobody's identity is on any of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet

from daoli_credit.accounts import assessments
from daoli_credit.accounts.models import User
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.feeds import channels, coming, differences
from daoli_credit.feeds.models import Delivery, Discrepancy, Feed, Reconciliation, TheirCopy
from daoli_credit.feeds.models.attempt import Outcome
from daoli_credit.feeds.models.delivery import Held, Lane, State
from daoli_credit.feeds.models.receipt import Verdict
from daoli_credit.feeds.rules import health, patience
from daoli_credit.law import clock
from records import agreed
from records.models import CreditRecord
from records.outgoing import refusals_of
from records.rules.pushable import Stop


@dataclass(frozen=True)
class HeldLine:
    """待人工处理的一类: reason, owner, how many."""

    code: str
    reason: str
    owner: str
    owner_code: str
    count: int


@dataclass(frozen=True)
class Standing:
    """一个平台的现状."""

    code: str
    title: str
    feed: Feed
    configured: bool
    counts: dict[str, int]
    withdrawals: int
    oldest_withdrawal: datetime | None
    oldest_unsent: datetime | None
    oldest_unconfirmed: datetime | None
    held: list[HeldLine]
    last: Reconciliation | None
    reconciled_at: datetime | None
    open_differences: int
    unassessed: str
    alarms: int
    due: datetime | None
    prepared: int
    next_day: date | None

    @property
    def broken(self) -> bool:
        """熔断中."""
        return self.feed.failures >= patience.BREAKS_AFTER

    @property
    def word(self) -> tuple[str, str]:
        """Shape and word of its status: the gravest that holds."""
        now = clock.now()
        words = (
            (not self.configured, "off", "没有接通"),
            (self.feed.restored_at, "bad", "恢复备份，停止发送"),
            (self.alarms, "bad", "终止以后对方仍有"),
            (self.feed.recalled_at and not self.feed.enabled, "warn", "召回中"),
            (not self.feed.enabled, "warn", "普通推送已暂停"),
            (self.unassessed, "warn", "缺影响评估，普通推送不送出"),
            (self.broken, "bad", "熔断中"),
            (self.held, "warn", "有件待人工处理"),
            (self.open_differences, "warn", "有对账差异"),
            (not all(one.is_well(now) for one in self.measured), "warn", "有超过时限的"),
            (True, "ok", "正常"),
        )
        return next((shape, word) for holds, shape, word in words if holds)

    @property
    def unsent(self) -> int:
        """待发送 and on the wire."""
        return self.counts.get(State.WAITING, 0) + self.counts.get(State.SENDING, 0)

    @property
    def unconfirmed(self) -> int:
        """待回执."""
        return self.counts.get(State.AWAITING, 0)

    @property
    def measured(self) -> tuple[health.Measured, ...]:
        """健康各项."""
        return health.measured(
            withdrawal=self.oldest_withdrawal,
            unsent=self.oldest_unsent,
            unconfirmed=self.oldest_unconfirmed,
            reconciled=self.reconciled_at,
            due=self.due,
        )

    @property
    def health(self) -> list[tuple[str, str, str, bool]]:
        """健康 for the page: what, how long, within what, and whether it is well."""
        now = clock.now()
        return [
            (one.title, health.plain(one.age(now)) if one.since else "没有", health.plain(one.within), one.is_well(now))
            for one in self.measured
        ]

    @property
    def held_total(self) -> int:
        """待人工处理."""
        return self.counts.get(State.HELD, 0)


def _standing(feed: Feed, title: str, *, configured: bool) -> Standing:
    rows = Delivery.objects.filter(feed=feed)
    counts = dict(rows.values_list("state").annotate(n=Count("pk")).order_by())
    unsent = rows.filter(state__in=[State.WAITING, State.SENDING])
    held = (
        rows.filter(state=State.HELD)
        .values_list("held_reason", "held_owner__name", "held_owner__code")
        .annotate(n=Count("pk"))
        .order_by("held_reason", "held_owner__name")
    )
    return Standing(
        code=feed.code,
        title=title,
        feed=feed,
        configured=configured,
        counts=counts,
        withdrawals=unsent.filter(lane=Lane.WITHDRAWAL).count(),
        oldest_withdrawal=unsent.filter(lane=Lane.WITHDRAWAL).aggregate(at=Min("created_at"))["at"],
        oldest_unsent=unsent.aggregate(at=Min("created_at"))["at"],
        oldest_unconfirmed=rows.filter(state=State.AWAITING).aggregate(at=Min("answered_at"))["at"],
        held=[HeldLine(reason, str(Held(reason).label), owner, code, n) for reason, owner, code, n in held],
        last=Reconciliation.objects.filter(feed=feed).first(),
        # never reconciled is counted from the first thing that was owed, not taken for well
        reconciled_at=Reconciliation.objects.filter(feed=feed, failed="").aggregate(at=Max("at"))["at"]
        or rows.aggregate(at=Min("created_at"))["at"],
        open_differences=Discrepancy.objects.filter(feed=feed, cleared_at__isnull=True).count(),
        unassessed=assessments.refusal(Subject.FEED, feed.code, title, on=clock.today()) if configured else "",
        alarms=Discrepancy.objects.filter(feed=feed, cleared_at__isnull=True, alarm=True).count(),
        due=coming.late(feed.code),
        prepared=(ready := coming.rows(feed.code)).count(),
        next_day=ready.values_list("day", flat=True).first(),
    )


def standings() -> list[Standing]:
    """各平台现状: those of the environment first, then those that once were and are no longer connected."""
    known = {feed.code: feed for feed in Feed.objects.all()}
    connected = channels.all_of_them()
    found = [_standing(known.get(one.code) or Feed(code=one.code), one.title, configured=True) for one in connected]
    gone = set(known) - {one.code for one in connected}
    return found + [_standing(known[code], code, configured=False) for code in sorted(gone)]


def standing(code: str) -> Standing | None:
    """一个平台的现状."""
    return next((one for one in standings() if one.code == code), None)


def copies(code: str, day: date) -> QuerySet[TheirCopy]:
    """对方某日持有什么: what its own list said by the end of that day."""
    end = datetime.combine(day + timedelta(days=1), time.min, tzinfo=clock.CHINA)
    return differences.ours(TheirCopy.objects.filter(feed=code, seen_at__lt=end).exclude(unseen_at__lt=end))


def asked_to_reconcile(code: str) -> bool:
    """有人要求对账, and nobody has done it yet."""
    return Feed.objects.filter(code=code, reconcile_asked_at__isnull=False).exists()


# what the figures of the overview open: the same rows that they count
UNSENT = {"unsent": Lane.values, "withdrawals": [Lane.WITHDRAWAL.value]}


def deliveries(
    user: User, code: str, *, state: str = "", reason: str = "", owner: str = "", oldest: bool = False
) -> QuerySet[Delivery]:
    """推送单 of one feed that the user may see, the newest first, or the longest waiting."""
    found = (
        Delivery.objects.visible_to(user)
        .filter(feed=code)
        .select_related("record", "revision", "held_owner")
        .order_by("pk" if oldest else "-pk")
    )
    if owner:
        found = found.filter(held_owner__code=owner)
    if state in State.values:
        found = found.filter(state=state)
    elif state in UNSENT:
        found = found.filter(state__in=[State.WAITING, State.SENDING], lane__in=UNSENT[state])
    return found.filter(held_reason=reason) if reason in Held.values and reason else found


def titles() -> dict[str, str]:
    """平台的名称 by code."""
    return {one.code: one.title for one in channels.all_of_them()}


def returned(user: User) -> QuerySet[Delivery]:
    """平台退回 to the user's departments, the longest waiting first."""
    found = Delivery.objects.returned_to(user).select_related("record__item", "held_owner")
    return found.order_by("pk")


def asked_of(user: User) -> QuerySet[Delivery]:
    """本部门认定的, held or answered a moment ago: what the answering page may name."""
    mine = Delivery.objects.filter(record__department_id__in=user.departments("submit_record"))
    return mine.exclude(held_reason="", owner_says="").select_related("record__item", "held_owner")


@dataclass(frozen=True)
class Moment:
    """经过的一条, for the timeline."""

    title: str
    at: str
    state: str
    word: str
    says: str


def _when(at: datetime | None) -> str:
    return f"{at.astimezone(clock.CHINA):%Y-%m-%d %H:%M:%S}" if at else ""


def moments(one: Delivery) -> list[Moment]:
    """一件推送单的经过: made, each attempt, each receipt, and what it waits for now."""
    made = Moment("建单", _when(one.created_at), "done", "已建", f"{one.get_lane_display()}通道，第 {one.number} 版")
    heard: list[tuple[datetime, Moment]] = []
    for attempt in one.tries.all():
        said = (f"HTTP {attempt.http_status}。" if attempt.http_status else "") + attempt.answer
        state = "done" if attempt.outcome == Outcome.ACCEPTED else "now"
        heard.append((attempt.at, Moment("发送", _when(attempt.at), state, attempt.get_outcome_display(), said)))
    for receipt in one.receipts.all():
        state, title = "done" if receipt.verdict == Verdict.ACCEPTED else "now", f"回执 {receipt.number}"
        word = receipt.get_verdict_display()
        heard.append((receipt.at, Moment(title, _when(receipt.at), state, word, receipt.words)))
    found = [made, *(moment for _, moment in sorted(heard, key=lambda pair: pair[0]))]
    if one.state == State.WAITING:
        found.append(Moment("下一次发送", _when(one.next_try_at), "next", "等待", one.held_words))
    elif one.state == State.AWAITING and one.answered_at:
        found.append(Moment("等待回执", _when(one.answered_at + patience.RECEIPT_WITHIN), "next", "最迟", ""))
    return found


@dataclass(frozen=True)
class Stopped:
    """一条没有送出的记录: its number, its department, and what stops it."""

    number: str
    department: str
    stops: Sequence[Stop]


STRETCH = 50_000  # so many numbers are looked through for one page


def stopped(*, before: int | None = None, most: int) -> tuple[list[Stopped], int | None]:
    """哪一条拦住了它: the newest records in force that have gone nowhere, with the reasons; and from where to go on.

    A page looks through one stretch of the register only, however much of it has been sent.
    """
    top = before or (CreditRecord.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    sent = Delivery.objects.filter(record=OuterRef("pk"))
    waiting = CreditRecord.objects.in_force(on=clock.today()).filter(pk__lt=top, pk__gte=top - STRETCH)
    rows = list(waiting.exclude(Exists(sent)).select_related("department", "item").order_by("-pk")[: most + 1])
    more, rows = len(rows) > most, rows[:most]
    stops = refusals_of(rows)
    found = [
        Stopped(row.number, row.department.name, why) for row in rows if (why := stops[row.pk] or agreed.stops(row))
    ]
    return found, rows[-1].pk if more else top - STRETCH if top > STRETCH else None
