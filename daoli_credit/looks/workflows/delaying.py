"""暂缓告知的办理: asked → signed | refused, signed → lifted. Until it is signed, nothing is hidden."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock
from daoli_credit.looks import selectors
from daoli_credit.looks.models import Explanation, LookDelay
from daoli_credit.looks.models.delay import D
from daoli_credit.looks.rules import grounds
from daoli_credit.looks.workflows import numbering
from daoli_credit.workflow import RuleBroken, Step, department, noun, once, taking

STEPS = {
    "sign": Step("delay.signed", "同意暂缓告知", frozenset({D.ASKED}), D.SIGNED, department("approve_delay")),
    "refuse": Step(
        "delay.refused", "不同意暂缓告知", frozenset({D.ASKED}), D.REFUSED, department("approve_delay"), opinion=True
    ),
    "lift": Step(
        "delay.lifted", "提前解除暂缓", frozenset({D.SIGNED}), D.LIFTED, department("approve_delay"), opinion=True
    ),
}
register("delay.asked", "提出暂缓告知")


def _demand(look: LookUp, article: str, reason: str, until: date) -> None:
    today = clock.today()
    if article not in {citation.ref for citation in grounds.citations()}:
        raise RuleBroken("请选择暂缓告知的依据；没有法律依据的，不能暂缓")
    if not reason.strip():
        raise RuleBroken("请写明告知会妨碍哪一项法定职责")
    if not today < until <= grounds.latest(today):
        raise RuleBroken(f"暂缓要有止日：明天以后，最长到 {grounds.latest(today)}；还需要的，届时另行提出")
    if Explanation.objects.filter(look_id=look.pk).exists():
        raise RuleBroken("当事人已经看到这次查询并请求过说明，不能再暂缓")


def ask(*, look_id: int, article: str, reason: str, until: date, actor: User) -> LookDelay:
    """提出: for a look of one's own department, under one of the articles, until a day at most six months away.

    Raises PermissionDenied, RuleBroken in words, AlreadyDone while one waits, OpinionRefused for a number in it.
    """
    look = selectors.look(look_id)
    body = selectors.department(look)
    if look.kind != LookUp.Kind.LOOK or not actor.may("delay_look", body.pk):
        raise PermissionDenied("只能为本单位的查询提出暂缓告知")
    _demand(look, article, reason, until)
    with transaction.atomic():
        delay = LookDelay(
            number=numbering.next_delay(clock.today()),
            look_id=look.pk,
            department=body,
            looked_by=selectors.looker(look),
            article=article,
            reason=checked(reason.strip()),
            asked_on=clock.today(),
            until_on=until,
            requested_by=actor,
        )
        with once("one_delay_waits_per_look", "这次查询的暂缓告知已经提出，正在等待签批"):
            delay.save()
        events.record(
            act="delay.asked",
            noun=noun(LookDelay),
            object_id=delay.pk,
            actor=actor,
            department=body.code,
            to_status=D.ASKED,
        )
    return delay


def _signs(delay: LookDelay, actor: User) -> None:
    if actor.pk in {delay.requested_by_id, delay.looked_by_id}:
        raise RuleBroken("提出人和查询人不能签批，请由另一人签批")
    delay.signed_by, delay.signed_on = actor, clock.today()


def sign(*, delay_id: int, actor: User, seen: int) -> LookDelay:
    """同意暂缓: by another person with another duty; from now on, and not before, the look is kept back."""
    with taking(STEPS["sign"], LookDelay, delay_id, actor=actor, seen=seen) as delay:
        _signs(delay, actor)
        _demand(selectors.look(delay.look_id), delay.article, delay.reason, delay.until_on)
    return delay


def refuse(*, delay_id: int, actor: User, opinion: str, seen: int) -> LookDelay:
    """不同意: the look stays where it was, with the note that this was asked for."""
    with taking(STEPS["refuse"], LookDelay, delay_id, actor=actor, opinion=opinion, seen=seen) as delay:
        _signs(delay, actor)
    return delay


def lift(*, delay_id: int, actor: User, opinion: str, seen: int) -> LookDelay:
    """提前解除: the hindrance is over before its day."""
    with taking(STEPS["lift"], LookDelay, delay_id, actor=actor, opinion=opinion, seen=seen) as delay:
        delay.lifted_on = clock.today()
    return delay
