"""推送与回执的页面: how each feed stands, its deliveries, and one delivery's timeline."""

from collections.abc import Mapping

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.feeds import agreement, channels, coming, differences, held, keys, log, of_record, selectors
from daoli_credit.feeds.forms import NumberForm, PastDayForm, ReasonForm
from daoli_credit.feeds.models import Delivery
from daoli_credit.feeds.models.delivery import Held, State
from daoli_credit.feeds.standing import standing_of, standings
from daoli_credit.feeds.workflows import delivery as delivery_states
from daoli_credit.feeds.workflows import operating, recalling
from daoli_credit.law import clock
from records.outgoing import HANDLER

PER_PAGE = 20
MOST_STOPPED = 10
SHORT = 5  # of the differences beside the deliveries; the rest has its own page


def _operates(request: HttpRequest) -> bool:
    return user_of(request).may_anywhere(operating.VERB)


@require_GET
@requires("operate_feeds", "supervise")
def overview(request: HttpRequest) -> HttpResponse:
    """推送与回执; with a number, the record that bears it."""
    finder = NumberForm(request.GET) if "number" in request.GET else NumberForm()
    if finder.is_bound and finder.is_valid():
        if found := of_record.find(user_of(request), finder.cleaned_data["number"]):
            return redirect("feed-record", found.number)
        finder.add_error("number", "没有这个编号的记录，或者它还没有生效过；编号写在记录页和平台的来函里，请核对")
    stopped, further = selectors.stopped(most=MOST_STOPPED)
    context = {
        "standings": standings(),
        "now": clock.now(),
        "finder": finder,
        "stopped": stopped,
        "further": further,
        "operates": _operates(request),
        "handler": HANDLER,
        "mine": differences.by_feed(user_of(request)),
    }
    return render(request, "feeds/overview.html", context, status=422 if finder.errors else 200)


@require_GET
@requires("operate_feeds", "supervise")
def deliveries(request: HttpRequest, feed: str) -> HttpResponse:
    """一个平台的推送单, filtered by state and reason; record numbers only."""
    return of_feed(request, feed)


# one page has several of them: each has ids of its own, and says whose reason it asks for
REASONS = {
    "form": ("id_%s", "暂停"),
    "recall_form": ("recall_%s", "召回"),
    "again_form": ("again_%s", "成批重试"),
    "resume_form": ("resume_%s", "恢复"),
    "hurry_form": ("hurry_%s", "立即再试"),
    "reconcile_form": ("reconcile_%s", "对账"),
}


def reason_form(name: str, posted: QueryDict | None = None) -> ReasonForm:
    """这一页的一张原因表单, empty or as it was sent."""
    auto_id, of = REASONS[name]
    return ReasonForm(posted, auto_id=auto_id, of=of)


def of_feed(request: HttpRequest, feed: str, wrong: Mapping[str, ReasonForm] | None = None) -> HttpResponse:
    """The page, or, with a form that was refused, the page with it as it was filled in."""
    standing = standing_of(feed)
    if standing is None:
        raise Http404
    state, reason = request.GET.get("state", ""), request.GET.get("reason", request.POST.get("held", ""))
    owner = request.GET.get("owner", request.POST.get("owner", ""))
    oldest = request.GET.get("order") == "oldest"
    found = selectors.deliveries(user_of(request), feed, state=state, reason=reason, owner=owner, oldest=oldest)
    backed_off = delivery_states.backed_off(feed).aggregate(n=Count("pk"), at=Min("next_try_at"))
    context = {
        "standing": standing,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "states": [(value, label, standing.counts.get(value, 0)) for value, label in State.choices],
        "state": state if state in State.values else "",
        "reason": Held(reason).label if reason in Held.values and reason else "",
        "oldest": oldest,
        "asked_state": state,
        "owner_code": owner,
        "owner": next((line.owner for line in standing.held if line.owner_code == owner), owner),
        "differences": differences.of_feed(feed)[:SHORT],
        "operates": _operates(request),
        "now": clock.now(),
        "shown": {"unsent": "待发送和发送中", "withdrawals": "没有送到的撤回", "backing": "退避中"}.get(state, ""),
        **{name: reason_form(name) for name in REASONS},
        "wrong": next(iter(wrong.values()), None) if wrong else None,
        **(wrong or {}),
        "recall_count": recalling.held_by(feed),
        "recalling": standing.feed.recalled_at is not None and not standing.feed.enabled,
        "owed_count": held.rows(feed, shown="owed").count(),
        "decided": [log.said(event) for event in log.of_feed(feed)[:SHORT]],
        "backed_off": backed_off,
        # to resume a broken feed is to try at once; but it would end a pause or a recall
        "hurries": backed_off["n"] and not (standing.broken and standing.feed.enabled),
        "agreement": agreement.of(feed),
        "keys": keys.of(channels.of(feed)) if standing.configured else None,
        "coming": coming.of(feed),
        "drills": feed in settings.DRILLS,
        "most_at_once": operating.MOST_AT_ONCE,
        "held_code": reason if reason in Held.values else "",
        "held_count": operating.to_retry(feed, reason, owner).count() if reason in Held.values and reason else 0,
    }
    return render(request, "feeds/deliveries.html", context, status=422 if wrong else 200)


@require_GET
@requires("operate_feeds", "supervise")
def copies(request: HttpRequest, feed: str) -> HttpResponse:
    """对方某日持有什么, by its own word in the reconciliations; record numbers only."""
    standing = standing_of(feed)
    if standing is None:
        raise Http404
    form = PastDayForm(request.GET) if "day" in request.GET else PastDayForm()
    day = form.cleaned_data["day"] if form.is_valid() else clock.today()
    context = {
        "standing": standing,
        "form": form,
        "day": day,
        "wrong": form.is_bound and not form.is_valid(),
        "run": selectors.last_run(feed, day),
        "operates": _operates(request),
        "page": Paginator(selectors.copies(feed, day), PER_PAGE).get_page(request.GET.get("page")),
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "feeds/copies.html", context, status=status)


@require_GET
@requires("operate_feeds", "supervise")
def delivery(request: HttpRequest, feed: str, key: str) -> HttpResponse:
    """一件推送单."""
    return of_delivery(request, feed, get_object_or_404(selectors.deliveries(user_of(request), feed), key=key))


def of_delivery(request: HttpRequest, feed: str, one: Delivery, wrong: ReasonForm | None = None) -> HttpResponse:
    """The page of one, or, with a form that was refused, the page with it as it was filled in."""
    context = {
        "standing": standing_of(feed),
        "delivery": one,
        "moments": selectors.moments(one, log.of_deliveries([one.key]).get(one.key, ())),
        "operates": _operates(request),
        "form": wrong or ReasonForm(of="重试"),
    }
    return render(request, "feeds/delivery.html", context, status=422 if wrong else 200)
