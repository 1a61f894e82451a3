"""程序与期限: the case's steps in the order of its list type, with what happened, until when, under which article."""

from dataclasses import dataclass
from datetime import date

from daoli_credit.law import clock, pack
from daoli_credit.law.deadlines import deadline
from incentives.models import Listing, Point
from incentives.models.status import BETWEEN, S
from incentives.rules import gate, route
from incentives.rules.period import UNITS, cited
from incentives.selectors import stage_facts

SHORT = {
    "proposed": "立案核实",
    "notified": "事先告知",
    "answered": "陈述、申辩",
    "transit": "在途核对",
    "reviewed": "核实异议",
    "heard": "听证",
    "legal-reviewed": "法制审核",
    "collectively-discussed": "集体讨论",
    "higher-agreed": "上级同意",
    "decided": "作出决定",
    "served": "送达决定",
    "effective": "生效登记",
}
WAITING = "期限届满并完成在途核对之前，系统不开放后面的步骤。当事人可以当面、邮寄或者本人登录提交。"
DONE_ON = {
    "proposed": "proposed_on",
    "notified": "notice_served_on",
    "transit": "transit_checked_on",
    "reviewed": "reviewed_on",
    "heard": "heard_on",
    "legal-reviewed": "legal_reviewed_on",
    "collectively-discussed": "discussed_on",
    "higher-agreed": "higher_agreed_on",
    "decided": "decided_on",
    "served": "decision_served_on",
    "effective": "effective_on",
}


@dataclass(frozen=True)
class Stage:
    """一个步骤, for the bar and for the timeline."""

    act: str
    title: str
    state: str
    at: str
    note: str
    word: str
    says: str
    limit: str
    facts: stage_facts.Pairs = ()
    links: stage_facts.Pairs = ()


def _done_on(listing: Listing, act: str) -> date | None:
    if act == "answered":
        waived = listing.waived_at if listing.waiver_taken_back_at is None else None
        on = waived.astimezone(clock.CHINA).date() if waived else None
        return listing.answered_on or on or (listing.answer_due_on if listing.transit_checked_on else None)
    found: date | None = getattr(listing, DONE_ON[act])
    return found


def _acts(listing: Listing) -> list[str]:
    """The path, with the check of the post after the answer period; it falls away when the person said that is all."""
    early = listing.answered_on or (listing.waived_at and not listing.waiver_taken_back_at)
    at = listing.path.index("answered") + 1
    return [*listing.path[:at], *([] if early else ["transit"]), *listing.path[at:]]


def _limit(listing: Listing, act: str) -> str:
    """期限和依据 of a step, in words."""
    if act == "answered" and listing.answer_due_basis:
        return listing.answer_due_basis
    if act == "transit":
        limit = pack.current().limit("transit-check")
        return f"在途等待 {limit.value}{UNITS.get(limit.unit, '')}：{cited(limit)}" if limit.value else ""
    step = route.step(listing, act)
    if step is None or step.limit is None:
        return ""
    limit = pack.current().limit(step.limit)
    length = (
        f"{limit.value}{UNITS.get(limit.unit, '')}" if limit.value is not None else "规则未载明，由经办人填写日期和依据"
    )
    return f"{limit.title} {length}：{cited(limit)}"


def due(listing: Listing) -> tuple[str, date] | None:
    """下一步的办理期限, where the type has one that runs for the office."""
    at = {"reviewed": listing.answered_on or listing.transit_checked_on, "served": listing.decided_on}
    coming = route.comes_next(listing)
    step = route.step(listing, coming) if at.get(coming) else None
    start = at.get(coming)
    if step is None or step.limit is None or start is None:
        return None
    found = deadline(step.limit, start)
    return (SHORT[coming], found.on) if found else None


def _says(listing: Listing, act: str) -> str:
    """这一步办成了什么, or what it will ask for."""
    told = {
        "proposed": f"依据的文书：{listing.ground_document}。经办人核对身份、事实和名单类型。",
        "notified": _service(listing.get_notice_service_display(), listing.notice_number, listing.notice_proof)
        if listing.notice_served_on
        else (f"告知书 {listing.notice_number} 已发出，尚未登记送达。" if listing.notice_number else ""),
        "answered": _answer(listing),
        "transit": "已核对窗口、邮寄和网上三个渠道，没有在途的材料。" if listing.transit_checked_on else "",
        "reviewed": listing.review_outcome,
        "heard": f"{listing.get_hearing_display()}：{listing.hearing_note}"
        if listing.hearing
        else (f"当事人于 {listing.hearing_asked_on} 要求听证。" if listing.hearing_asked_on else ""),
        "legal-reviewed": _review(listing),
        "collectively-discussed": f"记录编号：{listing.discussion_number}" if listing.discussed_on else "",
        "higher-agreed": f"文号：{listing.higher_number}" if listing.higher_agreed_on else "",
        "decided": f"文号：{listing.decision_number}" if listing.decided_on else "",
        "served": _service(listing.get_decision_service_display(), listing.decision_number, listing.decision_proof)
        if listing.decision_served_on
        else "",
        "effective": f"信用记录 {listing.record.number} 已生效。" if listing.record else "",
    }[act]
    if told:
        return told
    if act == "transit":
        return "期限届满后核对窗口、邮寄和网上三个渠道；邮寄的答复以交邮日计算。"
    return route.title(listing, act) + "。"


