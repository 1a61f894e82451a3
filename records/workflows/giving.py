"""依法调取的提取和交付: approved → extracted → handed. Only what the document asks and this department holds today.

What has ended is no part of it: that comes out by its own procedure (开启封存件), for the same case and document.
"""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock, pack
from daoli_credit.workflow import RuleBroken, Step, noun, taking
from records import identity, marks, sealed_requests, selectors, statements
from records.identity import Identity
from records.models import ArchiveOpening, CreditRecord, LawfulRequest, RequestFile
from records.models.archive import O
from records.models.lawful_request import R
from records.models.record import Records
from records.rules import requesters
from records.workflows import disclosing
from records.workflows.requesting import HANDLER

MATTER = "lawful-request"
CHANNEL = "依法调取"
STEPS = {
    "extract": Step("request.extracted", "提取", frozenset({R.APPROVED}), R.EXTRACTED, HANDLER),
    "renew": Step("request.renewed", "重新提取", frozenset({R.EXTRACTED}), R.EXTRACTED, HANDLER),
    "hand-over": Step("request.handed", "交付并登记回执", frozenset({R.EXTRACTED}), R.HANDED, HANDLER),
}
FETCHED = register("request.fetched", "取得提取的内容", duty="handle_request")
READ = register("request.document-read", "打开调取文书", duty="handle_request")
DIFFERS = register("request.name-differs", "文书姓名与登记的不一致，没有提取", duty="handle_request")
STALE = "提取以后，其中的记录有变化（终止、更正或者标注），请重新提取后再交付"


class NameDiffers(RuleBroken):
    """文书所载姓名与登记的不一致."""


def held(request: LawfulRequest, keys: list[bytes]) -> Records:
    """本部门今天持有的、文书要的那些."""
    return (
        CreditRecord.objects.about(keys)
        .in_force(on=clock.today())
        .filter(
            department=request.department_id,
            item__in=request.items,
            determined_on__gte=request.period_from,
            determined_on__lte=request.period_to,
        )
        .order_by("determined_on", "pk")
    )


def _keys(request: LawfulRequest) -> list[bytes]:
    subject = identity.find(sealed_requests.number_of(request))
    return subject.person_keys() if subject else request.person_keys()


def _look(request: LawfulRequest, actor: User) -> LookUp:
    said = f"{request.body_name}依{requesters.named(request.article)}调取（{request.case_number}）"
    return events.look_up(
        actor=actor,
        person_key=bytes(request.person_key),
        matter=MATTER,
        case_number=request.number,
        purpose=said[:200],
        shown=["record", "identity"],
        department=request.department.code,
    )


def _said(record: CreditRecord) -> dict[str, Any]:
    item = pack.current().items.get(record.item_id)
    content = {"document_number": record.document_number, **record.content}
    newest = record.revisions.order_by("-number").values_list("number", flat=True).first()
    return {
        "number": record.number,
        "revision": newest or 1,
        "item": record.item.title,
        "determined_on": record.determined_on,
        "use_until": record.use_until,
        "marks": marks.of(record),
        "statement": statements.of(record),
        "content": selectors.words(item, content) if item else [[key, str(value)] for key, value in content.items()],
    }


def _extract(request: LawfulRequest, actor: User) -> None:
    """One look, one sealed answer; the person's name is compared with the register's before anything is written."""
    look = _look(request, actor)
    who = sealed_requests.revealed(request, look)
    subject = identity.find(who.id_number)
    if subject is not None and not identity.agrees(subject, who.name):
        raise NameDiffers("文书所载的姓名与本系统登记的不一致，没有提取；请与承办人核对证件号码和姓名")
    rows = list(held(request, _keys(request)).select_related("item")) if subject else []
    request.files.filter(kind=RequestFile.Kind.ANSWER).delete()
    file = sealed_requests.answer({"day": clock.today(), "records": [_said(row) for row in rows]})
    file.request = request
    file.save()
    request.given = [row.number for row in rows]
    request.look_id, request.extracted_by, request.extracted_on = look.pk, actor, clock.today()
    request.revision += 1


def extract(*, request_id: int, actor: User, seen: int) -> LawfulRequest:
    """提取: the look stands in the transaction that seals the answer. Nothing found is an answer too.

    Raises PermissionDenied, WrongState, Stale, AlreadyDone, RuleBroken when the name is another than the register's.
    """
    return _extracted("extract", request_id, actor, seen)


def renew(*, request_id: int, actor: User, seen: int) -> LawfulRequest:
    """重新提取, when something has changed since; the former answer is destroyed."""
    return _extracted("renew", request_id, actor, seen)


