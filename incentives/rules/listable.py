"""可否列入: whether this department may list anybody under this type today, and if not, why and where to turn."""

from datetime import date

from daoli_credit.accounts import assessments
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.law import pack
from daoli_credit.law.doors import how
from daoli_credit.law.list_rows import ListType
from daoli_credit.law.status import Effect, may
from incentives.models.status import BETWEEN, NEVER_WAIVED
from records.rules.collectable import listable

KNOWN = {*NEVER_WAIVED, *BETWEEN}


def path(kind: ListType) -> list[str]:
    """步骤: the acts of the type in its own order."""
    return [step.act for step in kind.steps]


def _no_list(code: str) -> str:
    """A behaviour of the plan, or nothing that the pack knows: where to turn."""
    edition = pack.current()
    behaviour = edition.behaviours.get(code)
    if behaviour is None:
        return "规则中没有这个名单类型，不能列入"
    related = edition.lists.get(behaviour.list_type or behaviour.related or "")
    other = f"。相关名单是“{related.title}”，由{related.decider}决定" if related else ""
    turn_to, reason = behaviour.turn_to.rstrip("。"), behaviour.reason.rstrip("。")
    return f"“{behaviour.title}”不是法定名单，不能列入：{reason}。请找：{turn_to}{other}"


def _not_ours(kind: ListType, department_code: str) -> str:
    if kind.procedure != "administrative" or kind.decider_department != department_code:
        return f"“{kind.title}”不由本部门按本程序决定：由{kind.decider}决定"
    return ""


def _not_firm(kind: ListType, department_code: str, on: date) -> str:
    """The type, its basis and its item must be able to carry what is adverse today."""
    if not kind.in_force(on) or kind.lapsed(on):
        return f"“{kind.title}”的依据已不再施行，不能列入"
    item = pack.current().items.get(kind.item)
    if item is None or not listable(item, department_code, on=on):
        return f"目录中没有“{kind.title}”的事项，不能列入"
    weak = next((row for row in (kind, item) if not may(row, Effect.ADVERSE)), None)
    if weak is not None:
        opens = how(weak.kind, weak.code, weak.status)
        return f"“{kind.title}”的依据{weak.status.label}，不能列入：{weak.source.rstrip('。')}。{opens}"
    return ""


def _not_whole(kind: ListType) -> str:
    """What no type waives must be among its steps, and each step must be one that this house can take."""
    if missing := [one.label for one in NEVER_WAIVED if one not in path(kind)]:
        return f"“{kind.title}”的步骤缺少“{'、'.join(missing)}”，不能使用；请法制审核人员核对规则"
    if set(path(kind)) - KNOWN:
        return f"“{kind.title}”有本系统还不会办理的步骤，不能使用"
    return ""


def refusal(code: str, department_code: str, *, on: date) -> str:
    """不能列入的理由, or "" when nothing stands against it. `code` may be a behaviour that is no list at all."""
    kind = pack.current().lists.get(code)
    if kind is None:
        return _no_list(code)
    return (
        _not_ours(kind, department_code)
        or _not_firm(kind, department_code, on)
        or _not_whole(kind)
        or assessments.refusal(Subject.LIST_TYPE, kind.code, kind.title, on=on)
    )


# Asked of a registration as well (incentives.rules.registrable).
no_list, not_firm = _no_list, _not_firm
