"""依法调取的登记和签批: asked → approved | refused; whoever asked may take it back until it has been handed over."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from daoli_credit.accounts.models import Department, User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, Step, department, noun, taking
from records import sealed_requests
from records.identity import Identity
from records.models import CatalogueProvider, LawfulRequest, RequestFile
from records.models.lawful_request import OPEN, Body, Channel, R, Refusal
from records.rules import requesters
from records.workflows import numbering

HANDLER = department("handle_request")
STEPS = {
    "approve": Step("request.approved", "同意提供", frozenset({R.ASKED}), R.APPROVED, department("approve_request")),
    "refuse": Step(
        "request.refused", "不予提供", frozenset({R.ASKED}), R.REFUSED, department("approve_request"), opinion=True
    ),
    "withdraw": Step("request.withdrawn", "登记调取撤回", frozenset(OPEN), R.WITHDRAWN, HANDLER, opinion=True),
}
ASKED = register("request.asked", "登记依法调取", duty="handle_request")


@dataclass(frozen=True)
class Asked:
    """调取文书所载: from whom, under what, for which case, about what."""

    body: str
    body_name: str
    contact: str
    channel: str
    officers: int
    document_number: str
    document_on: date
    received_on: date
    answer_by: date | None
    article: str
    case_number: str
    items: list[str]
    period_from: date
    period_to: date


def _demand(asked: Asked, body: Department) -> None:
    today = clock.today()
    if asked.body not in Body.values or asked.channel not in Channel.values:
        raise RuleBroken("请选择调取机关和送来的方式；其他单位没有调取的职权，请走共享申请")
    if why := requesters.refusal(asked.body, asked.article):
        raise RuleBroken(why)
    if asked.channel == Channel.IN_PERSON and asked.officers < 2:
        raise RuleBroken("到场调取要有两名以上工作人员出示证件；不足两人的，请对方补齐后再办")
    if not asked.document_on <= asked.received_on <= today:
        raise RuleBroken("收到日不能早于文书日期，也不能晚于今天")
    if asked.answer_by and asked.answer_by < asked.document_on:
        raise RuleBroken("文书要求的答复日不能早于文书日期")
    if not asked.period_from <= asked.period_to <= today:
        raise RuleBroken("期间的起日不能晚于止日，止日不能晚于今天")
    held = CatalogueProvider.objects.filter(department=body, item__in=asked.items).values_list("item_id", flat=True)
    if not asked.items or set(asked.items) - set(held):
        raise RuleBroken("请勾选文书载明、又由本部门持有的事项；别的部门的，请对方向那个部门调取")


def ask(*, body: Department, asked: Asked, who: Identity, document: RequestFile, actor: User) -> LawfulRequest:
    """登记: one document, one named person. `document` was read and sealed before.

    Raises PermissionDenied, RuleBroken in words, AlreadyDone for the same document and person, OpinionRefused.
    """
    if not actor.may("handle_request", body.pk):
        raise PermissionDenied("您没有为本部门登记依法调取的职责")
    _demand(asked, body)
    words = (asked.body_name, asked.contact, asked.document_number, asked.case_number)
    if not all(one.strip() for one in words):
        raise RuleBroken("机关名称、承办人、文书号和案号都要填写")
    name, contact, document_number, case_number = (checked(one.strip()) for one in words)
    request = LawfulRequest(
        number=numbering.next_request_number(clock.today()),
        department=body,
        body=asked.body,
        body_name=name,
        contact=contact,
        channel=asked.channel,
        officers=asked.officers if asked.channel == Channel.IN_PERSON else 0,
        document_number=document_number,
        document_on=asked.document_on,
        received_on=asked.received_on,
        answer_by=asked.answer_by,
        article=asked.article,
        case_number=case_number,
        items=sorted(set(asked.items)),
        period_from=asked.period_from,
        period_to=asked.period_to,
        registered_by=actor,
        registered_on=clock.today(),
    )
    sealed_requests.about(request, who)
    with transaction.atomic():
        try:
            with transaction.atomic():
                request.save()
        except IntegrityError as why:
            if "a_document_asks_once_for_a_person" in str(why):
                raise AlreadyDone("这份文书对这个人的调取已经登记过") from why
            raise
        document.request = request
        document.save()
        events.record(
            act=ASKED,
            noun=noun(LawfulRequest),
            object_id=request.pk,
            actor=actor,
            department=body.code,
            to_status=request.status,
            opinion=f"{name}，{document_number}，案号 {case_number}；{requesters.named(asked.article)}",
            root=bytes(document.digest),
        )
    return request


def _second(request: LawfulRequest, actor: User) -> None:
    if actor.pk == request.registered_by_id:
        raise RuleBroken("登记人不能签批自己登记的调取，请由另一人签批")
    request.decided_by, request.decided_on = actor, clock.today()


def approve(*, request_id: int, actor: User, seen: int) -> LawfulRequest:
    """同意提供: by another person, who asks once more whether the article gives the power.

    Raises RuleBroken when the article does not give the power any more.
    """
    with taking(STEPS["approve"], LawfulRequest, request_id, actor=actor, seen=seen) as request:
        _second(request, actor)
        if why := requesters.refusal(request.body, request.article):
            raise RuleBroken(why)
    return request


def refuse(*, request_id: int, actor: User, refusal: str, opinion: str, seen: int) -> LawfulRequest:
    """不予提供, with one of the reasons and in words; the body gets it in a letter.

    Raises RuleBroken without a reason of the vocabulary.
    """
    if refusal not in Refusal.values or not refusal:
        raise RuleBroken("请选择不予提供的理由")
    with taking(STEPS["refuse"], LawfulRequest, request_id, actor=actor, opinion=opinion, seen=seen) as request:
        _second(request, actor)
        request.refusal, request.over_on = refusal, clock.today()
    return request


def withdraw(*, request_id: int, actor: User, opinion: str, seen: int) -> LawfulRequest:
    """登记撤回: the body has taken its document back, or it was entered wrongly; what was extracted is destroyed."""
    with taking(STEPS["withdraw"], LawfulRequest, request_id, actor=actor, opinion=opinion, seen=seen) as request:
        request.over_on = clock.today()
        request.files.filter(kind=RequestFile.Kind.ANSWER).delete()
    return request