def _extracted(name: str, request_id: int, actor: User, seen: int) -> LawfulRequest:
    """That a name is not the registered one is an answer about somebody: it leaves a trace though nothing else does."""
    try:
        with taking(STEPS[name], LawfulRequest, request_id, actor=actor, seen=seen) as request:
            _extract(request, actor)
    except NameDiffers:
        _note(LawfulRequest.objects.select_related("department").get(pk=request_id), DIFFERS, actor)
        raise
    return request


def _note(request: LawfulRequest, act: str, actor: User) -> None:
    where = request.department.code
    events.record(act=act, noun=noun(LawfulRequest), object_id=request.pk, actor=actor, department=where)


def read_document(*, request_id: int, actor: User) -> RequestFile:
    """打开调取文书: it names the person in full, so every opening is an event, written before anything is shown.

    No look: the person would read of it on the spot, before a delay of telling can be asked for (docs/requests.md).
    """
    with transaction.atomic():
        request = LawfulRequest.objects.select_related("department").get(pk=request_id)
        _note(request, READ, actor)
        return request.files.get(kind=RequestFile.Kind.DOCUMENT)


def is_fresh(request: LawfulRequest, said: dict[str, Any]) -> bool:
    """仍是今天的样子: the same records in the same revisions are held today."""
    rows = held(request, _keys(request))
    now = dict(rows.annotate(newest=Max("revisions__number")).values_list("number", "newest"))
    return now == {one["number"]: one["revision"] for one in said["records"]}


def openings(request: LawfulRequest) -> list[ArchiveOpening]:
    """为同一案、同一文书、同一人开启过的封存件: their content went out by their own procedure."""
    found = ArchiveOpening.objects.filter(
        department=request.department_id,
        case_number=request.case_number,
        document_number=request.document_number,
        status=O.OPENED,
    ).select_related("archive__record")
    keys = set(_keys(request))
    return [one for one in found if keys & set(one.person_keys())]


def hand_over(*, request_id: int, actor: User, receipt: str, seen: int) -> LawfulRequest:
    """交付并登记回执: every record given becomes a row of 对外提供登记; our copy of the answer is destroyed.

    Raises RuleBroken without a receipt, or when what was extracted has changed since.
    """
    if not receipt.strip():
        raise RuleBroken("请写明回执：对方签收的回执编号，或者邮寄的挂号信号码")
    with taking(STEPS["hand-over"], LawfulRequest, request_id, actor=actor, seen=seen) as request:
        said = content(request)
        if not is_fresh(request, said):
            raise RuleBroken(STALE)
        for record in CreditRecord.objects.filter(number__in=request.given).order_by("pk"):
            _given(request, record.pk)
        for opening in openings(request):
            _given(request, opening.archive.record_id)
        request.handed_by, request.handed_on, request.over_on = actor, clock.today(), clock.today()
        request.receipt = checked(receipt.strip())
        request.files.filter(kind=RequestFile.Kind.ANSWER).delete()
    return request


def _given(request: LawfulRequest, record_id: int) -> None:
    disclosing.given(
        record_id=record_id,
        number=None,
        recipient=f"request-{request.body}",
        title=request.body_name,
        channel=CHANNEL,
        basis=f"{requesters.named(request.article)}；{request.document_number}；{request.number}",
    )


def content(request: LawfulRequest) -> dict[str, Any]:
    """提取的内容. Raises RuleBroken when there is none any more."""
    file = request.files.filter(kind=RequestFile.Kind.ANSWER).first()
    if file is None:
        raise RuleBroken("提取的内容交付以后不再留存")
    found: dict[str, Any] = json.loads(sealed_requests.opened(file))
    return found


def fetch(*, request_id: int, actor: User) -> tuple[LawfulRequest, Identity, dict[str, Any]]:
    """取得提取的内容, to print it for the requester. Each time is an outcome of the look of the extraction.

    So one delay of telling covers them all; and nothing is given after something has changed.

    Raises PermissionDenied, RuleBroken.
    """
    with transaction.atomic():
        request = LawfulRequest.objects.select_for_update(of=("self",)).select_related("department").get(pk=request_id)
        if not actor.may("handle_request", request.department_id):
            raise PermissionDenied("您没有提取依法调取内容的职责")
        if request.status != R.EXTRACTED:
            raise RuleBroken("还没有提取，或者已经办结；办结以后不留存提取的内容")
        said = content(request)
        if not is_fresh(request, said):
            raise RuleBroken(STALE)
        look = LookUp.objects.get(pk=request.look_id or 0)
        events.outcome(look, FETCHED)
        events.record(
            act=FETCHED,
            noun=noun(LawfulRequest),
            object_id=request.pk,
            actor=actor,
            department=request.department.code,
        )
        return request, sealed_requests.revealed(request, look), said
