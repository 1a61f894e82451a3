"""演练的页面: order a fault, see what to watch, and go to the desk that has to cope with it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from daoli_credit.accounts.access import requires
from daoli_credit.demo import drill
from daoli_credit.demo.drill_forms import DrillForm
from daoli_credit.feeds import selectors


@require_http_methods(["GET", "POST"])
@requires("operate_feeds")
def page(request: HttpRequest, feed: str) -> HttpResponse:
    """演练一个平台."""
    title = selectors.titles().get(feed)
    if title is None or feed not in settings.DRILLS:
        raise Http404
    form = DrillForm(request.POST or None, code=feed)
    if request.method == "POST" and "stop" in request.POST:
        return _ordered(request, feed, "", 0, "已停止演练，平台恢复正常")
    if request.method == "POST" and form.is_valid():
        fault, count = form.cleaned_data["fault"], form.cleaned_data["count"]
        return _ordered(request, feed, fault, count, f"已安排：后面 {count} 批照此出错。请到推送页看它怎样应对")
    context = {
        "form": form,
        "code": feed,
        "title": title,
        "faults": drill.faults_of(feed),
        "platform": settings.DRILLS[feed],
        **_running(feed),
        "others": [one for one in selectors.titles().items() if one[0] in settings.DRILLS and one[0] != feed],
    }
    return render(request, "demo/drill.html", context, status=422 if request.method == "POST" else 200)


def _running(feed: str) -> dict[str, Any]:
    """What the platform plays now, or why it does not say."""
    try:
        return {"running": drill.running(feed)}
    except drill.NotOrdered as why:
        return {"unknown": str(why)}


def _ordered(request: HttpRequest, feed: str, fault: str, count: int, done: str) -> HttpResponse:
    try:
        drill.order(feed, fault, count)
    except drill.NotOrdered as why:
        messages.error(request, str(why))
    else:
        messages.success(request, done)
    return redirect("demo-drill", feed)
