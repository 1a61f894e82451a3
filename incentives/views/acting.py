"""办一步: the page of one act with its form, and the POST that takes it. A refusal comes back on the same page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from daoli_credit.accounts.access import requires
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.workflow import AlreadyDone, RuleBroken, Stale, Step, WrongState, allowed
from incentives import form_fields, forms
from incentives.models import Listing
from incentives.rules import contents, gate, period, route
from incentives.rules.steps import ASIDE, STEPS, on_its_way
from incentives.selectors import case, points
from incentives.views.desk import look, signed_in, visible
from incentives.workflows import answering, deciding, proposing, reviewing


@dataclass(frozen=True)
class Door:
    """一步的门: its form, its function, and what is said when it is done."""

    form: type[form_fields.Act]
    act: Callable[..., Listing]
    done: str


DOORS = {
    "notify": Door(forms.NoticeForm, proposing.notify, "告知书已发出；请送达后登记，消息已读不算送达"),
    "serve-notice": Door(forms.NoticeServiceForm, proposing.serve_notice, "送达已登记，陈述申辩期自次日起算"),
    "receive": Door(forms.PointsMaterialForm, answering.receive, "材料已登记，当事人会收到存档副本"),
    "ask-hearing": Door(
        forms.AskHearingForm, reviewing.ask_hearing, "听证申请已登记；法制审核以前要登记听证的办理情况"
    ),
    "lapse": Door(forms.LapseForm, answering.lapse, "在途核对已登记"),
    "review": Door(forms.ReviewForm, reviewing.review, "异议核实结果已登记"),
    "hear": Door(forms.HearingForm, reviewing.hear, "听证情况已登记"),
    "legal-review": Door(forms.LegalForm, reviewing.legal_review, "法制审核已通过"),
    "object": Door(forms.ObjectForm, reviewing.object_to, "意见已记入案卷；案件没有往下走"),
    "discuss": Door(forms.PaperForm, reviewing.discuss, "集体讨论已登记"),
    "agree": Door(forms.PaperForm, reviewing.agree, "上级同意已登记"),
    "decide": Door(forms.DecideForm, deciding.decide, "列入决定已作出；送达以前不生效"),
    "serve": Door(forms.ServiceForm, deciding.serve, "决定送达已登记"),
    "take-effect": Door(form_fields.Act, deciding.take_effect, "已生效，信用记录和两份告知书已发给当事人"),
    "withdraw": Door(forms.ReasonForm, deciding.withdraw, "案件已终结，不予列入"),
    "reject": Door(forms.ReasonForm, deciding.reject, "案件已终结，不予列入"),
    "revoke": Door(forms.RevokeForm, deciding.revoke, "列入决定已撤销，信用记录同时终止"),
}
OBJECT = "提出意见，不通过"


def _step(name: str) -> Step:
    return STEPS["legal-review" if name == "object" else name]


def _lock(listing: Listing, name: str) -> gate.Lock | None:
    return None if name in ASIDE or name == "object" else gate.before(listing, _step(name).target)


def _form(name: str, listing: Listing, *data: Any, **initial: Any) -> form_fields.Act:
    """The act's form; a notice and a decision are ticked against what the pack asks of them."""
    form = DOORS[name].form(*data, **initial)
    if "covers" in form.fields:
        asked = contents.required(listing, "notice" if name == "notify" else "decision")
        form.fields["covers"].choices = [(one, one) for one in asked]  # type: ignore[attr-defined]
    if isinstance(form, forms.LegalForm):
        form.for_case(points.lines(listing))
    return form


def _needs_day(listing: Listing) -> bool:
    """Does the pack leave the answer period to the notice?"""
    served = listing.noticed_on
    if served is None:
        return False
    try:
        period.answer_period(route.kind(listing), served, written=None, basis="")
    except period.NotServed:
        return True
    return False


def _page(
    request: HttpRequest, listing: Listing, name: str, form: form_fields.Act, *, status: int = 200
) -> HttpResponse:
    user, title = signed_in(request), OBJECT if name == "object" else _step(name).title
    with transaction.atomic():
        because = look(user, listing, title, ["listing", "identity-masked"])
        facts = {
            "page": case.page(listing, because),
            "listing": listing,
            "name": name,
            "title": title,
            "form": form,
            "lock": _lock(listing, name),
            "needs_day": name == "serve-notice" and _needs_day(listing),
            "danger": name in {"withdraw", "reject", "revoke"},
        }
    return render(request, "listings/act.html", facts, status=status)


def _in_turn(listing: Listing, name: str) -> bool:
    step = _step(name)
    return listing.status in step.source and on_its_way(listing, "legal-review" if name == "object" else name)


def _conflict(request: HttpRequest, number: str, why: str) -> HttpResponse:
    facts = {"reason": why, "current": reverse("listing", args=[number])}
    return render(request, "409.html", facts, status=409)


@require_http_methods(["GET", "POST"])
@requires("view_listings")
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """办一步. 404 for what staff cannot do at all (the person's own acts), 403 without the duty, 409 out of turn."""
    if name not in DOORS:
        raise Http404("没有这一步")
    user, door = signed_in(request), DOORS[name]
    # a second click on the act that ended it hears that it is done
    posted = request.method == "POST"
    mine = Listing.objects.of_departments(user).select_related("item", "department", "subject", "record")
    listing = get_object_or_404(mine, number=number) if posted else visible(request, number)
    if not allowed(_step(name), listing, user):
        raise PermissionDenied(f"您没有“{_step(name).title}”这项职责")
    lock = _lock(listing, name)
    if request.method == "GET":
        if lock is None and not _in_turn(listing, name):
            return _conflict(request, number, f"现在不能“{_step(name).title}”，请看最新情况")
        return _page(request, listing, name, _form(name, listing, initial={"seen": listing.revision}))
    form = _form(name, listing, request.POST)
    if lock is not None:
        form.is_valid()
        form.add_error(None, f"现在不能“{_step(name).title}”。{lock.why}")
    if not form.is_valid():
        return _page(request, listing, name, form, status=422)
    try:
        door.act(listing_id=listing.pk, actor=user, **form.cleaned_data)
    except AlreadyDone as said:
        messages.info(request, str(said))
    except (RuleBroken, OpinionRefused) as why:
        form.add_error(None, str(why))
        return _page(request, visible(request, number), name, form, status=422)
    except (WrongState, Stale) as why:
        return _conflict(request, number, str(why))
    else:
        messages.success(request, f"{number} {door.done}")
    stays = Listing.objects.visible_to(user).filter(pk=listing.pk).exists()
    return redirect("listing", number) if stays else redirect("listing-list")
