"""可否登记: whether this department may register what was decided outside this portal, and if not, where to turn."""

from collections.abc import Mapping
from datetime import date

from daoli_credit.accounts import assessments
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.law import pack
from daoli_credit.law.list_rows import ListType
from daoli_credit.law.rows import Field
from incentives.models.registration import OUTSIDE
from incentives.rules import as_record, listable
from records.identity import Identity

# What a type that is decided outside has: one registration, a second person, its effect.
PATH = ["registered", "second-person-confirmed", "effective"]
# Fields of a list's item that every registration has; whatever else the item asks for is a particular of its document.
COMMON = frozenset(
    {
        "document_number", "list_type", "reason", "legal_ground", "decided_on", "told_on", "told_how", "term_end",
        "measures_reminder", "removal", "remedy", "authority", "authority_code", "court",
    }
)  # fmt: skip


def refusal(code: str, department_code: str, *, on: date) -> str:
    """不能登记的理由, or ""."""
    kind = pack.current().lists.get(code)
    if kind is None:
        return listable.no_list(code)
    return (
        _not_outside(kind, department_code)
        or listable.not_firm(kind, department_code, on).replace("不能列入", "不能登记")
        or assessments.refusal(Subject.LIST_TYPE, kind.code, kind.title, on=on)
    )


def _not_outside(kind: ListType, department_code: str) -> str:
    if kind.procedure not in OUTSIDE:
        return f"“{kind.title}”不是登记的名单：由{kind.decider}按列入程序办理，请在“名单程序”里立案"
    if listable.path(kind) != PATH:
        return f"“{kind.title}”的步骤不是登记、第二人确认、生效，不能使用；请法制审核人员核对规则"
    if kind.decider_department is None:
        return f"规则没有写明“{kind.title}”由哪个单位登记：由{kind.decider}决定。请区信用办核对规则以后再登记"
    if kind.decider_department != department_code:
        body = pack.current().departments.get(kind.decider_department, kind.decider_department)
        return f"“{kind.title}”由{kind.decider}决定，由{body}的联络员登记，不由本部门登记"
    return ""


def particulars(kind: ListType) -> list[Field]:
    """该类文书的其他栏目: what the item of this list asks for beyond the common ones, e.g. a court's 执行依据文号."""
    item = pack.current().item(kind.item)
    return [field for field in item.fields if field.name not in COMMON and not field.ignored]


def raw(kind: ListType, who: Identity, facts: Mapping[str, str]) -> dict[str, str]:
    """登记将成为的记录, as text, for the rules of intake: only what the item has fields for."""
    names = {field.name for field in pack.current().item(kind.item).fields}
    said = {
        **facts,
        "list_type": kind.code,
        "court": facts["authority"],
        "measures_reminder": as_record.reminder(kind),
    }
    return {
        "party_name": who.name,
        "party_type": "自然人",
        "id_type": who.id_type,
        "id_number": who.id_number,
        **{name: value for name, value in said.items() if name in names},
    }


def kind_of(code: str) -> ListType:
    """名单类型 in the edition of today. UnknownCode when it has left the pack."""
    return pack.current().list_type(code)
