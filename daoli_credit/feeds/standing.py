"""平台的现状: how each platform stands, what waits and since when, and whether that is too long."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Min, QuerySet

from daoli_credit.accounts import assessments
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.feeds import channels, coming
from daoli_credit.feeds.models import Delivery, Discrepancy, Feed, Reconciliation
from daoli_credit.feeds.models.delivery import Held, Lane, State
from daoli_credit.feeds.rules import health, patience
from daoli_credit.law import clock


@dataclass(frozen=True)
class HeldLine:
    """待人工处理的一类: reason, owner, how many."""

    code: str
    reason: str
    owner: str
    owner_code: str
    count: int


def _aged(one: health.Measured, now: datetime, *, never: bool) -> str:
    if one.since is None:
        return "没有"
    not_yet = "还没有对过，已 " if one.code == "reconciled" and never else ""
    return f"{not_yet}{health.plain(one.age(now))}"


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
    never: bool
    open_differences: int
    unassessed: str
    alarms: int
    due: datetime | None
    prepared: int
    next_day: date | None
    trouble: str

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
            (self.broken, "bad", "熔断中"),
            (self.feed.recalled_at and not self.feed.enabled, "warn", "召回中"),
            (not self.feed.enabled, "warn", "普通推送已暂停"),
            (self.unassessed, "warn", "缺影响评估，普通推送不送出"),
            (self.held, "warn", "有件待人工处理"),
            (self.open_differences, "warn", "有对账差异"),
            (self.feed.receipts_failed, "warn", "取不到回执"),
            (self.feed.failures, "warn", "没有送成，再试中"),
            (not all(one.is_well(now) for one in self.measured), "warn", "有超过时限的"),
            (not all(one.is_well for one in self.counted), "warn", "积压超过限度"),
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
    def counted(self) -> tuple[health.Counted, ...]:
        """健康里数得出的各项."""
        return health.counted(backlog=self.unsent, failures=self.feed.failures, alarms=self.alarms)

    @property
    def health(self) -> list[tuple[str, str, str, bool]]:
        """健康 for the page: what, how long or how many, within what, and whether it is well."""
        now = clock.now()
        timed = [
            (one.title, _aged(one, now, never=self.never), health.plain(one.within), one.is_well(now))
            for one in self.measured
        ]
        return timed + [
            (one.title, f"{one.count} {one.unit}", f"{one.at_most} {one.unit}", one.is_well) for one in self.counted
        ]

    @property
    def held_total(self) -> int:
        """待人工处理."""
        return self.counts.get(State.HELD, 0)


def _trouble(rows: QuerySet[Delivery]) -> str:
    """最近怎样没有送成, in the words of what was tried and waits: the head of the queue, which is tried first."""
    tried = rows.filter(state=State.WAITING, attempts__gt=0).exclude(held_words="").order_by("-lane", "pk")
    return tried.values_list("held_words", flat=True).first() or ""


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
    agreed = Reconciliation.objects.filter(feed=feed, failed="").aggregate(at=Max("at"))["at"]
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
        reconciled_at=agreed or rows.aggregate(at=Min("created_at"))["at"],
        never=agreed is None,
        open_differences=Discrepancy.objects.filter(feed=feed, cleared_at__isnull=True).count(),
        unassessed=assessments.refusal(Subject.FEED, feed.code, title, on=clock.today()) if configured else "",
        alarms=Discrepancy.objects.filter(feed=feed, cleared_at__isnull=True, alarm=True).count(),
        due=coming.late(feed.code),
        prepared=(ready := coming.rows(feed.code)).count(),
        next_day=ready.values_list("day", flat=True).first(),
        trouble=_trouble(rows) if feed.failures else "",
    )


def standings() -> list[Standing]:
    """各平台现状: those of the environment first, then those that once were and are no longer connected."""
    connected = [one.code for one in channels.all_of_them()]
    gone = Feed.objects.exclude(code__in=connected).order_by("code").values_list("code", flat=True)
    return [found for code in [*connected, *gone] if (found := standing_of(code))]


def standing_of(code: str) -> Standing | None:
    """一个平台的现状; None for one that never was."""
    channel = next((one for one in channels.all_of_them() if one.code == code), None)
    feed = Feed.objects.filter(code=code).first()
    if channel is None:
        return _standing(feed, code, configured=False) if feed else None
    return _standing(feed or Feed(code=code), channel.title, configured=True)
