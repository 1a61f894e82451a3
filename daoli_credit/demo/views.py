"""演示的故事: one page that leads through the stations, and the attempts that are refused."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from daoli_credit.demo.attempts import ATTEMPTS, attempt
from daoli_credit.demo.stations import stations


@require_GET
@login_not_required
def story(request: HttpRequest) -> HttpResponse:
    """五分钟走一遍."""
    return render(request, "demo/story.html", {"stations": stations(), "attempts": ATTEMPTS})


@require_POST
@login_not_required
def try_it(request: HttpRequest, code: str) -> HttpResponse:
    """试着违法: what refused it and under which article. Whatever was written is undone."""
    try:
        chosen, refusal = attempt(code)
    except KeyError:
        raise Http404("没有这一项") from None
    return render(request, "demo/attempt.html", {"attempt": chosen, "refusal": refusal, "attempts": ATTEMPTS})
