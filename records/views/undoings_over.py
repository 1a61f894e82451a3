"""已经处理完的原决定变更、撤销: how each went and who has taken it down; neither person nor content is there."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.law import clock
from records import contests
from records.models.undoing import OPEN, U

PER_PAGE = 20
OVER = [(value, label) for value, label in U.choices if value not in OPEN]
RELATED = ("record__item", "record__department", "registered_by", "settled_by")


@require_GET
@requires("view_records")
def listing(request: HttpRequest) -> HttpResponse:
    """列表, newest first; by the way it ended, and by the number of the case or of the deciding document."""
    wanted, how = request.GET.get("number", "").strip()[:128], request.GET.get("how", "")
    found = contests.over(user_of(request)).select_related(*RELATED)
    if how in dict(OVER):
        found = found.filter(status=how)
    if wanted:
        found = found.filter(number__startswith=wanted.upper()) | found.filter(document=wanted)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    lines = [(row, contests.late(row)) for row in page]
    facts = {"page": page, "lines": lines, "wanted": wanted, "how": how, "ways": OVER}
    return render(request, "records/undoings_over.html", facts)


@require_GET
@requires("view_records")
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一件."""
    row = get_object_or_404(contests.over(user_of(request)).select_related(*RELATED), number=number)
    facts = {
        "undoing": row,
        "late": contests.late(row),
        "stands": row.record.is_in_force(clock.today()),
        "holdings": contests.holdings(row),
        "history": contests.told(row),
    }
    return render(request, "records/undoing_over.html", facts)
