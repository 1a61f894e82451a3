"""可否确认、暂停、恢复: what stands against it, as a sentence."""

from daoli_credit.law.entries import Entry
from daoli_credit.law.status import FIRM, Status
from daoli_credit.rulepack.models.change import Action


def refusal(action: str, row: Entry) -> str:
    """不能办的理由, or "" when the act makes sense for the row as it stands."""
    if row.written is Status.NO_BASIS:
        why = row.source.rstrip("。")
        return f"“{row.title}”没有依据，确认不了，也无须暂停：{why}。有了新的法律依据，由规则的新版本写入"
    if action == Action.CONFIRM and row.own in FIRM:
        return f"“{row.title}”{row.own.label}，不用再确认"
    if action == Action.SUSPEND and row.own is Status.SUSPENDED:
        return f"“{row.title}”已经暂停"
    if action == Action.RESUME and row.own is not Status.SUSPENDED:
        return f"“{row.title}”没有暂停，无须恢复"
    return ""


def offered(row: Entry) -> list[str]:
    """可办的: the acts for the buttons of the row's page."""
    return [action for action in Action.values if not refusal(action, row)]
