"""事件的钟: hours, not days. Until it is graded the stricter clock runs: doubt favours the person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from daoli_credit.accounts.models import User
from daoli_credit.law import clock, pack
from daoli_credit.supervision.models import Incident
from daoli_credit.supervision.models.incident import I, Level

LIMIT = "incident-report"
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Clock:
    """到什么时候: shape and word of its status, the sentence, the moment (None: at once, without a number)."""

    kind: str
    word: str
    says: str
    due: datetime | None

    @property
    def note(self) -> str:
        """The kind of its note."""
        return "ok" if self.kind == "done" else self.kind


def _hours(span: timedelta) -> str:
    whole = int(abs(span) // HOUR)
    return f" {whole} 小时" if whole else "不到 1 小时"


def of(incident: Incident, now: datetime | None = None) -> Clock:
    """一起事件的钟."""
    now = now or clock.now()
    limit = pack.current().limit(LIMIT)
    hours = limit.value if limit.value is not None else 4
    due = incident.found_at + timedelta(hours=hours)
    basis = f"依据：个人信息保护法第五十七条；{limit.title}为 {hours} 小时（{limit.status.label}）"
    if incident.told_authority_at is not None:
        took = incident.told_authority_at - incident.found_at
        late = incident.level != Level.GENERAL and incident.told_authority_at > due
        done = "办结" if incident.status == I.CLOSED else "已通知"
        word = f"{done}，迟于期限" if late else done
        return Clock("warn" if late else "done", word, f"发现后{_hours(took)}通知了{incident.authority}。", due)
    if incident.level == Level.GENERAL:
        says = f"一般事件：立即通知履行个人信息保护职责的部门。已过{_hours(now - incident.found_at)}。{basis}"
        return Clock("warn", "应立即通知", says, None)
    if now > due:
        return Clock("bad", f"已超过{_hours(now - due)}", f"期限是 {_when(due)}，请马上通知。{basis}", due)
    return Clock("warn", f"还有{_hours(due - now)}", f"最迟 {_when(due)} 通知。{basis}", due)


def running(user: User) -> list[tuple[Incident, Clock]]:
    """走着的钟: incidents that the user may see and whose authority has not been told yet, the most urgent first."""
    found = Incident.objects.visible_to(user).filter(told_authority_at__isnull=True).order_by("found_at")
    return [(row, of(row)) for row in found]


def _when(at: datetime) -> str:
    return f"{at.astimezone(clock.CHINA):%Y-%m-%d %H:%M}"
