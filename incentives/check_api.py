"""核查接口 /api/v1/checks/: a bureau's system asks about applicants of an open case, by the rules of the page.

One applicant is answered at once; several go the way of a sheet, with its second person above the matter's number.
"""

import csv
import io
import re
from typing import Any

from django.db import transaction
from django.urls import reverse
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from daoli_credit.accounts.api import ServiceView
from daoli_credit.accounts.models import ServiceKey
from daoli_credit.audit import events
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken
from incentives import sealed_checks
from incentives.models import Check, CheckSet, MatterCase
from incentives.models.check import Said
from incentives.models.check_set import K
from incentives.selectors import check_kept, check_sets
from incentives.workflows import check_sources, checking, checking_sets

REQUEST_ID = re.compile(r"[\w.\-]{8,64}", re.ASCII)
FIELDS = ("application", "name", "number")
TITLES = ("申请编号", "姓名", "证件号码")
SAYS = {
    Said.FOUND: "有可以或者应当适用的措施，或者可以核对的信息",
    Said.NOTHING: "没有可用于本事项的信息",
    Said.SILENT: "未答复，不要当作没有；可以由工作人员在核查单上再问一次",
}
NOTE = "留存办件卷宗，不得作为无失信证明；没有查到不等于没有"


def _refused(code: int, says: str) -> Response:
    return Response({"code": code, "says": says}, status=code)


def _answer(check: Check, because: LookUp) -> dict[str, object]:
    titles = {one.code: one.title() for one in check_sources.of_matter(check.matter)}
    return {
        "number": check.number,
        "case_number": check.case.case_number,
        "application": check.application,
        "address": reverse("api-check", args=[check.number]),
        "note": NOTE,
        "sources": [
            {
                "source": source.title,
                "said": source.said,
                "says": SAYS[Said(source.said)],
                "at": source.at,
                "items": [_item(one) for one in source.items],
            }
            for source in check_kept.heard(check, titles, clock.today(), because)
        ],
    }


def _item(one: check_kept.Shown) -> dict[str, object]:
    if one.gone:
        return {"gone": one.gone}
    return {
        "measure": one.answer.measure,
        "title": one.title,
        "says": one.says,
        "force": one.answer.force,
        "sign": one.answer.sign,
        "citation": one.citation,
        "until": one.answer.until,
        "until_says": one.until,
        "compare_with_decision": one.human,
        "fields": dict(one.fields),
        "marks": list(one.marks),
        "statement": one.statement,
        "feedback_due_on": one.answer.due_on,
    }


def _set(one: CheckSet) -> dict[str, object]:
    told: dict[str, object] = {
        "number": one.number,
        "case_number": one.case.case_number,
        "status": one.status,
        "says": one.failure or one.get_status_display(),
        "address": reverse("api-check", args=[one.number]),
        "rows": one.rows,
        "problems": one.problems,
        "note": NOTE,
    }
    if one.status == K.DONE:
        try:
            lines = check_sets.result(one)
        except sealed_checks.NotKept as why:
            return {**told, "says": str(why)}
        told["results"] = [
            {"application": one.application, "check": one.check, "says": one.says, "above": one.above} for one in lines
        ]
    return told


class Checks(ServiceView):
    """POST: 核查一名或者若干申请人. `Idempotency-Key` names the request; sent again, it is answered alike."""

    scope = "checks"
    parser_classes = (JSONParser,)

    def post(self, request: Request) -> Response:
        """200 for one applicant, 202 for a set; 404, 409 and 422 in words."""
        key: ServiceKey = request.auth
        request_id = request.headers.get("Idempotency-Key", "")
        if not REQUEST_ID.fullmatch(request_id):
            return _refused(422, "请在 Idempotency-Key 里写请求编号：8 到 64 位字母、数字、点、横线；重发用同一个")
        body = request.data if isinstance(request.data, dict) else {}
        wanted = body.get("applicants")
        named = isinstance(body.get("case_number"), str)
        if not (named and isinstance(wanted, list) and wanted and all(isinstance(one, dict) for one in wanted)):
            return _refused(
                422,
                "请送一个 JSON 对象：case_number 是在办办件的编号，applicants 至少一名（application、name、number）",
            )
        cases = MatterCase.objects.open(clock.today()).filter(department=key.department)
        case = cases.filter(case_number=body["case_number"]).first()
        if case is None:
            return _refused(404, "本部门没有这个编号的在办办件；请先登记办件")
        try:
            return self._asked(key, case, wanted, request_id)
        except (checking_sets.OtherContent, RuleBroken) as why:
            return _refused(422 if isinstance(why, RuleBroken) else 409, str(why))

    def _asked(self, key: ServiceKey, case: MatterCase, wanted: list[Any], request_id: str) -> Response:
        rows = [[str(one.get(name) or "").strip() for name in FIELDS] for one in wanted]
        by = checking.By(key=key)
        if len(rows) > 1:
            made = checking_sets.upload(
                case_id=case.pk, name=f"{key.title}.csv", data=_sheet(rows), by=by, request_id=request_id
            )
            return Response(_set(made), status=202)
        application, name, number = rows[0]
        if not application:
            raise RuleBroken("请填写申请编号（application）；没有提出申请的人不能核查")
        check = checking.check(
            case_id=case.pk, number=number, name=name, application=application[:60], request_id=request_id, by=by
        )
        because = LookUp.objects.get(pk=check.look)
        return Response(_answer(check, because))


def _sheet(rows: list[list[str]]) -> bytes:
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(TITLES)
    writer.writerows(rows)
    return made.getvalue().encode()


class Checked(ServiceView):
    """GET: 一次核查的答复, or how far a set is. What has ended since is not said again."""

    scope = "checks"

    def get(self, request: Request, number: str) -> Response:
        """404 for what this key did not ask."""
        key: ServiceKey = request.auth
        one = CheckSet.objects.visible_to_system(key).select_related("case").filter(number=number).first()
        if one is not None:
            return Response(_set(one))
        found = Check.objects.visible_to_system(key).select_related("case", "department").filter(number=number)
        check = found.first()
        if check is None:
            return _refused(404, "没有这次核查，或者不是这个密钥提出的")
        with transaction.atomic():
            because = events.look_up(
                actor=key,
                person_key=bytes(check.person_key),
                matter=check.matter,
                case_number=check.case.case_number,
                purpose="查看留存的核查答复",
                shown=checking.SHOWN,
                department=check.department.code,
            )
            return Response(_answer(check, because))
