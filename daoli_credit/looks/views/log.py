"""查询与说明: what a department must explain, sign or answer to the audit, and its own log of looks."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.law import clock
from daoli_credit.looks import selectors
from daoli_credit.looks.models import LookDelay
from daoli_credit.looks.rules import clocks

PER_PAGE, RECENT = 20, 20


@require_GET
@requires("explain_looks", "delay_look", "approve_delay")
def desk(request: HttpRequest) -> HttpResponse:
    """查询与说明. The log says who looked, when and for which case; it never says at whom."""
    user, today = user_of(request), clock.today()
    log = selectors.log_of(user)
    page = Paginator(log.rows, PER_PAGE).get_page(request.GET.get("page"))
    waiting = [(one, clocks.due(one), clocks.overdue(one, today)) for one in selectors.to_explain(user)]
    delays = LookDelay.objects.visible_to(user).select_related("requested_by")[:RECENT]
    facts = {
        "page": page,
        "lines": selectors.lines(list(page.object_list), log.times),
        "days": selectors.LOG_DAYS,
        "explains": user.may_anywhere("explain_looks"),
        "delays_looks": user.may_anywhere("delay_look"),
        "waiting": waiting,
        "odd": selectors.to_judge(user) if user.may_anywhere("explain_looks") else [],
        "delays": [(one, one.hides(today)) for one in delays],
    }
    return render(request, "looks/desk.html", facts)
