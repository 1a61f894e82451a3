"""健康: what is measured of a feed, and the limit beyond which somebody has to look. The house's own choice."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from daoli_credit.feeds.rules import patience

# A withdrawal is promised within seconds; an ordinary row may meet one failed try; a receipt is waited for a day.
WITHDRAWAL_WITHIN = timedelta(minutes=5)
UNSENT_WITHIN = timedelta(minutes=30)
RECEIPT_SOON = timedelta(hours=12)
RECONCILED_WITHIN = timedelta(hours=3)
# A large sheet that takes effect at once is less than this; one more failure than those breaks the feed.
BACKLOG_AT_MOST = 20_000
FAILURES_AT_MOST = patience.BREAKS_AFTER - 1


@dataclass(frozen=True)
class Measured:
    """一项: what it is, since when (None: nothing waits), and how long that may last."""

    code: str
    title: str
    since: datetime | None
    within: timedelta

    def age(self, now: datetime) -> timedelta:
        """等了多久."""
        return max(now - self.since, timedelta()) if self.since else timedelta()

    def is_well(self, now: datetime) -> bool:
        """在限度以内."""
        return self.age(now) <= self.within


@dataclass(frozen=True)
class Counted:
    """数得出的一项: how many, in which unit, and how many there may be."""

    code: str
    title: str
    count: int
    at_most: int
    unit: str

    @property
    def is_well(self) -> bool:
        """在限度以内."""
        return self.count <= self.at_most


def measured(
    *,
    withdrawal: datetime | None,
    unsent: datetime | None,
    unconfirmed: datetime | None,
    reconciled: datetime | None,
    due: datetime | None = None,
) -> tuple[Measured, ...]:
    """一个平台的健康: the oldest of each kind that still waits."""
    return (
        Measured("withdrawal", "最早没有送到的撤回", withdrawal, WITHDRAWAL_WITHIN),
        Measured("due", "到了日子还没有撤回的", due, WITHDRAWAL_WITHIN),
        Measured("unsent", "最早没有送到的", unsent, UNSENT_WITHIN),
        Measured("unconfirmed", "最早没有回执的", unconfirmed, RECEIPT_SOON),
        Measured("reconciled", "最近一次对成账", reconciled, RECONCILED_WITHIN),
    )


def counted(*, backlog: int, failures: int, alarms: int) -> tuple[Counted, ...]:
    """一个平台的健康: what is counted and not timed."""
    return (
        Counted("backlog", "积压", backlog, BACKLOG_AT_MOST, "件"),
        Counted("failures", "连续没有送成", failures, FAILURES_AT_MOST, "次"),
        Counted("alarms", "终止以后对方仍有", alarms, 0, "条"),
    )


def plain(span: timedelta) -> str:
    """多久, in one unit that a person would say."""
    seconds = int(span.total_seconds())
    if seconds < 120:
        return f"{seconds} 秒"
    if seconds < 2 * 3600:
        return f"{seconds // 60} 分钟"
    return f"{seconds // 3600} 小时" if seconds < 2 * 86400 else f"{seconds // 86400} 天"
