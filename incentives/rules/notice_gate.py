"""事先告知的锁: why the adverse decision is not open, until when and under which article; one sentence everywhere."""

from daoli_credit.law import clock, pack, workdays
from daoli_credit.law.status import Effect, may
from incentives.models import PreAdverseNotice
from incentives.models.pre_adverse_status import P
from incentives.rules.gate import Lock, waiver_ends_at
from incentives.rules.measure_ends import LAWFUL_ENDS
from incentives.rules.period import cited
from records.models.record import S

DAYS = "pre-adverse-answer"
STATUTE = ("law", "administrative-regulation")
BY_LAW_ITSELF = "法律直接规定"
REFUSED = "不能据以作出不利决定；请办理“不再拟作不利决定”"


def outright(measure: str) -> str:
    """法律直接规定的条文, for a refusal that leaves nobody a choice; "" where the person is heard first.

    A `must` that the law itself orders, in a law or administrative regulation, verified or confirmed.
    """
    found = pack.current().measures.get(measure)
    if found is None or found.force != "must" or found.decided_by != BY_LAW_ITSELF or not may(found, Effect.ADVERSE):
        return ""
    statutes = [citation for citation in found.citations if citation.basis.level in STATUTE]
    return "、".join(map(str, statutes))


def basis(notice: PreAdverseNotice) -> Lock | None:
    """依据还站不站得住: neither what has ended nor what is being disputed is used against anybody."""
    today, record = clock.today(), notice.record
    if record is not None:
        ended = not record.is_in_force(today)
        lawful = notice.outlives and (record.status == S.EFFECTIVE or record.end_kind in LAWFUL_ENDS)
        if ended and not lawful:
            return Lock(f"所依据的记录已经终止，{REFUSED}", today, 0)
        if record.disputed_on is not None:
            return Lock(f"本人对所依据的记录提出了异议（{record.disputed_on}），核实以前{REFUSED}", today, 0)
        if record.suspended_on is not None or record.lapse is not None:
            return Lock(f"所依据的记录已经暂停提供，恢复以前{REFUSED}", today, 0)
    if notice.answer.until is not None and notice.answer.until < today:
        return Lock(f"措施的期限已于 {notice.answer.until} 届满，{REFUSED}", today, 0)
    found = pack.current().measures.get(notice.measure)
    if found is None or not may(found, Effect.ADVERSE):
        return Lock(f"措施的依据现在不在效，{REFUSED}", today, 0)
    return None


def answer(notice: PreAdverseNotice) -> Lock | None:
    """答复期未满: nothing but the days or the person's own word opens the decision."""
    if notice.status == P.DRAFTED:
        return Lock("还没有告知本人：先发出事先告知书并送达，听取意见以后才能作出不利决定", clock.today(), 0)
    if notice.status != P.NOTIFIED:
        return None
    why = cited(pack.current().limit(DAYS))
    if notice.answer_due_on is None or notice.transit_due_on is None:
        return Lock(f"告知书还没有登记送达：送达次日才开始计算答复的期限（{why}）", clock.today(), 0)
    provisional = "（该年放假安排未公布，暂定）" if notice.answer_provisional else ""
    return Lock(
        f"答复期到 {notice.answer_due_on} 24 时{provisional}：{notice.answer_due_basis}。"
        "期满并完成在途核对之前不能作出不利决定；本人登录表示没有别的要补充的，可以提前",
        notice.answer_due_on,
        workdays.workdays_between(clock.today(), notice.answer_due_on),
    )


def transit(notice: PreAdverseNotice) -> Lock | None:
    """在途核对: answers that may still be in the post have had their days."""
    early = answer(notice)
    if early is None or notice.transit_due_on is None:
        return early
    if clock.today() > notice.transit_due_on:
        return None
    why = cited(pack.current().limit("transit-check"))
    return Lock(
        f"{early.why.partition('。')[0]}。"
        f"邮寄的答复以交邮日计算，在途等待到 {notice.transit_due_on}（{why}），次日起可以核对",
        notice.transit_due_on,
        workdays.workdays_between(clock.today(), notice.transit_due_on),
    )


def waiver(notice: PreAdverseNotice) -> Lock | None:
    """放弃可以撤回的时间."""
    if notice.status != P.ANSWERED or notice.waived_at is None or notice.waiver_taken_back_at is not None:
        return None
    ends = waiver_ends_at(notice.waived_at)
    if clock.now() >= ends and (notice.waiver_final_from is None or clock.today() >= notice.waiver_final_from):
        return None
    until, why = ends.astimezone(clock.CHINA), cited(pack.current().limit("waiver-takeback"))
    return Lock(
        f"本人放弃了陈述申辩，{until:%Y-%m-%d %H:%M} 以前可以撤回（{why}），在此之前不能作出不利决定",
        until.date(),
        0,
    )


def before(notice: PreAdverseNotice, name: str) -> Lock | None:
    """这一步的锁. Ending in the person's favour has none."""
    if name == "notify":
        return basis(notice)
    if name == "lapse":
        return transit(notice)
    if name == "decide-outright":
        return basis(notice)
    if name == "decide":
        return basis(notice) or answer(notice) or waiver(notice)
    return None
