"""取办、放回、改派, of a record and of an imported sheet."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import acting, filling, user_of
from records.review_forms import ReassignForm
from records.views import desk, reviewing
from records.views.importing import visible as visible_batch
from records.workflows import takes
from records.workflows.takes import Work


def _reassign(request: HttpRequest, work: Work, form: ReassignForm, then: str) -> HttpResponse | None:
    """改派. None when the form lacks something. Who has not the duty is told so by the act, whatever they typed."""
    user = user_of(request)
    if user.may("assign_review", work.department_id) and not form.is_valid():
        return None
    sent = form.data.get("to", "")
    to, why = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0, form.data.get("opinion", "")
    return filling(
        request,
        form,
        lambda: takes.reassign(work=work, actor=user, to=to, opinion=why),
        done=f"{work.number} 已改派",
        then=then,
    )


def _answer(request: HttpRequest, work: Work, then: str, again: Callable[[ReassignForm], HttpResponse]) -> HttpResponse:
    """What the pressed button asks for; `again` is the page with the form of a reassignment as it was sent."""
    user, pressed = user_of(request), request.POST.get("act")
    if pressed == "reassign":
        form = ReassignForm(request.POST, candidates=takes.candidates(work))
        answer = _reassign(request, work, form, then)
        return again(form) if answer is None else answer
    if pressed == "give-back":
        done = f"{work.number} 已放回，别人可以取办"
        return acting(request, lambda: takes.give_back(work=work, actor=user), done=done, then=then)
    done = f"{work.number} 已由您取办，别人看得到，不能代办"
    return acting(request, lambda: takes.take(work=work, actor=user), done=done, then=then)


@require_POST
@requires("review_record", "assign_review")
def record(request: HttpRequest, number: str) -> HttpResponse:
    """一条记录."""
    work = desk.visible(request, number)

    def again(form: ReassignForm) -> HttpResponse:
        return desk.again(request, work, reassign_form=form)

    return _answer(request, work, reverse("record", args=[number]), again)


@require_POST
@requires("review_record", "assign_review")
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """一张表."""

    def again(form: ReassignForm) -> HttpResponse:
        return reviewing.again(request, number, reassign_form=form)

    return _answer(request, visible_batch(request, number), reverse("import-review", args=[number]), again)
