"""异常查询的页面: the audit administrator's queue; a department answers what it was asked."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from daoli_credit.accounts.access import officers
from daoli_credit.accounts.views.answers import acting, seen_of, user_of
from daoli_credit.law import clock
from daoli_credit.looks import selectors
from daoli_credit.looks.forms import OpinionForm
from daoli_credit.looks.models import LookDelay, OddLook
from daoli_credit.looks.models.odd import UNDECIDED, O
from daoli_credit.looks.rules import grounds
from daoli_credit.looks.views.reading import by_form
from daoli_credit.looks.workflows import judging as acts
from daoli_credit.looks.workflows import watching
from daoli_credit.workflow import available, noun

PER_PAGE, RECENT = 20, 20
DOORS: dict[str, tuple[Callable[..., OddLook], str, str]] = {
    "explain": (acts.explain, "text", "已向审计管理员说明"),
    "confirm": (acts.confirm, "finding", "已确认不当，并已告知当事人"),
    "clear": (acts.clear, "finding", "已记为没有问题"),
}


@require_GET
@officers("audit")
def listing(request: HttpRequest) -> HttpResponse:
    """异常查询: who looked, when, for what, by which rule; never at whom. What is delayed stands beside it."""
    user, status = user_of(request), request.GET.get("status", "")
    found = OddLook.objects.visible_to(user).select_related("looker", "department")
    counts = [(value, label, found.filter(status=value).count()) for value, label in O.choices]
    chosen = found.filter(status=status) if status in O.values else found.filter(status__in=UNDECIDED)
    page = Paginator(chosen.order_by("pk"), PER_PAGE).get_page(request.GET.get("page"))
    delays = LookDelay.objects.visible_to(user).select_related("department", "requested_by", "signed_by")[:RECENT]
    facts = {
        "page": page,
        "lines": [(one, selectors.line(one.look_id)) for one in page],
        "counts": counts,
        "status": status,
        "delays": [(one, grounds.named(one.article), one.hides(clock.today())) for one in delays],
    }
    return render(request, "looks/odd_list.html", facts)


@require_POST
@officers("audit")
def sweep(request: HttpRequest) -> HttpResponse:
    """现在查找: the same as the timetable does; harmless twice."""
    found = watching.sweep(actor=user_of(request))
    messages.success(request, f"找到 {found} 条新的异常查询" if found else "没有新的异常查询")
    return redirect("odd-look-list")


def _visible(request: HttpRequest, pk: int) -> OddLook:
    user = user_of(request)
    if not (user.officer == "audit" or user.may_anywhere("explain_looks")):
        raise PermissionDenied("这一页只供审计管理员使用，或者要有“说明查询缘由”这项职责")
    found = OddLook.objects.visible_to(user).select_related("looker", "department", "explained_by", "decided_by")
    return get_object_or_404(found, pk=pk)


def _page(request: HttpRequest, odd: OddLook, form: forms.Form, name: str = "", status: int = 200) -> HttpResponse:
    user = user_of(request)
    facts = {
        "odd": odd,
        "line": selectors.line(odd.look_id),
        "steps": available(acts.STEPS, odd, user),
        "auditor": user.officer == "audit",
        "history": selectors.steps_of(noun(OddLook), odd.pk),
        "form": form,
        "wrong": name,
    }
    return render(request, "looks/odd.html", facts, status=status)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """一条异常查询."""
    return _page(request, _visible(request, pk), OpinionForm())


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """要求说明、说明、确认不当、没有问题."""
    odd, user, revision = _visible(request, pk), user_of(request), seen_of(request)
    # a department no longer sees what has been judged
    then = reverse("odd-look", args=[pk]) if user.officer == "audit" else reverse("look-desk")
    if name == "ask":
        return acting(
            request,
            lambda: acts.ask(odd_id=odd.pk, actor=user, seen=revision),
            done="已要求本单位说明",
            then=then,
        )
    if name not in DOORS:
        raise Http404("没有这一步")
    step, word, done = DOORS[name]
    form = OpinionForm(request.POST)
    return by_form(
        request,
        form,
        lambda: step(odd_id=odd.pk, actor=user, seen=revision, **{word: form.cleaned_data["opinion"]}),
        again=lambda wrong: _page(request, odd, wrong, name, 422),
        done=done,
        then=then,
        in_turn=name in available(acts.STEPS, odd, user),
    )
