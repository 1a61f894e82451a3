"""已经办完的修复: how each went and who has confirmed, to look up and to file; neither person nor content is there."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import user_of
from records import promises, repairs
from records.models import Repair
from records.models.repair import RUNNING, RepairStatus

PER_PAGE = 20
KINDS = {RepairStatus.CLOSED: "done"}
OVER = [(value, label) for value, label in RepairStatus.choices if value not in RUNNING]


@require_GET
@requires("handle_repair", "decide_repair")
def listing(request: HttpRequest) -> HttpResponse:
    """列表, newest first; by the way it ended, and by the number of the case."""
    wanted, how = request.GET.get("number", "").strip().upper(), request.GET.get("how", "")
    found = repairs.over(user_of(request)).select_related("record__item", "record__department").order_by("-pk")
    if how in dict(OVER):
        found = found.filter(status=how)
    if wanted:
        found = found.filter(number__startswith=wanted)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    facts = {"page": page, "lines": [(row, _kind(row)) for row in page], "wanted": wanted, "how": how, "ways": OVER}
    return render(request, "records/repairs_over.html", facts)


@require_GET
@requires("handle_repair", "decide_repair")
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一件."""
    found = repairs.over(user_of(request)).select_related("record__item", "handled_by", "decided_by")
    repair = get_object_or_404(found, number=number)
    facts = {
        "repair": repair,
        "kind": _kind(repair),
        "holdings": repairs.holdings(repair) if repair.decided_on else [],
        "history": repairs.told(repair),
        "promise": promises.of(repair),
    }
    return render(request, "records/repair_over.html", facts)


def _kind(repair: Repair) -> str:
    return KINDS.get(RepairStatus(repair.status), "off")
