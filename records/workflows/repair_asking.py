"""修复中等本人补充: the clock of the decision stands still, says for what and since when, and goes on."""

from daoli_credit.accounts.models import User
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock
from daoli_credit.workflow import PERSON, RuleBroken, Step, department, taking
from records.models import Repair
from records.models.repair import S
from records.rules import objection_clocks, repair_clocks
from records.workflows.repair_letters import tell

STEPS = {
    "ask": Step(
        "repair.asked", "请本人补充", frozenset({S.ACCEPTED}), S.WAITING, department("decide_repair"), opinion=True
    ),
    "answer": Step("repair.answered", "补充", frozenset({S.WAITING}), S.ACCEPTED, PERSON),
}


def ask(*, repair_id: int, actor: User, opinion: str, seen: int) -> Repair:
    """请本人补充: once, told as it stands; the clock stops no second time. Raises RuleBroken, OpinionRefused."""
    with taking(STEPS["ask"], Repair, repair_id, actor=actor, opinion=opinion, seen=seen) as repair:
        if repair.asked_for:
            raise RuleBroken("已经请本人补充过一次，要补充的应当一次说全；条件没有满足的，请一次列明")
        due = repair_clocks.deciding(repair)
        if due is not None and due.overdue(clock.today()):
            raise RuleBroken("已经过了最晚作出决定的日期，期限不能再停走；请作出决定，或者一次列明没有满足的条件")
        repair.asked_on = clock.today()
        repair.asked_for = checked(opinion.strip())
        tell(repair, "asked")
    return repair


def answer(*, repair_id: int, actor: User, words: str, seen: int) -> Repair:
    """补充: the working days of waiting are added to the day of the decision. Raises RuleBroken without words."""
    if not words.strip():
        raise RuleBroken("请写下您要补充的情况；没有要补充的，写“没有补充”")
    today = clock.today()
    with taking(STEPS["answer"], Repair, repair_id, actor=actor, seen=seen) as repair:
        repair.waited += objection_clocks.waited(repair.asked_on, today)
        repair.statement = f"{repair.statement}\n（{today:%Y-%m-%d} 补充）{checked(words.strip())}".strip()
        repair.asked_on = None
        repair.revision += 1
        tell(repair, "answered")
    return repair
