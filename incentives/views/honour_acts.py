"""办一步荣誉推荐: the page of one act with its form, and the POST that takes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.workflow import AlreadyDone, RuleBroken, Stale, WrongState, allowed
from incentives import honour_forms as forms
from incentives.form_fields import Act
from incentives.models import Nomination
from incentives.models.nomination import VERBS
from incentives.rules.nomination_steps import STEPS
from incentives.selectors import nominations
from incentives.views.honours import demand, letter, look, visible
from incentives.workflows import honouring, nominating


@dataclass(frozen=True)
class Door:
    """一步的门: its form, its function, and what is said when it is done."""

    form: type[Act]
    act: Callable[..., Any]
    done: str
    ends: bool = False


DOORS = {
    "reissue": Door(Act, nominating.reissue, "新的邀请信已生成，原来的立即作废"),
    "drop": Door(forms.ReasonForm, nominating.drop, "推荐已撤销", ends=True),
    "verify": Door(forms.OpinionForm, honouring.verify, "已核实通过，等另一位负责人决定"),
    "reject": Door(forms.ReasonForm, honouring.reject, "核实不通过，已告知本人，不再保存是谁", ends=True),
    "decide": Door(forms.DecideForm, honouring.decide, "已决定登记，决定书已发给本人；送达以后生效"),
    "decline": Door(forms.ReasonForm, honouring.decline, "已决定不予登记，已告知本人，不再保存是谁", ends=True),
    "take-effect": Door(forms.EffectForm, honouring.take_effect, "已生效，本人当日看得到"),
    "annul": Door(forms.AnnulForm, honouring.annul, "荣誉登记已终止，已告知本人", ends=True),
}


def _page(request: HttpRequest, nomination: Nomination, name: str, form: Act, *, status: int = 200) -> HttpResponse:
    with transaction.atomic():
        because = look(request, nomination, STEPS[name].title)
        facts = {
            "nomination": nomination,
            "line": nominations.line(nomination),
            "party": nominations.masked(nomination, because),
            "name": name,
            "title": STEPS[name].title,
            "form": form,
            "danger": DOORS[name].ends,
        }
    return render(request, "honours/act.html", facts, status=status)


def _conflict(request: HttpRequest, number: str, why: str) -> HttpResponse:
    facts = {"reason": why, "current": reverse("honour", args=[number])}
    return render(request, "409.html", facts, status=409)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(*VERBS)
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """办一步. 404 for the person's own acts, 403 without the duty, 409 out of turn, 422 with the form filled in."""
    if name not in DOORS:
        raise Http404("没有这一步")
    user, step = user_of(request), STEPS[name]
    posted = request.method == "POST"
    mine = Nomination.objects.of_departments(user).select_related("item", "department", "subject", "record")
    nomination = get_object_or_404(mine, number=number) if posted else visible(request, number)
    demand(allowed(step, nomination, user), step.title)
    if posted:
        return _take(request, nomination, name)
    if nomination.status not in step.source:
        return _conflict(request, number, f"现在不能“{step.title}”，请看最新情况")
    return _page(request, nomination, name, DOORS[name].form(initial={"seen": nomination.revision}))


def _take(request: HttpRequest, nomination: Nomination, name: str) -> HttpResponse:
    """The POST: a refusing rule comes back on the filled-in form, a double click goes on, a stale page is a 409."""
    user, door, number = user_of(request), DOORS[name], nomination.number
    form = door.form(request.POST)
    made = None
    if form.is_valid():
        try:
            made = door.act(nomination_id=nomination.pk, actor=user, **form.cleaned_data)
            messages.success(request, f"{number} {door.done}")
        except AlreadyDone as said:
            messages.info(request, str(said))
        except (RuleBroken, OpinionRefused) as why:
            form.add_error(None, str(why))
        except (WrongState, Stale) as why:
            return _conflict(request, number, str(why))
    if form.errors:
        return _page(request, visible(request, number), name, form, status=422)
    if isinstance(made, nominating.Invited):
        return letter(request, made)
    stays = Nomination.objects.visible_to(user).filter(pk=nomination.pk).exists()
    return redirect("honour", number) if stays else redirect("honour-list")
