"""可否列入: whether this department may list anybody under this type today, and if not, why and where to turn."""

from datetime import date

from daoli_credit.law import pack
from daoli_credit.law.list_rows import ListType
from daoli_credit.law.status import Effect, may
from incentives.models.status import BETWEEN, NEVER_WAIVED
from records.rules.collectable import listable

KNOWN = {*NEVER_WAIVED, *BETWEEN}


def path(kind: ListType) -> list[str]:
    """步骤: the acts of the type in its own order."""
    return [step.act for step in kind.steps]


def refusal(code: str, department_code: str, *, on: date) -> str:
    """不能列入的理由, or "" when nothing stands against it. `code` may be a behaviour that is no list at all."""
    edition = pack.current()
    if (behaviour := edition.behaviours.get(code)) and code not in edition.lists:
        related = edition.lists.get(behaviour.list_type or behaviour.related or "")
        other = f"相关名单是“{related.title}”，由{related.decider}决定" if related else "没有对应的名单"
        return f"“{behaviour.title}”不是法定名单，不能列入：{behaviour.reason}请找：{behaviour.turn_to}。{other}"
    kind = edition.lists.get(code)
    if kind is None:
        return "规则中没有这个名单类型，不能列入"
    if kind.procedure != "administrative":
        return f"“{kind.title}”由{kind.decider}决定，本部门不能提出列入"
    if kind.decider_department != department_code:
        return f"“{kind.title}”不由本部门决定，由{kind.decider}决定"
    if not kind.in_force(on) or kind.lapsed(on):
        return f"“{kind.title}”的依据已不再施行，不能列入"
    item = edition.items.get(kind.item)
    for row in (kind, item) if item else (kind,):
        if not may(row, Effect.ADVERSE):
            return f"“{kind.title}”的依据{row.status.label}，不能列入：{row.source}。请法制审核人员在规则页面核对确认"
    if item is None or not listable(item, department_code, on=on):
        return f"目录中没有“{kind.title}”的事项，不能列入"
    if missing := [one.label for one in NEVER_WAIVED if one not in path(kind)]:
        return f"“{kind.title}”的步骤缺少“{'、'.join(missing)}”，不能使用；请法制审核人员核对规则"
    if set(path(kind)) - KNOWN:
        return f"“{kind.title}”有本系统还不会办理的步骤，不能使用"
    return ""
