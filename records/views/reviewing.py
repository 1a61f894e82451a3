"""按文书逐件复核: a page of an import's records, each opened and logged, then approved together or returned."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import acting, filling, user_of
from daoli_credit.audit import events
from records import batch_review, reviews
from records.review_forms import ReasonedReturnForm, ReassignForm
from records.views.importing import visible
from records.workflows import many as acts
from records.workflows import opening

TICKED = "您勾选了 {} 件要退回，所以一件也没有通过。先写明原因退回，再通过其余的；没有问题的，去掉勾选"
UNTICKED = "写了哪里不对，没有勾选是哪一件，所以一件也没有通过。勾选以后退回；没有问题的，清空再通过"


@require_GET
@requires("review_record")
def page(request: HttpRequest, number: str) -> HttpResponse:
    """下一页."""
    return _page(request, number)


def again(request: HttpRequest, number: str, **forms: Any) -> HttpResponse:
    """The page once more, with the form that came back with errors."""
    return _page(request, number, 422, **forms)


@transaction.atomic
def _page(request: HttpRequest, number: str, status: int = 200, **forms: Any) -> HttpResponse:
    """Every person shown gets a row in 谁看过, and every document counts as opened, in one transaction."""
    batch, user = visible(request, number), user_of(request)
    found = batch_review.to_review(batch)
    looks = events.look_up_many(
        actor=user,
        looks=[(record.person_keys()[0], record.number) for record in found],
        matter=batch_review.REVIEWING,
        purpose="逐件复核批量报送的信用记录",
        shown=["record", "identity-masked"],
        department=batch.department.code,
    )
    if user.may("review_record", batch.department_id):
        opening.note(found, user)
    in_hand = reviews.hand(batch, user)
    return render(
        request,
        "records/import_review.html",
        {
            "batch": batch,
            "lines": batch_review.opened(found, looks),
            "left": batch_review.records(batch).filter(status="submitted").count(),
            "mine": any(user.pk in {one.entered_by_id, one.submitted_by_id} for one in found),
            "form": ReasonedReturnForm(),
            "ticked": _pairs(request, "back") if request.method == "POST" else {},
            "hand": in_hand,
            "reassign_form": ReassignForm(candidates=in_hand.candidates) if in_hand.candidates else None,
            "sample": batch_review.sample(batch),
            **forms,
        },
        status=status,
    )


def _pairs(request: HttpRequest, name: str) -> dict[int, int]:
    """Record → revision as the page sent them: all it showed (`seen`) or those ticked to go back (`back`); what is no
    pair of numbers is left out."""
    pairs = [text.split(":") for text in request.POST.getlist(name)]
    plain = [pair for pair in pairs if len(pair) == 2 and all(n.isascii() and n.isdigit() for n in pair)]
    return {int(pk): int(revision) for pk, revision in plain if len(pk) < 19 and len(revision) < 10}


@require_POST
@requires("review_record")
def approve(request: HttpRequest, number: str) -> HttpResponse:
    """本页已逐件核对，通过. Whoever has ticked a record to go back, or has written what is wrong with one, has not
    approved the page: nothing of it is."""
    batch, user, seen = visible(request, number), user_of(request), _pairs(request, "seen")
    ticked = _pairs(request, "back")
    if ticked or request.POST.get("opinion", "").strip() or request.POST.getlist("reasons"):
        form = ReasonedReturnForm(request.POST)
        form.add_error(None, TICKED.format(len(ticked)) if ticked else UNTICKED)
        return again(request, number, form=form)
    return acting(
        request,
        lambda: acts.approve(batch=batch, seen=seen, actor=user),
        done=f"{len(seen)} 件已生效，告知文书已发给当事人",
        then=reverse("import-review", args=[number]),
    )


@require_POST
@requires("review_record")
def send_back(request: HttpRequest, number: str) -> HttpResponse:
    """退回勾选的."""
    batch, user, seen = visible(request, number), user_of(request), _pairs(request, "back")
    form = ReasonedReturnForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        answer = filling(
            request,
            form,
            lambda: acts.send_back(
                batch=batch, seen=seen, actor=user, opinion=typed["opinion"], reasons=typed["reasons"]
            ),
            done=f"{len(seen)} 件已退回经办人",
            then=reverse("import-review", args=[number]),
        )
        if answer is not None:
            return answer
    return again(request, number, form=form)