def _review(listing: Listing) -> str:
    """每一点都回应了, or how many are to be answered."""
    count = Point.objects.filter(listing=listing).count()
    if listing.legal_reviewed_on is not None:
        return f"{count} 点意见逐点作了回应。" if count else "没有收到要回应的意见。"
    return f"{count} 点意见要逐点回应，缺一点都不能通过。" if count else ""


def _service(how: str, number: str, proof: str) -> str:
    return f"{number}，{how}：{proof}。"


def _answer(listing: Listing) -> str:
    count = listing.defences.count()
    received = f"收到陈述申辩 {count} 份。" if count else ""
    if listing.answered_on:
        return f"{received}本人表示没有别的要补充。"
    if listing.waived_at and not listing.waiver_taken_back_at:
        return "本人放弃陈述申辩，没有提交意见。"
    if listing.answer_due_on:
        tail = "（暂定）" if listing.answer_provisional else ""
        return f"{received}至 {listing.answer_due_on} 24 时{tail}。"
    return "自告知书送达的次日起计算。"


def _note(listing: Listing, act: str, at: date | None, state: str) -> str:
    if at and state != "next":
        return f"{at:%m-%d}" + (" 送达" if act == "notified" else "")
    if act == "answered" and listing.answer_due_on:
        return f"至 {listing.answer_due_on:%m-%d} 24:00"
    if act == "transit" and listing.transit_due_on:
        lock = gate.transit(listing)
        return "现在办理" if lock is None and listing.status == S.NOTIFIED else f"{listing.transit_due_on:%m-%d} 以后"
    return {"now": "现在办理", "next": "未开始"}.get(state, "")


def _current(listing: Listing) -> str:
    """在办的一步."""
    if listing.status == S.NOTIFIED:
        if listing.notice_served_on is None:
            return "notified"
        waiting = listing.answer_due_on is not None and clock.today() <= listing.answer_due_on
        return "answered" if waiting else "transit"
    return route.comes_next(listing)


def stages(listing: Listing) -> list[Stage]:
    """全部步骤."""
    acts, current, found = _acts(listing), _current(listing), []
    here = acts.index(current) if current in acts else len(acts)
    over = listing.status in {S.DROPPED, S.REVOKED}
    for place, act in enumerate(acts):
        at = _done_on(listing, act)
        state = "done" if (place < here if not over else at is not None) else "now" if place == here else "next"
        if over and state != "done":
            state = "next"
        word = {"done": "已送达" if act in {"notified", "served"} else "已完成", "now": "进行中"}.get(
            state, "不再办理" if over else "未开始"
        )
        found.append(
            Stage(
                act=act,
                title=SHORT[act],
                state=state,
                at=str(at) if at and state != "next" else "",
                note=_note(listing, act, at, state) if not over or at else "不再办理",
                word=word,
                says=_says(listing, act),
                limit=_limit(listing, act),
                facts=stage_facts.facts(listing, act),
                links=stage_facts.links(listing, act),
            )
        )
    return found


def headline(listing: Listing) -> tuple[str, str]:
    """现在: what is waited for, and one sentence about it."""
    if listing.status in BETWEEN:
        coming = route.comes_next(listing)
        return f"现在：{SHORT[coming]}", f"{route.title(listing, coming)}。"
    if listing.status == S.NOTIFIED and listing.notice_served_on is None:
        return "现在：送达告知书并登记", "送达次日起才计算陈述申辩的期限。消息已读不算送达。"
    if listing.status == S.NOTIFIED and _current(listing) == "transit":
        return "现在：等待在途的答复，然后核对", WAITING
    ended = listing.record is not None and not listing.record.is_in_force(clock.today())
    if listing.status == S.EFFECTIVE and ended:
        return "已移出", "由它产生的信用记录已经终止，各处不再展示和共享；案卷只供本单位和本人查看。"
    return {
        S.PROPOSED: ("现在：发出告知书", "告知以前，案件只有本单位知道。告知书写明事由、依据、权利和期限。"),
        S.NOTIFIED: ("现在：等待当事人陈述、申辩", WAITING),
        S.DECIDED: ("现在：送达决定书并登记", "决定书与信用修复告知一并送达；送达以前不生效，不公开，不推送。"),
        S.SERVED: ("现在：生效并登记", "登记后产生一条信用记录，由它公示、推送、修复和到期。"),
        S.EFFECTIVE: ("已生效", "期限届满自动移出；修复、异议在信用记录上办理。"),
        S.DROPPED: ("不予列入，案件终结", listing.dropped_why),
        S.REVOKED: ("列入决定已撤销", listing.revoked_why),
    }[S(listing.status)]
