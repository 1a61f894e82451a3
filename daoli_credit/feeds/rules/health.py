"""健康: what is measured of a feed, and the limit beyond which somebody has to look. The house's own choice."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# A withdrawal is promised within seconds; an ordinary row may meet one failed try; a receipt is waited for a day.
WITHDRAWAL_WITHIN = timedelta(minutes=5)
UNSENT_WITHIN = timedelta(minutes=30)
RECEIPT_SOON = timedelta(hours=12)
RECONCILED_WITHIN = timedelta(hours=3)


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


def plain(span: timedelta) -> str:
    """多久, in one unit that a person would say."""
    seconds = int(span.total_seconds())
    if seconds < 120:
        return f"{seconds} 秒"
    if seconds < 2 * 3600:
        return f"{seconds // 60} 分钟"
    return f"{seconds // 3600} 小时" if seconds < 2 * 86400 else f"{seconds // 86400} 天"
