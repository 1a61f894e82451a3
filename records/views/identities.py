"""工作台上的身份核定: what departments have asked and the window has proposed, one case, and its buttons."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import acting, filling, seen_of, user_of
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.workflow import AlreadyDone, RuleBroken, available
from records import by_status, identity_cases, leaves
from records.identity_forms import GroundsForm, OpenForm, OpinionForm, RevealForm, SettleForm
from records.models import Attachment, IdentityCase
from records.models.identity_case import RUNNING, K, S
from records.papers import letters
from records.views.attachments import download
from records.workflows import identity_case as acts
from records.workflows import identity_opening

PER_PAGE = 20
RELATED = ("subject", "other", "department", "asked_for", "asked_by", "proposed_by", "decided_by", "undoes")


def _visible(request: HttpRequest, number: str) -> IdentityCase:
    found = IdentityCase.objects.visible_to(user_of(request)).select_related(*RELATED)
    return get_object_or_404(found, number=number)


@require_GET
@requires("check_identity", "supervise")
def listing(request: HttpRequest) -> HttpResponse:
    """身份核定: what waits on top."""
    all_ = IdentityCase.objects.visible_to(user_of(request))
    chips, found = by_status.chips(all_, S.choices, request.GET.get("status", ""))
    rows = by_status.in_turn(found, RUNNING, "opened_on")
    page = leaves.FirstPages(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = identity_cases.lines(all_.filter(pk__in=[row.pk for row in page]))
    opens = user_of(request).may_anywhere("check_identity")
    return render(request, "records/identities.html", {"page": page, "lines": lines, "opens": opens, "chips": chips})


@sensitive_post_parameters("id_number", "other_number", "name")
@require_http_methods(["GET", "POST"])
@requires("check_identity")
def new(request: HttpRequest) -> HttpResponse:
    """提出核定. What is wrong is said at its field, with what was typed still there."""
    user = user_of(request)
    if request.method == "GET":
        return render(request, "records/identity_new.html", {"form": OpenForm()})
    form = OpenForm(request.POST, request.FILES)
    papers = form.papers(user) if form.is_valid() else []
    if form.is_valid():
        typed = form.cleaned_data
        try:
            case = identity_opening.open_(
                kind=typed["kind"],
                id_number=typed["id_number"],
                other_number=typed["other_number"],
                name=typed["name"],
                grounds=form.grounds(),
                papers=papers,
                actor=user,
            )
        except AlreadyDone as said:
            messages.info(request, str(said))
            return redirect("identity-list")
        except (RuleBroken, OpinionRefused) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"{case.number} 已提出，等另一人核定")
            return redirect("identity", case.number)
    return render(request, "records/identity_new.html", {"form": form}, status=422)


@require_GET
@requires("check_identity", "supervise")
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一件."""
    return _page(request, number)


