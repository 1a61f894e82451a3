"""暂缓告知的页面: ask for a look of one's own department; the other duty signs, refuses or lifts."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import acting, seen_of, user_of
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from daoli_credit.looks import selectors
from daoli_credit.looks.forms import DelayForm, OpinionForm
from daoli_credit.looks.models import LookDelay
from daoli_credit.looks.rules import grounds
from daoli_credit.looks.views.reading import by_form
from daoli_credit.looks.workflows import delaying as acts
from daoli_credit.workflow import available, noun

WITH_OPINION: dict[str, tuple[Callable[..., LookDelay], str]] = {
    "refuse": (acts.refuse, "没有同意暂缓，这次查询照常告知"),
    "lift": (acts.lift, "已提前解除，当事人现在看得到这次查询"),
}


@require_http_methods(["GET", "POST"])
@requires("delay_look")
def new(request: HttpRequest, look_id: int) -> HttpResponse:
    """提出暂缓告知."""
    user = user_of(request)
    row = get_object_or_404(LookUp, pk=look_id, kind=LookUp.Kind.LOOK)
    if not user.may("delay_look", selectors.department(row).pk):
        raise Http404("没有这次查询")

    def page(form: forms.Form, status: int = 200) -> HttpResponse:
        facts = {"form": form, "line": selectors.line(look_id), "latest": grounds.latest(clock.today())}
        return render(request, "looks/delay_new.html", facts, status=status)

    if request.method == "GET":
        return page(DelayForm())
    form = DelayForm(request.POST)
    return by_form(
        request,
        form,
        lambda: acts.ask(look_id=look_id, actor=user, **form.cleaned_data),
        again=lambda wrong: page(wrong, 422),
        done="已提出，等另一人签批；签批以前不暂缓",
        then=reverse("look-desk"),
    )


def _visible(request: HttpRequest, number: str) -> LookDelay:
    found = LookDelay.objects.visible_to(user_of(request))
    return get_object_or_404(found.select_related("department", "requested_by", "signed_by"), number=number)


def _page(request: HttpRequest, delay: LookDelay, form: forms.Form, name: str = "", status: int = 200) -> HttpResponse:
    user = user_of(request)
    facts = {
        "delay": delay,
        "line": selectors.line(delay.look_id),
        "article": grounds.named(delay.article),
        "hides": delay.hides(clock.today()),
        "steps": available(acts.STEPS, delay, user),
        "mine": user.pk in {delay.requested_by_id, delay.looked_by_id},
        "history": selectors.steps_of(noun(LookDelay), delay.pk),
        "form": form,
        "wrong": name,
    }
    return render(request, "looks/delay.html", facts, status=status)


@require_GET
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一件暂缓告知: for the two duties of the department, and for the audit administrator at once."""
    user = user_of(request)
    if not (user.officer == "audit" or user.may_anywhere("delay_look") or user.may_anywhere("approve_delay")):
        raise PermissionDenied("这一页要有“提出暂缓告知”或者“同意暂缓告知”这项职责，或者是审计管理员")
    return _page(request, _visible(request, number), OpinionForm())


@require_POST
@requires("approve_delay")
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """签批、不同意、提前解除."""
    delay, user, revision = _visible(request, number), user_of(request), seen_of(request)
    then = reverse("delay", args=[number])
    if name == "sign":
        return acting(
            request,
            lambda: acts.sign(delay_id=delay.pk, actor=user, seen=revision),
            done=f"{number} 已同意，暂缓到 {delay.until_on}",
            then=then,
        )
    if name not in WITH_OPINION:
        raise Http404("没有这一步")
    step, done = WITH_OPINION[name]
    form = OpinionForm(request.POST)
    return by_form(
        request,
        form,
        lambda: step(delay_id=delay.pk, actor=user, opinion=form.cleaned_data["opinion"], seen=revision),
        again=lambda wrong: _page(request, delay, wrong, name, 422),
        done=f"{number} {done}",
        then=then,
        in_turn=name in available(acts.STEPS, delay, user),
    )
