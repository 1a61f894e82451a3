"""推送与回执的页面: how each feed stands, its deliveries, and one delivery's timeline."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.feeds import selectors
from daoli_credit.feeds.forms import DayForm, ReasonForm
from daoli_credit.feeds.models import Discrepancy
from daoli_credit.feeds.models.delivery import Held, State
from daoli_credit.feeds.workflows import recalling
from daoli_credit.feeds.workflows.operating import VERB
from daoli_credit.law import clock

PER_PAGE = 20
MOST_STOPPED = 10


def _operates(request: HttpRequest) -> bool:
    return user_of(request).may_anywhere(VERB)


@require_GET
@requires("operate_feeds", "supervise")
def overview(request: HttpRequest) -> HttpResponse:
    """推送与回执."""
    stopped, total = selectors.stopped(most=MOST_STOPPED)
    context = {
        "standings": selectors.standings(),
        "stopped": stopped,
        "stopped_total": total,
        "operates": _operates(request),
    }
    return render(request, "feeds/overview.html", context)


@require_GET
@requires("operate_feeds", "supervise")
def deliveries(request: HttpRequest, feed: str) -> HttpResponse:
    """一个平台的推送单, filtered by state and reason; record numbers only."""
    standing = selectors.standing(feed)
    if standing is None:
        raise Http404
    state, reason = request.GET.get("state", ""), request.GET.get("reason", "")
    found = selectors.deliveries(user_of(request), feed, state=state, reason=reason)
    context = {
        "standing": standing,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "states": [(value, label, standing.counts.get(value, 0)) for value, label in State.choices],
        "state": state if state in State.values else "",
        "reason": Held(reason).label if reason in Held.values and reason else "",
        "differences": Discrepancy.objects.filter(feed=feed, cleared_at__isnull=True)[:PER_PAGE],
        "operates": _operates(request),
        "form": ReasonForm(),
        "recall_form": ReasonForm(auto_id="recall_%s"),
        "again_form": ReasonForm(auto_id="again_%s"),
        "recall_count": recalling.held_by(feed),
        "drills": feed in settings.DRILLS,
        "held_code": reason if reason in Held.values else "",
        "held_count": found.filter(state=State.HELD).count() if reason in Held.values and reason else 0,
    }
    return render(request, "feeds/deliveries.html", context)


@require_GET
@requires("operate_feeds", "supervise")
def copies(request: HttpRequest, feed: str) -> HttpResponse:
    """对方某日持有什么, by its own word in the reconciliations; record numbers only."""
    standing = selectors.standing(feed)
    if standing is None:
        raise Http404
    form = DayForm(request.GET or None)
    day = form.cleaned_data["day"] if form.is_valid() else clock.today()
    context = {
        "standing": standing,
        "form": form,
        "day": day,
        "page": Paginator(selectors.copies(feed, day), PER_PAGE).get_page(request.GET.get("page")),
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "feeds/copies.html", context, status=status)


@require_GET
@requires("operate_feeds", "supervise")
def delivery(request: HttpRequest, feed: str, key: str) -> HttpResponse:
    """一件推送单."""
    one = get_object_or_404(selectors.deliveries(user_of(request), feed), key=key)
    context = {
        "standing": selectors.standing(feed),
        "delivery": one,
        "moments": selectors.moments(one),
        "operates": _operates(request),
        "form": ReasonForm(),
    }
    return render(request, "feeds/delivery.html", context)