@transaction.atomic
def _page(
    request: HttpRequest,
    number: str,
    status: int = 200,
    *,
    purpose: str = "核对身份",
    whole: bool = False,
    changed: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The looks are written in the transaction that shows the people."""
    user, case = user_of(request), _visible(request, number)
    shown = "identity" if whole else "identity-masked"
    looks = [identity_opening.look(case, one, user, purpose, shown=shown) for one in (case.subject, case.other) if one]
    steps = available(acts.STEPS, case, user)
    undoing = identity_cases.undoing(case)
    undoable = case.kind == K.SAME and case.status == S.SETTLED and not undoing and not identity_cases.undone(case)
    return render(
        request,
        "records/identity.html",
        {
            "case": case,
            "kind": identity_cases.KINDS.get(S(case.status), "off"),
            "people": identity_cases.people(case, looks, whole=whole),
            "claimed": identity_cases.claimed(case, whole=whole),
            "whole": whole,
            "history": identity_cases.told(case),
            "chain": identity_cases.chain(case),
            "papers": case.attachments.defer("envelope"),
            "letters": letters("identitycase", case),
            "steps": steps,
            "undoing": undoing,
            "mine": user.pk in {case.proposed_by_id, case.asked_by_id},
            "reveal_form": RevealForm(),
            "propose_form": GroundsForm(initial=_told_by_department(case)) if "propose" in steps else None,
            "keep_form": OpinionForm(prefix="keep"),
            "settle_form": SettleForm(),
            "refuse_form": OpinionForm(prefix="refuse"),
            "undo_form": GroundsForm() if undoable and user.may("check_identity", case.department_id) else None,
            **(changed or {}),
        },
        status=status,
    )


def _told_by_department(case: IdentityCase) -> dict[str, object]:
    """What a department has handed over stands in the form already; the window compares it with the original."""
    return {name: getattr(case, name) for name in ("reason", "paper", "paper_number", "paper_on")}


@require_POST
@requires("check_identity", "supervise")
def reveal(request: HttpRequest, number: str) -> HttpResponse:
    """查看完整身份: with a purpose, shown once, and told to the people."""
    form = RevealForm(request.POST)
    if not form.is_valid():
        return _page(request, number, 422, changed={"reveal_form": form})
    return _page(request, number, purpose=form.cleaned_data["purpose"], whole=True)


@require_POST
@requires("check_identity")
def propose(request: HttpRequest, number: str) -> HttpResponse:
    """凭材料提出核定 what a department has asked."""
    return _with_grounds(
        request,
        number,
        "propose_form",
        lambda case, form, papers: acts.propose(
            case_id=case.pk, grounds=form.grounds(), papers=papers, actor=user_of(request), seen=seen_of(request)
        ),
    )


@require_POST
@requires("check_identity")
def undo(request: HttpRequest, number: str) -> HttpResponse:
    """提出撤销同一人认定."""
    return _with_grounds(
        request,
        number,
        "undo_form",
        lambda case, form, _papers: identity_opening.undo(
            case_id=case.pk, grounds=form.grounds(), actor=user_of(request)
        ),
    )


def _with_grounds(
    request: HttpRequest, number: str, name: str, act: Callable[[IdentityCase, GroundsForm, list[Attachment]], object]
) -> HttpResponse:
    case, form = _visible(request, number), GroundsForm(request.POST, request.FILES)
    papers = form.papers(user_of(request)) if form.is_valid() else []
    if form.is_valid():
        answer = filling(
            request, form, lambda: act(case, form, papers), done="已提出，等另一人核定", then=reverse("identity-list")
        )
        if answer is not None:
            return answer
    return _page(request, number, 422, changed={name: form})


def _with_opinion(
    request: HttpRequest, number: str, form: OpinionForm, act: Callable[..., IdentityCase], *, name: str, done: str
) -> HttpResponse:
    case, user, seen = _visible(request, number), user_of(request), seen_of(request)
    if not form.is_valid():
        return _page(request, number, 422, changed={name: form})
    opinion = form.cleaned_data["opinion"]
    return acting(
        request,
        lambda: act(case_id=case.pk, actor=user, opinion=opinion, seen=seen),
        done=f"{number} {done}",
        then=reverse("identity", args=[number]),
    )


@require_POST
@requires("check_identity")
def keep(request: HttpRequest, number: str) -> HttpResponse:
    """维持登记."""
    form = OpinionForm(request.POST, prefix="keep")
    return _with_opinion(request, number, form, acts.keep, name="keep_form", done="已办，结果告诉了提出的经办")


@require_POST
@requires("supervise")
def settle(request: HttpRequest, number: str) -> HttpResponse:
    """核定."""
    return _with_opinion(request, number, SettleForm(request.POST), acts.settle, name="settle_form", done="已核定")


@require_POST
@requires("supervise")
def refuse(request: HttpRequest, number: str) -> HttpResponse:
    """不予核定."""
    form = OpinionForm(request.POST, prefix="refuse")
    return _with_opinion(request, number, form, acts.refuse, name="refuse_form", done="不予核定，什么也没有变")


@require_POST
@requires("check_identity", "supervise")
@transaction.atomic
def paper(request: HttpRequest, number: str, token: uuid.UUID) -> HttpResponse:
    """打开材料: a look at everybody in the case."""
    case, user = _visible(request, number), user_of(request)
    kept = get_object_or_404(Attachment.objects.filter(case=case), token=token)
    for subject in filter(None, (case.subject, case.other)):
        identity_opening.look(case, subject, user, "打开材料核对", shown="identity")
    return download(kept, case.number)
