"""共享授权的步骤表, and what an application must say to be one. Only what the matter itself names can be asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from daoli_credit.audit.acts import register
from daoli_credit.law import deadlines, pack
from daoli_credit.law.list_rows import Matter
from daoli_credit.workflow import SYSTEM, RuleBroken, Step, department
from incentives.models.sharing import H
from incentives.rules import matters

ASKS, ANSWERS, DECIDES = department("apply_sharing"), department("answer_sharing"), department("approve_assessment")
ASKED = register("sharing.asked", "申请共享目录事项", duty="apply_sharing")
STEPS = {
    "agree": Step("sharing.agreed", "同意提供", frozenset({H.ASKED}), H.AGREED, ANSWERS),
    "refuse": Step("sharing.refused", "不同意提供", frozenset({H.ASKED}), H.REFUSED, ANSWERS, opinion=True),
    "withdraw": Step("sharing.withdrawn", "撤回申请", frozenset({H.ASKED, H.AGREED}), H.WITHDRAWN, ASKS, opinion=True),
    "activate": Step("sharing.activated", "启用", frozenset({H.AGREED}), H.ACTIVE, DECIDES),
    "decline": Step("sharing.declined", "不予启用", frozenset({H.AGREED}), H.DECLINED, DECIDES, opinion=True),
    "replace": Step("sharing.replaced", "由新的授权接替", frozenset({H.ACTIVE}), H.ENDED, DECIDES, opinion=True),
    "give-up": Step("sharing.given-up", "不再使用", frozenset({H.ACTIVE}), H.ENDED, ASKS, opinion=True),
    "stop": Step("sharing.stopped", "停止提供", frozenset({H.ACTIVE}), H.ENDED, ANSWERS, opinion=True),
    "expire": Step("sharing.expired", "到期", frozenset({H.ACTIVE}), H.EXPIRED, SYSTEM),
    "close": Step("sharing.closed", "一年未使用，关闭", frozenset({H.ACTIVE}), H.CLOSED, SYSTEM),
}
TERM, IDLE, ANSWER = "share-term", "matter-idle-close", "share-request"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """申请的内容."""

    items: Sequence[str]
    fields: Sequence[str]
    duty: Sequence[str]
    purpose: str
    until: date


def latest(start: date) -> date | None:
    """最迟到哪一天, by the pack; None where it does not know."""
    due = deadlines.deadline(TERM, start)
    return due.on if due else None


def judged(matter: Matter, department_code: str, provider: str, wish: Wish, *, today: date) -> Wish:
    """核对申请. Raises RuleBroken for an item, a field or an article that the matter does not name, or a wrong day."""
    asked = list(dict.fromkeys(wish.items))
    known = {item.code: item for item in matters.of_others(matter, department_code).get(provider, [])}
    if not asked:
        raise RuleBroken("请至少选择一个目录事项")
    if wrong := [code for code in asked if code not in known]:
        titles = "、".join(_title(code) for code in wrong)
        raise RuleBroken(f"{titles}：“{matter.title}”没有列这一项，或者这一项不由该部门提供；请在列出的事项里选择")
    if wrong := [name for name in wish.fields if name not in matter.shows]:
        titles = "、".join(matters.field(name) for name in wrong)
        raise RuleBroken(f"{titles}：不在“{matter.title}”可以显示的栏目里，请去掉")
    cited = {citation.ref for citation in matter.duty}
    if not wish.duty or not set(wish.duty) <= cited:
        raise RuleBroken("请从本事项列明的条文里选择职责依据；没有依据的，不能申请")
    if not wish.purpose.strip():
        raise RuleBroken("请写明用途：办这个事项时，看了这些信息用来判断什么")
    if wish.until <= today:
        raise RuleBroken("希望用到的日期要在今天之后")
    last = latest(today)
    if last and wish.until > last:
        raise RuleBroken(f"一次最多授权到 {last}，到期可以续期；请改日期")
    return Wish(
        items=[code for code in matter.items if code in asked],
        fields=matters.in_order({*wish.fields, *matters.ALWAYS}, matter),
        duty=[ref for ref in cited_in_order(matter) if ref in wish.duty],
        purpose=wish.purpose.strip(),
        until=wish.until,
    )


def cited_in_order(matter: Matter) -> list[str]:
    """事项的职责依据."""
    return [citation.ref for citation in matter.duty]


def narrowed(items: Sequence[str], fields: Sequence[str], *, asked: Sequence[str], shown: Sequence[str]) -> None:
    """核对答复: no more than was asked, and not nothing. Raises RuleBroken."""
    if not items:
        raise RuleBroken("一项都不提供的，请选择“不同意提供”并说明理由")
    if not set(items) <= set(asked) or not set(fields) <= set(shown):
        raise RuleBroken("答复只能在申请的事项和栏目之内；申请没有写的，请对方另行申请")


def _title(code: str) -> str:
    known = pack.current().items.get(code)
    return known.title if known else code
