"""取办、放回、改派, of a record and of an imported sheet."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import User
from daoli_credit.accounts.views.answers import acting, user_of
from records.review_forms import ReassignForm
from records.views import desk
from records.views.importing import visible as visible_batch
from records.workflows import takes
from records.workflows.takes import Work


def _act(request: HttpRequest, work: Work, user: User) -> tuple[Callable[[], object], str] | None:
    """What the pressed button asks for, and what is said when it is done; None when its form lacks something."""
    match request.POST.get("act"):
        case "give-back":
            return lambda: takes.give_back(work=work, actor=user), f"{work.number} 已放回，别人可以取办"
        case "reassign":
            form = ReassignForm(request.POST, candidates=takes.candidates(work))
            if user.may("assign_review", work.department_id) and not form.is_valid():
                for errors in form.errors.values():
                    messages.error(request, str(errors[0]))
                return None
            to, why = int(form.data.get("to") or 0), form.data.get("opinion", "")
            return lambda: takes.reassign(work=work, actor=user, to=to, opinion=why), f"{work.number} 已改派"
        case _:
            return lambda: takes.take(work=work, actor=user), f"{work.number} 已由您取办，别人看得到，不能代办"


def _answer(request: HttpRequest, work: Work, then: str) -> HttpResponse:
    wanted = _act(request, work, user_of(request))
    if wanted is None:
        return redirect(then)
    act, done = wanted
    return acting(request, act, done=done, then=then)


@require_POST
@requires("review_record", "assign_review")
def record(request: HttpRequest, number: str) -> HttpResponse:
    """一条记录."""
    return _answer(request, desk.visible(request, number), reverse("record", args=[number]))


@require_POST
@requires("review_record", "assign_review")
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """一张表."""
    return _answer(request, visible_batch(request, number), reverse("import-review", args=[number]))
