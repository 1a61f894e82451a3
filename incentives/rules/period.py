"""送达和期间: when a document counts as served, and until when the person may answer. Doubt favours the person."""

from dataclasses import dataclass
from datetime import date

from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.audit.opinion import checked as without_numbers
from daoli_credit.law import pack
from daoli_credit.law.deadlines import deadline
from daoli_credit.law.list_rows import ListType
from daoli_credit.law.rows import Limit
from daoli_credit.workflow import RuleBroken
from records.models.record import Service

UNITS = {"workday": "个工作日", "day": "日", "month": "个月", "year": "年"}
NOBODY_KNOWS = "名单类型没有规定陈述申辩的天数：请填写告知书所载的届满日，并写明依据"


class NotServed(RuleBroken):
    """送达登记不成立 (422): the sentence says why."""


@dataclass(frozen=True)
class Period:
    """陈述申辩期: last day, its basis in words, and the last day on which a posted answer is waited for."""

    due_on: date
    basis: str
    provisional: bool
    transit_due_on: date


def cited(limit: Limit) -> str:
    """期限的依据."""
    return "、".join(str(citation) for citation in limit.citations) or limit.source


def served_on(service: str, day: date, *, not_before: date, today: date, proof: str, confirmed: bool) -> date:
    """视为送达之日. `day` is when it was signed for, left, received, or, for a public notice, announced.

    Raises NotServed for an unknown kind, a day before the document or in the future, service without proof, and
    electronic service without the person's signed confirmation (行政处罚法 61).
    """
    methods = pack.current().service_methods
    if service not in Service.values or not service or service not in methods:
        raise NotServed("请选择送达方式；消息已读不算送达")
    if day > today:
        raise NotServed(f"{day} 还没有到，送达以后再登记")
    if day < not_before:
        raise NotServed(f"送达日期 {day} 早于文书日期 {not_before}，请核对")
    if not proof.strip():
        raise NotServed(f"请写明送达证明：{methods[service].more['only_if']}")
    try:
        without_numbers(proof.strip())
    except OpinionRefused as why:
        raise NotServed("送达证明写回执、笔录的编号，不要写证件号码和电话") from why
    if service == Service.ELECTRONIC and not confirmed:
        raise NotServed("电子送达要有本人签订的电子送达确认书；没有的，请用其他方式送达")
    if service != Service.PUBLIC:
        return day
    counted = deadline(str(methods[service].more["limit"]), day)
    if counted is None:
        raise NotServed("规则中没有公告送达的期间，不能按公告送达登记；请法制审核人员核对规则")
    return counted.on


def answer_period(kind: ListType, served: date, *, written: date | None, basis: str) -> Period:
    """陈述申辩期: from the pack; the notice may give more, never less. What the pack does not know the notice says.

    Raises NotServed when the pack knows no length and none is written with its basis, or the written day is too soon.
    """
    code = next((one.limit for one in kind.steps if one.act == "answered"), None)
    return counted(code, served, written=written, basis=basis)


def counted(code: str | None, served: date, *, written: date | None, basis: str, unknown: str = NOBODY_KNOWS) -> Period:
    """答复期: by a limit of the pack, or as written with its basis where the pack knows none. Raises NotServed."""
    due = deadline(code, served) if code else None
    if due is None:
        if written is None or not basis.strip():
            raise NotServed(unknown)
        if written <= served:
            raise NotServed("届满日应在送达日以后：送达当日不计")
        return _waiting(written, f"{basis.strip()}（告知书所载）", provisional=False)
    limit = pack.current().limit(str(code))
    says = f"{cited(limit)}：送达次日起{limit.value}{UNITS.get(limit.unit, '')}"
    if written is not None and written < due.on:
        raise NotServed(f"告知书所载的届满日 {written} 早于规定的 {due.on}（{says}），不能缩短")
    if written is not None and written > due.on:
        return _waiting(written, f"{says}；告知书所载更长", provisional=due.provisional)
    return _waiting(due.on, says, provisional=due.provisional)


def _waiting(due_on: date, basis: str, *, provisional: bool) -> Period:
    transit = deadline("transit-check", due_on)
    if transit is None:
        return Period(due_on, basis[:300], provisional, due_on)
    return Period(due_on, basis[:300], provisional or transit.provisional, transit.on)
