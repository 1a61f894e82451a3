"""造规则确认件, by the true acts. The edition of a test is its own affair; most of these want the real one."""

from daoli_credit.law import pack
from daoli_credit.law.entries import entry
from daoli_credit.rulepack.models import RuleChange
from daoli_credit.rulepack.models.change import Action
from daoli_credit.rulepack.rules.papers import Paper, paper
from daoli_credit.rulepack.workflows import changing
from tests.cast import Cast

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
READ = "已对照公布文本逐条核对，与规则所写一致"


def text() -> Paper:
    """A small text of a law."""
    return paper("条文.pdf", PDF)


def proposed(cast: Cast, action: str, kind: str, code: str) -> RuleChange:
    """Proposed by the legal officer, waiting for the second person."""
    return changing.propose(
        action=action,
        kind=kind,
        code=code,
        seen=entry(pack.current(), kind, code).digest,
        reason=READ,
        actor=cast.legal,
        paper=text() if action == Action.CONFIRM else None,
    )


def agreed(cast: Cast, action: str, kind: str, code: str) -> RuleChange:
    """Proposed and agreed to."""
    return changing.agree(change_id=proposed(cast, action, kind, code).pk, actor=cast.supervisor)


def firm(cast: Cast, kind: str, code: str) -> None:
    """Confirms a row with all that it rests on, as the office would before going live."""
    row = entry(pack.current(), kind, code)
    for basis in row.weak:
        agreed(cast, Action.CONFIRM, "bases", basis.code)
    if row.written == "to-confirm":
        agreed(cast, Action.CONFIRM, kind, code)
