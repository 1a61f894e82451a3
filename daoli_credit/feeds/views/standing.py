"""平台的底细: what it holds as we have it, what somebody still has to take down, and what was decided by hand."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daoli_credit.accounts.access import requires
from daoli_credit.feeds import held, log, selectors
from daoli_credit.feeds.views.lists import PER_PAGE, standing_or_404
from records import endings


@require_GET
@requires("operate_feeds", "supervise")
def holding(request: HttpRequest, feed: str) -> HttpResponse:
    """对方持有的, as we have it; of it what is asked back, and what has ended here."""
    standing, shown = standing_or_404(feed), request.GET.get("shown", "")
    shown = shown if shown in held.SHOWN else ""
    context = {
        "standing": standing,
        "chips": held.counted(feed),
        "shown": shown,
        "title": held.SHOWN[shown][0],
        "page": Paginator(held.rows(feed, shown=shown), PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "feeds/holding.html", context)


@require_GET
@requires("operate_feeds", "supervise")
def owed(request: HttpRequest) -> HttpResponse:
    """终止以后还没有撤下的, over all who hold a copy: what the count of every department opens."""
    counts = endings.still_to_confirm()
    code = request.GET.get("department", "")
    code = code if code in {one for one, *_ in counts} else ""
    context = {
        "counts": counts,
        "total": sum(n for *_, n in counts),
        "code": code,
        "titles": selectors.titles(),
        "page": Paginator(held.owed(code), PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "feeds/owed.html", context)


@require_GET
@requires("operate_feeds", "supervise")
def decided(request: HttpRequest, feed: str) -> HttpResponse:
    """值守记录: every act by hand at this platform, with who, when and why."""
    page = Paginator(log.of_feed(feed), PER_PAGE).get_page(request.GET.get("page"))
    context = {"standing": standing_or_404(feed), "page": page, "rows": [log.said(event) for event in page]}
    return render(request, "feeds/log.html", context)
