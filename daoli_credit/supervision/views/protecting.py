"""个人信息保护各页共用的: who is signed in, which office, the course of a row, and an act whose form came back."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.views.answers import acting
from daoli_credit.audit.acts import sentence
from daoli_credit.audit.selectors import history
from daoli_credit.supervision.forms import OpinionForm
from daoli_credit.workflow import Step, Stepped, noun


def office(user: User) -> Department:
    """办理单位. Raises PermissionDenied for those who only read or approve."""
    found = Department.objects.filter(pk__in=user.departments("draft_assessment")).order_by("pk").first()
    if found is None:
        raise PermissionDenied("这一步要有“起草影响评估和事件记录”这项职责")
    return found


def course(row: Stepped) -> list[tuple[str, str, object, str]]:
    """办理经过: what, who, when, and the opinion."""
    return [
        (sentence(event.act), event.actor_label, event.day, event.opinion) for event in history(noun(type(row)), row.pk)
    ]


def judging(
    request: HttpRequest,
    step: Step,
    act: Callable[[str], object],
    *,
    then: str,
    again: Callable[[OpinionForm], HttpResponse],
) -> HttpResponse:
    """办一步: with an opinion where the table wants one; a wrong opinion comes back as it was typed."""
    if not step.opinion:
        return acting(request, lambda: act(""), done=f"“{step.title}”已办好", then=then)
    form = OpinionForm(request.POST)
    if not form.is_valid():
        return again(form)
    return acting(request, lambda: act(form.cleaned_data["opinion"]), done=f"“{step.title}”已办好", then=then)
