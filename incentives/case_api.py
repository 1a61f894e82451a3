"""办件接口 /api/v1/cases/: a bureau's system registers and closes its own cases, by the rules of the page.

A number and its days, and nobody's name; sent again it is answered alike.
"""

from collections.abc import Callable
from datetime import date

from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from daoli_credit.accounts.api import ServiceView
from daoli_credit.accounts.models import ServiceKey
from daoli_credit.workflow import AlreadyDone, RuleBroken, WorkflowError
from incentives.models import MatterCase
from incentives.workflows import matter_case
from incentives.workflows.by_system import BySystem

OPENED = ("matter", "case_number", "opened_on")
CLOSED = ("case_number", "closed_on")
WORDS = {
    "matter": "matter 是本部门应用事项的代码（见政务应用目录）",
    "case_number": "case_number 是本部门办理系统里的受理号",
    "opened_on": "opened_on 是受理日（年-月-日）",
    "closed_on": "closed_on 是办结日（年-月-日）",
}


def _told(case: MatterCase, says: str, code: int = 200) -> Response:
    told = {
        "case_number": case.case_number,
        "matter": case.matter,
        "status": case.status,
        "opened_on": case.opened_on,
        "closed_on": case.closed_on,
        "says": says,
    }
    return Response(told, status=code)


def _refused(code: int, says: str) -> Response:
    return Response({"code": code, "says": says}, status=code)


def _typed(request: Request, names: tuple[str, ...]) -> list[str]:
    """Those fields, all of them texts. Raises RuleBroken, which names them."""
    body = request.data if isinstance(request.data, dict) else {}
    found = [body.get(name) for name in names]
    texts = [one.strip() for one in found if isinstance(one, str) and one.strip()]
    if len(texts) < len(names) or (more := sorted(body.keys() - set(names))):
        wanted = "；".join(WORDS[name] for name in names)
        beyond = f"；不收：{'、'.join(map(str, more[:5]))}" if len(texts) == len(names) else ""
        raise RuleBroken(f"请送一个 JSON 对象，只有这几项：{wanted}{beyond}")
    return texts


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as why:
        raise RuleBroken(f"{WORDS[name]}，例如 2026-03-02") from why


def _said(act: Callable[[], Response]) -> Response:
    try:
        return act()
    except RuleBroken as why:
        return _refused(422, str(why))
    except WorkflowError as why:
        return _refused(409, str(why))


def _mine(key: ServiceKey, number: str) -> MatterCase | None:
    mine = MatterCase.objects.filter(department=key.department)
    return mine.filter(case_number=matter_case.shown(number)).first()


class Cases(ServiceView):
    """POST: 登记一个办件. 201 for a new one, 200 for one that stands already."""

    scope = "cases"
    parser_classes = (JSONParser,)

    def post(self, request: Request) -> Response:
        """422 in words for what the page would refuse too."""
        key: ServiceKey = request.auth
        return _said(lambda: self._registered(key, *_typed(request, OPENED)))

    def _registered(self, key: ServiceKey, matter: str, number: str, opened: str) -> Response:
        day = _day(opened, "opened_on")
        try:
            made = matter_case.register(
                matter=matter, body=key.department, case_number=number, opened_on=day, actor=BySystem(key)
            )
        except AlreadyDone as why:
            there = _mine(key, number)
            return _told(there, str(why)) if there else _refused(409, "这一件没有登记成，请再试一次")
        return _told(made, "已登记", 201)


class Closed(ServiceView):
    """POST: 办结一个办件. Closed by the same key before, it is answered alike; by somebody else, 409."""

    scope = "cases"
    parser_classes = (JSONParser,)

    def post(self, request: Request) -> Response:
        """404 for a number that this department has not registered."""
        key: ServiceKey = request.auth
        return _said(lambda: self._closed(key, *_typed(request, CLOSED)))

    def _closed(self, key: ServiceKey, number: str, closed: str) -> Response:
        day, there = _day(closed, "closed_on"), _mine(key, number)
        if there is None:
            return _refused(404, "本部门没有登记过这个编号的办件")
        try:
            done = matter_case.close(case_id=there.pk, closed_on=day, actor=BySystem(key))
        except AlreadyDone as why:
            return _told(there, str(why))
        return _told(done, "已办结")
