"""查询说明的办理: raised → answered | withdrawn. Asking costs nothing and is held against nobody."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import Message, User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock
from daoli_credit.looks import selectors
from daoli_credit.looks.models import Explanation
from daoli_credit.looks.models.explanation import E, Finding
from daoli_credit.looks.models.odd import Rule
from daoli_credit.looks.rules import clocks
from daoli_credit.looks.workflows import judging, numbering
from daoli_credit.workflow import PERSON, RuleBroken, Step, department, noun, once, taking

STEPS = {
    "answer": Step("explanation.answered", "说明", frozenset({E.RAISED}), E.ANSWERED, department("explain_looks")),
    "withdraw": Step("explanation.withdrawn", "撤回请求", frozenset({E.RAISED}), E.WITHDRAWN, PERSON),
}
register("explanation.raised", "请求说明")
ADMITTED = register("look.admitted", "本单位认定这次查询没有正当事由")
LONGEST = 1000
TITLES = {"raised": "已收到查询说明请求", "answered": "您请求说明的一次查询，已有说明"}


def _letter(explanation: Explanation, what: str, text: str) -> Message:
    return messages.tell(
        person_key=bytes(explanation.person_key),
        title=TITLES[what],
        text=text,
        noun=noun(Explanation),
        object_id=explanation.number,
    )


def _about(look: LookUp) -> str:
    return f"{look.day:%Y年%m月%d日}，{look.actor_label}，办件 {look.case_number}"


def ask(*, look_id: int, actor: User, question: str) -> Explanation:
    """请求说明: by the person, about an officer's look at them that they have been told of. One at a time per look.

    Raises PermissionDenied for anybody else or a look they do not see, AlreadyDone while one is open, OpinionRefused
    for a question with an ID or telephone number.
    """
    look = selectors.own_look(actor, look_id)
    if look is None:
        raise PermissionDenied("只能请求说明别人对您本人的查询")
    looker, body = selectors.looker(look), selectors.department(look)
    with transaction.atomic():
        explanation = Explanation(
            number=numbering.next_explanation(clock.today()),
            look_id=look.pk,
            person_key=bytes(look.person_key),
            department=body,
            looked_by=looker,
            raised_on=clock.today(),
        )
        with once("one_open_explanation_per_look", "这次查询的说明已经请求过，正在等待答复"):
            explanation.save()
        last = clocks.due(explanation)
        explanation.question = _letter(
            explanation,
            "raised",
            f"您请{body.name}说明这次查询：{_about(look)}。\n\n"
            f"您写的话：{checked(question.strip()) or '（没有另外写）'}\n\n"
            f"编号 {explanation.number}。{f'最晚 {last:%Y年%m月%d日}答复。' if last else ''}由没有做这次查询的人答复。"
            "提出请求不影响您办理任何事项，也不会用来判断您。",
        )
        explanation.save()
        events.record(
            act="explanation.raised",
            noun=noun(Explanation),
            object_id=explanation.pk,
            actor=actor,
            department=body.code,
            to_status=E.RAISED,
        )
    return explanation


def answer(*, explanation_id: int, actor: User, finding: str, text: str, seen: int) -> Explanation:
    """说明: in plain words, by somebody of the department who did not look. Without a ground, it goes on to the audit.

    Raises RuleBroken for the looker, no finding or no words, OpinionRefused for a number in them.
    """
    if finding not in {Finding.GROUNDED, Finding.IMPROPER}:
        raise RuleBroken("请选择这次查询有没有正当事由")
    if not text.strip() or len(text.strip()) > LONGEST:
        raise RuleBroken(f"请用平常的话写明为什么查、看了什么、用在哪里（最多 {LONGEST} 字）")
    for part in range(0, len(text), 400):
        checked(text[part : part + 440])  # evidence is short; the same eye goes over a long text piece by piece
    with taking(STEPS["answer"], Explanation, explanation_id, actor=actor, seen=seen) as explanation:
        if actor.pk == explanation.looked_by_id:
            raise RuleBroken("这次查询是您做的，请由本单位另一人说明")
        look = selectors.look(explanation.look_id)
        ends = (
            "本单位认定这次查询没有正当事由，已交审计管理员核查；结果会告诉您。"
            if finding == Finding.IMPROPER
            else "对这个说明不满意的，可以向区信用办反映。"
        )
        explanation.finding, explanation.answered_by, explanation.answered_on = finding, actor, clock.today()
        explanation.answer = _letter(
            explanation,
            "answered",
            f"关于这次查询：{_about(look)}。\n\n{text.strip()}\n\n{ends}\n\n"
            f"{explanation.department.name} {actor.display_name}\n{clock.today():%Y年%m月%d日}",
        )
        if finding == Finding.IMPROPER:
            events.outcome(look, ADMITTED)
            judging.point_at(look, Rule.ADMITTED, actor=actor)
    return explanation


def withdraw(*, explanation_id: int, actor: User) -> Explanation:
    """撤回请求: without any consequence; the same look may be asked about again."""
    with taking(STEPS["withdraw"], Explanation, explanation_id, actor=actor) as explanation:
        pass
    return explanation
