"""我的列入案件: what runs about me. My own words are mine alone: no staff act stands for them."""

from collections.abc import Callable

from django.contrib import messages as said
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from daoli_credit.accounts.access import citizen
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.audit import events
from daoli_credit.portal.citizen import own
from daoli_credit.workflow import AlreadyDone, RuleBroken, Stale, WrongState, available
from incentives.models import Listing, ListingPaper
from incentives.rules.steps import STEPS
from incentives.selectors import case, ends
from incentives.statement_forms import PointsStatementForm
from incentives.workflows import answering, reviewing


def _found(request: HttpRequest, number: str) -> Listing:
    related = ("department", "record", "subject", "item")
    return get_object_or_404(
        Listing.objects.about(user_of(request).person_keys()).select_related(*related), number=number
    )


@transaction.atomic
def _shown(request: HttpRequest, number: str, form: PointsStatementForm, *, status: int = 200) -> HttpResponse:
    user, listing = user_of(request), _found(request, number)
    look = events.own_look(actor=user, person_key=user.person_keys()[0], shown=["listing"])
    page = case.page(listing, look)
    facts = {
        "page": page,
        "listing": listing,
        "steps": available(STEPS, listing, user),
        "form": form,
        "marks": ends.marks(listing.record),
        "ended": ends.of_listing(listing),
        "notice": next((one for one in page.papers if one.title == "拟列入告知书"), None),
        "decision": next((one for one in page.papers if one.title == "列入决定书"), None),
        "originals": ListingPaper.objects.about(user.person_keys()).filter(listing=listing),
        "seen": own.worded(user, own.shown(user, by_others=True).filter(case_number=listing.number)),
    }
    return render(request, "citizen/listing.html", facts, status=status)


@require_GET
@citizen
def listing(request: HttpRequest, number: str) -> HttpResponse:
    """我的列入案件: the notice as told, my rights and until when, my words, and what came of them."""
    return _shown(request, number, PointsStatementForm())


@require_POST
@citizen
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """本人办一步: state, answer, waive or take back. A refused statement comes back whole."""
    row, user = _found(request, number), user_of(request)
    form = PointsStatementForm(request.POST if name == "state" else None)
    if name == "state" and not form.is_valid():
        return _shown(request, number, form, status=422)
    text = form.cleaned_data["text"] if form.is_bound else ""
    doors: dict[str, tuple[Callable[[], Listing], str]] = {
        "state": (
            lambda: answering.state(listing_id=row.pk, actor=user, text=text),
            "意见已提交，副本在您的消息里；期限内还可以补充",
        ),
        "waive": (lambda: answering.waive(listing_id=row.pk, actor=user), "已登记放弃陈述申辩，24 小时内可以撤回"),
        "want-hearing": (
            lambda: reviewing.want_hearing(listing_id=row.pk, actor=user),
            "已要求听证，办理部门会通知您时间和地点",
        ),
        "take-back": (lambda: answering.take_back(listing_id=row.pk, actor=user), "已撤回，期限内可以陈述申辩"),
    }
    if name == "state" and form.cleaned_data["that_is_all"]:
        doors["state"] = (
            lambda: answering.answer(listing_id=row.pk, actor=user, text=text),
            "意见已提交，您表示没有别的要补充；副本在您的消息里",
        )
    if name not in doors:
        raise Http404("没有这一步")
    take, done = doors[name]
    try:
        take()
    except AlreadyDone as why:
        said.info(request, str(why))
    except RuleBroken as why:
        if name != "state":
            said.error(request, str(why))
            return redirect("me-listing", number)
        form.add_error("text", str(why))
        return _shown(request, number, form, status=422)
    except (WrongState, Stale) as why:
        current = reverse("me-listing", args=[number])
        return render(request, "409.html", {"reason": str(why), "current": current}, status=409)
    else:
        said.success(request, done)
    return redirect("me-listing", number)
