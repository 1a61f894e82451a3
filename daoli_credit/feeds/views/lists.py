"""值守的清单: what differs, what is withdrawn on which day, and what was not sent; record numbers only."""

from collections.abc import Mapping

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import filling, seen_of, user_of
from daoli_credit.feeds import coming, differences, of_record, selectors
from daoli_credit.feeds.forms import DayForm, ReasonForm
from daoli_credit.feeds.models import Feed
from daoli_credit.feeds.standing import Standing, standing_of
from daoli_credit.feeds.workflows import resaying
from records.models import CreditRecord

PER_PAGE = 20
VERB = resaying.VERB


def standing_or_404(feed: str) -> Standing:
    found = standing_of(feed)
    if found is None:
        raise Http404
    return found


@require_GET
@requires("operate_feeds", "supervise")
def differing(request: HttpRequest, feed: str) -> HttpResponse:
    """对账差异 of one platform, open or cleared, by kind; and the reconciliations."""
    return _differing(request, feed, request.GET, None)


def _differing(request: HttpRequest, feed: str, asked: Mapping[str, str], wrong: ReasonForm | None) -> HttpResponse:
    standing, cleared = standing_or_404(feed), asked.get("shown") == "cleared"
    kinds = differences.counted(feed, cleared=cleared)
    kind = asked.get("kind", "") if asked.get("kind") in {value for value, *_ in kinds} else ""
    operates, owner = user_of(request).may_anywhere(VERB), asked.get("owner", "")
    may = operates and not cleared and kind in resaying.KINDS
    rows = differences.of_feed(feed, kind=kind, cleared=cleared, owner=owner)
    context = {
        "standing": standing,
        "operates": operates,
        "kinds": kinds,
        "kind": kind,
        "kind_title": next((label for value, label, _ in kinds if value == kind), ""),
        "cleared": cleared,
        "owner_code": owner,
        "page": Paginator(rows, PER_PAGE).get_page(asked.get("page")),
        "runs": standing.feed.reconciliations.all()[:PER_PAGE] if standing.feed.pk else [],
        "plan": resaying.plan(feed, kind=kind) if may else None,
        "form": wrong or ReasonForm(of="重新推送"),
        "wrong": wrong,
    }
    return render(request, "feeds/differences.html", context, status=422 if wrong else 200)


@require_POST
@requires("operate_feeds")
def say_again(request: HttpRequest, feed: str) -> HttpResponse:
    """重新推送: the differences of one kind, or those of one record."""
    known, kind, number = get_object_or_404(Feed, code=feed), request.POST.get("kind", ""), request.POST.get("of", "")
    record = get_object_or_404(CreditRecord, number=number) if number else None
    form = ReasonForm(request.POST, auto_id=f"{feed}_%s" if record else "id_%s", of="重新推送")
    then = reverse("feed-record", args=[number]) if record else reverse("feed-differences", args=[known.code])
    if form.is_valid():
        said = form.cleaned_data["reason"]
        if answer := filling(
            request,
            form,
            lambda: resaying.say_again(
                code=feed, actor=user_of(request), opinion=said, kind=kind, number=number, seen=seen_of(request) or None
            ),
            done="已经重新推送；送到以后下一次对账自动消除",
            then=then,
        ):
            return answer
    return _of_record(request, record, {feed: form}) if record else _differing(request, feed, {"kind": kind}, form)


@require_GET
@requires("operate_feeds", "supervise")
def prepared(request: HttpRequest, feed: str) -> HttpResponse:
    """备好的撤回 by day; or those that were taken or set aside."""
    standing, settled = standing_or_404(feed), request.GET.get("shown") == "settled"
    form = DayForm(request.GET) if request.GET.get("day") else DayForm()
    day = form.cleaned_data["day"] if form.is_bound and form.is_valid() else None
    rows = coming.rows(feed, day=day, settled=settled)
    context = {
        "standing": standing,
        "days": coming.of(feed),
        "day": day,
        "settled": settled,
        "form": form,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "feeds/coming.html", context, status=422 if form.is_bound and not form.is_valid() else 200)


@require_GET
@requires("operate_feeds", "supervise")
def stopped(request: HttpRequest) -> HttpResponse:
    """没有送出的记录, the newest first, each with what stops it."""
    text = request.GET.get("before", "")
    before = int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
    rows, further = selectors.stopped(before=before, most=PER_PAGE)
    return render(request, "feeds/stopped.html", {"stopped": rows, "further": further, "turned": before is not None})


@require_GET
@requires("operate_feeds", "supervise")
def record(request: HttpRequest, number: str) -> HttpResponse:
    """一条记录的推送经过, over all platforms."""
    found = of_record.find(user_of(request), number)
    if found is None:
        raise Http404
    return redirect("feed-record", found.number) if found.number != number else _of_record(request, found, {})


def _of_record(request: HttpRequest, found: CreditRecord, wrong: Mapping[str, ReasonForm]) -> HttpResponse:
    story, operates = of_record.story(found), user_of(request).may_anywhere(VERB)
    forms = {
        at.code: wrong.get(at.code)
        or ReasonForm(auto_id=f"{at.code}_%s", of="重新推送" if story.in_force else "再撤回")
        for at in story.platforms
        if operates and at.differences and resaying.plan(at.code, number=found.number).count
    }
    forms |= wrong
    context = {
        "story": story,
        "platforms": [(at, forms.get(at.code)) for at in story.platforms],
        "wrong": next(iter(wrong.values()), None),
    }
    return render(request, "feeds/record.html", context, status=422 if wrong else 200)
