"""工作台上的列入案件: list, one case, and its party's identity for a purpose."""

import csv

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import User
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.audit import events
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock, pack
from incentives.forms import RevealForm
from incentives.models import EarlyExit, Listing, ListingPaper
from incentives.models.early_exit import X
from incentives.models.status import MATTER, S
from incentives.rules import leaving, route
from incentives.scan_forms import ScanForm
from incentives.selectors import buttons, case, ends, queue
from incentives.selectors.ledger import rows
from records import identity

PER_PAGE = 20
HANDLING = "办理本部门的列入案件"


def signed_in(request: HttpRequest) -> User:
    """The user of a page that is closed to visitors."""
    return user_of(request)


def visible(request: HttpRequest, number: str) -> Listing:
    """本单位的这一件; as if it never was for everybody else."""
    related = ("item", "department", "subject", "proposed_by", "legal_reviewed_by", "decided_by", "record")
    found = Listing.objects.visible_to(signed_in(request)).select_related(*related)
    return get_object_or_404(found, number=number)


def look(user: User, listing: Listing, purpose: str, shown: list[str]) -> LookUp:
    """记查询."""
    return events.look_up(
        actor=user,
        person_key=listing.person_keys()[0],
        matter=MATTER,
        case_number=listing.number,
        purpose=purpose,
        shown=shown,
        department=listing.department.code,
    )


@require_GET
@requires("view_listings")
def listings(request: HttpRequest) -> HttpResponse:
    """名单程序: the user's own departments' cases, late ones first; narrowed by status and number, never by person."""
    user = signed_in(request)
    cases, asked = Listing.objects.visible_to(user), queue.asked(request.GET)
    counts = [(value, label, n) for value, label in S.choices if (n := cases.filter(status=value).count())]
    there = set(cases.order_by().values_list("list_type", flat=True).distinct())
    late = queue.late(cases)
    found = queue.late_first(queue.narrowed(cases, user, asked), late)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "listings/list.html",
        {
            "page": page,
            "lines": case.lines(found.filter(pk__in=[row.pk for row in page])),
            "counts": counts,
            "total": cases.count(),
            "late": late,
            "turn": case.waiting_for(user),
            "asked": asked,
            "status": asked.status,
            "kinds": [(row.code, row.title) for row in pack.current().lists.values() if row.code in there],
            "query": request.GET.urlencode(),
            "proposes": user.may_anywhere("propose_listing"),
            "registers": user.may_anywhere("propose_listing") or user.may_anywhere("decide_listing"),
        },
    )


@require_GET
@requires("view_listings")
def ledger(request: HttpRequest) -> HttpResponse:
    """案件台账: the same cases under the same conditions, as a sheet; nobody is on it, so nobody is looked at."""
    user = signed_in(request)
    found = queue.narrowed(Listing.objects.visible_to(user), user, queue.asked(request.GET))
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")  # the mark tells WPS and Excel the encoding
    csv.writer(answer).writerows(rows(found))
    answer["Content-Disposition"] = f'attachment; filename="listing-ledger-{clock.today()}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def shown(
    request: HttpRequest,
    listing: Listing,
    because: LookUp,
    *,
    known: identity.Identity | None = None,
    scan_form: ScanForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The case page, because of a look."""
    revealing = request.method == "POST" and known is None and scan_form is None and status == 422
    form = RevealForm(request.POST if revealing else None)
    files = signed_in(request).may("propose_listing", listing.department_id)
    leaving_now = EarlyExit.objects.of_departments(signed_in(request)).filter(record=listing.record, status=X.ASKED)
    facts = {
        "page": case.page(listing, because),
        "listing": listing,
        "buttons": buttons.of(listing, signed_in(request)),
        "reveal_form": form,
        "scans": ListingPaper.objects.of_case(listing).select_related("added_by"),
        "scan_form": (scan_form or ScanForm()) if files else None,
        "identity": known,
        "today": clock.today(),
        "marks": ends.marks(listing.record),
        "ended": ends.of_listing(listing),
        "leaves": listing.status == S.EFFECTIVE
        and not leaving.terms(route.kind(listing)).why_not
        and signed_in(request).may("propose_listing", listing.department_id)
        and not leaving_now.exists(),
    }
    return render(request, "listings/detail.html", facts, status=status)


@require_GET
@requires("view_listings")
@transaction.atomic
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一件案件. The look is written in the transaction that shows it, or nothing is shown."""
    user, listing = signed_in(request), visible(request, number)
    return shown(request, listing, look(user, listing, HANDLING, ["listing", "identity-masked"]))


@require_POST
@requires("view_listings")
@transaction.atomic
def reveal(request: HttpRequest, number: str) -> HttpResponse:
    """查看完整身份: an act with a purpose, shown once, and told to the person."""
    user, listing = signed_in(request), visible(request, number)
    form = RevealForm(request.POST)
    if not form.is_valid():
        return shown(request, listing, look(user, listing, HANDLING, ["listing", "identity-masked"]), status=422)
    because = look(user, listing, form.cleaned_data["purpose"], ["listing", "identity"])
    return shown(request, listing, because, known=identity.reveal(listing.subject, because=because))
