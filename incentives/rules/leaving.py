"""提前移出的条件: what the list type asks for, when it may be asked, and until when the office has to do it."""

from dataclasses import dataclass
from datetime import date

from daoli_credit.law import pack
from daoli_credit.law.citations import Citation
from daoli_credit.law.deadlines import deadline
from daoli_credit.law.list_rows import ListType
from incentives.rules.period import UNITS, cited
from records.models import CreditRecord

# A limit that runs from the ground is the office's time to act; any other is the time that must pass first.
OFFICE = frozenset({"ground_on", "received_on"})
SINCE = {"corrected_on": "改正之日", "listed_on": "列入之日", "decided_on": "列入之日"}


@dataclass(frozen=True)
class Terms:
    """提前移出的规定. `why_not` is empty when the type has such an exit."""

    conditions: tuple[str, ...]
    article: str
    waits: str
    why_not: str


def article(kind: ListType) -> str:
    """提前移出依据的条款."""
    bases = pack.current().bases
    named = []
    for ref in kind.early_exit.get("basis") or []:
        code, _, clause = str(ref).partition("#")
        if code in bases:
            named.append(str(Citation(bases[code], clause or None)))
    return "、".join(named)


def terms(kind: ListType) -> Terms:
    """这个名单的提前移出规定."""
    conditions = tuple(str(one) for one in kind.early_exit.get("conditions") or ())
    if not conditions or not article(kind) or conditions == ("期满自动停止",):
        return Terms((), "", "", f"“{kind.title}”没有规定提前移出：期满自动移出；决定有误的，请撤销")
    return Terms(conditions, article(kind), _waits(kind), "")


def _waits(kind: ListType) -> str:
    code = kind.early_exit.get("limit")
    limit = pack.current().limit(code) if code else None
    if limit is None:
        return ""
    if limit.value is None:
        return f"{limit.title}：规则未载明"
    start = "条件具备" if limit.anchor in OFFICE else SINCE.get(limit.anchor or "", "起算日")
    return f"{limit.title}：自{start}起{limit.value}{UNITS.get(limit.unit, '')}（{cited(limit)}）"


def earliest(kind: ListType, record: CreditRecord, ground_on: date) -> date | None:
    """最早可以提前移出之日; None when nothing must be waited for, or the pack does not know."""
    code = kind.early_exit.get("limit")
    if not code:
        return None
    limit = pack.current().limit(code)
    start = {"corrected_on": ground_on, "listed_on": record.determined_on, "decided_on": record.determined_on}
    due = deadline(code, start[limit.anchor]) if limit.anchor in start else None
    return due.on if due else None


def due(kind: ListType, ground_on: date) -> date | None:
    """最晚办理之日, where the type gives the office a time."""
    code = kind.early_exit.get("limit")
    if not code or pack.current().limit(code).anchor not in OFFICE:
        return None
    found = deadline(code, ground_on)
    return found.on if found else None
