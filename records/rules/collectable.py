"""可否录入: whether an item may be entered by hand by this department today, and if not, why and where to turn."""

from datetime import date

from daoli_credit.law.doors import how
from daoli_credit.law.rows import Item
from daoli_credit.law.status import Effect, Status, may


def refusal(item: Item, department_code: str, *, on: date) -> str:
    """不能录入的理由, or "" when nothing stands against it.

    A listing is made by its procedure only (promise 2), an honour only after the person has agreed (design.md §4);
    both doors are other acts than entry.
    """
    if not item.in_force(on):
        return f"“{item.title}”已不在目录中"
    if department_code not in item.providers:
        return f"本部门不是“{item.title}”的归集单位"
    if item.status is Status.NO_BASIS:
        return f"“{item.title}”不能归集：{item.source}"
    if item.list_types:
        return "名单类信息只能由列入程序产生，不能直接录入"
    if item.sign == "positive":
        return "荣誉类信息须先由本人同意，不能直接录入"
    return ""


def not_firm(item: Item) -> str:
    """依据不够硬的理由, or "": asked when a record is submitted and once more when it would take effect.

    An adverse item must be verified or confirmed; no other may be suspended.
    """
    if may(item, Effect.ADVERSE if item.sign == "adverse" else Effect.FAVOUR):
        return ""
    return f"“{item.title}”的依据{item.status.label}，还不能报送或者生效。{how('items', item.code, item.status)}"


def listable(item: Item, department_code: str, *, on: date) -> bool:
    """可由列入程序产生: an item of lists, in force, with a basis, and this department reports it."""
    standing = item.in_force(on) and item.status is not Status.NO_BASIS
    return bool(item.list_types) and standing and department_code in item.providers


def honourable(item: Item, department_code: str, *, on: date) -> bool:
    """可由本人同意的推荐产生: an honour, in force, with a basis, and this department reports it."""
    standing = item.in_force(on) and item.status is not Status.NO_BASIS
    return item.sign == "positive" and standing and department_code in item.providers
