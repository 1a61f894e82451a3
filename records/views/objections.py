"""工作台上的异议申诉: what waits for an answer, one case, and its buttons."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import User
from daoli_credit.accounts.views.answers import acting, filling, seen_of, user_of
from daoli_credit.audit import events
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.workflow import RuleBroken, available
from records import by_status, leaves, objections, record_page
from records.models import Objection
from records.models.objection import RUNNING, ObjectionStatus
from records.objection_forms import AnswerForm, OpinionForm
from records.workflows import objection as acts

PER_PAGE = 20
RELATED = ("record__item", "record__department", "record__subject", "entered_by", "answered_by")


def _visible(request: HttpRequest, number: str) -> Objection:
    found = Objection.objects.visible_to(user_of(request)).select_related(*RELATED)
    return get_object_or_404(found, number=number)


def _look(user: User, objection: Objection, purpose: str, shown: list[str]) -> LookUp:
    return events.look_up(
        actor=user,
        person_key=objection.person_keys()[0],
        matter=objections.HANDLING,
        case_number=objection.number,
        purpose=purpose,
        shown=shown,
        department=objection.record.department.code,
    )


@require_GET
@requires("answer_objection")
def listing(request: HttpRequest) -> HttpResponse:
    """异议申诉: of the user's departments, running first, whoever is due first on top."""
    mine = Objection.objects.visible_to(user_of(request))
    chosen = request.GET.get("status", "")
    chips, found = by_status.chips(mine, ObjectionStatus.choices, chosen, objections.late(mine))
    rows = by_status.in_turn(found, RUNNING, "due_on")
    page = leaves.FirstPages(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = objections.lines(mine.filter(pk__in=[row.pk for row in page]))
    return render(request, "records/objections.html", {"page": page, "lines": lines, "chips": chips})


@require_GET
@requires("answer_objection")
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一件异议."""
    return _page(request, number)


@transaction.atomic
def _page(request: HttpRequest, number: str, status: int = 200, **changed: Any) -> HttpResponse:
    """The look is written in the transaction that shows the person's words."""
    user, objection = user_of(request), _visible(request, number)
    look = _look(user, objection, "答复异议", ["record", "objection", "identity-masked"])
    return render(
        request,
        "records/objection.html",
        {
            "objection": objection,
            "line": objections.line(objection),
            "points": objections.points(objection),
            "words": objections.words(objection, look),
            "page": record_page.page(objection.record, look),
            "history": objections.told(objection),
            "steps": available(acts.STEPS, objection, user),
            "mine": user.pk in {objection.entered_by_id, objection.record.submitted_by_id},
            "answer_form": AnswerForm(objection=objection),
            "ask_form": OpinionForm(prefix="ask"),
            "extend_form": OpinionForm(prefix="extend"),
            **changed,
        },
        status=status,
    )


def _with_opinion(
    request: HttpRequest, number: str, name: str, act: Callable[..., Objection], done: str
) -> HttpResponse:
    objection, form, shown = _visible(request, number), OpinionForm(request.POST, prefix=name), seen_of(request)
    if not form.is_valid():
        return _page(request, number, 422, **{f"{name}_form": form})
    user, opinion = user_of(request), form.cleaned_data["opinion"]
    answer = filling(
        request,
        form,
        lambda: act(objection_id=objection.pk, actor=user, opinion=opinion, seen=shown),
        done=f"{number} {done}",
        then=reverse("objection", args=[number]),
    )
    return answer or _page(request, number, 422, **{f"{name}_form": form})


@require_POST
@requires("answer_objection")
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """请本人补充."""
    return _with_opinion(request, number, "ask", acts.ask, "已请当事人补充，等待期间期限停止计算")


@require_POST
@requires("answer_objection")
def extend(request: HttpRequest, number: str) -> HttpResponse:
    """延长答复期限."""
    return _with_opinion(request, number, "extend", acts.extend, "的答复期限已延长，已告知当事人")


@require_POST
@requires("answer_objection")
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """逐项答复. A form that lacks something comes back whole, and so does one whose correction breaks a rule."""
    user, objection = user_of(request), _visible(request, number)
    form, shown = AnswerForm(request.POST, objection=objection), seen_of(request)
    if not form.is_valid():
        return _page(request, number, 422, answer_form=form)

    def act() -> None:
        with transaction.atomic():
            look = _look(user, objection, "答复异议，核对更正的内容", ["record", "identity"])
            acts.answer(
                objection_id=objection.pk,
                actor=user,
                number=form.cleaned_data["number"],
                answers=form.answers,
                seen=shown,
                because=look,
            )

    try:
        return acting(request, act, done=f"{number} 已答复，已告知当事人", then=reverse("objection-list"), refuse=True)
    except (RuleBroken, OpinionRefused) as why:
        form.add_error(None, str(why))
        return _page(request, number, 422, answer_form=form)
