"""查询说明的期限: from the pack, like every clock."""

from datetime import date

from daoli_credit.law import deadlines, pack
from daoli_credit.law.rows import Limit
from daoli_credit.looks.models import Explanation

LIMIT = "look-explain"


def due(explanation: Explanation) -> date | None:
    """最晚说明日; None when the pack does not know."""
    found = deadlines.deadline(LIMIT, explanation.raised_on)
    return found.on if found else None


def overdue(explanation: Explanation, today: date) -> bool:
    """逾期."""
    last = due(explanation)
    return last is not None and last < today


def limit() -> Limit:
    """期限 as the pack has it."""
    return pack.current().limit(LIMIT)


def basis() -> str:
    """期限的依据, with what the pack says of its source: the days are the office's own promise."""
    return f"{'、'.join(str(citation) for citation in limit().citations)}；{limit().source}"
