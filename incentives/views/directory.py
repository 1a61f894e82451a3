"""政务应用目录的页面: for everybody, and a department's own matters on the desk."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import Department
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.law import clock, pack
from incentives.models import MatterCase
from incentives.selectors import directory

OFFICE = ("supervise", "approve_assessment", "draft_assessment")
DUTIES = ("register_case", "check_applicants", "apply_sharing", "answer_sharing", *OFFICE)


@login_not_required
@require_GET
def matters(request: HttpRequest) -> HttpResponse:
    """政务应用目录: which department may look at what, for which duty, and whether it does so today."""
    found = directory.entries(clock.today())
    wanted = request.GET.get("department", "")
    shown = [one for one in found if not wanted or one.matter.department == wanted]
    departments = {one.matter.department: one.department for one in found}
    facts = {"entries": shown, "departments": departments, "wanted": wanted, "usable": sum(one.usable for one in shown)}
    return render(request, "matters/public.html", facts)


@login_not_required
@require_GET
def matter(request: HttpRequest, code: str) -> HttpResponse:
    """一个应用事项, with its duty, items, fields, measures and what is missing."""
    found = directory.entries(clock.today(), code=code)
    if not found:
        raise Http404
    rules = pack.current()
    measures = [rules.measures[one] for one in found[0].matter.looks_at if one in rules.measures]
    return render(request, "matters/matter.html", {"entry": found[0], "measures": measures})


@require_GET
@requires(*DUTIES)
def desk(request: HttpRequest) -> HttpResponse:
    """本部门的应用事项: what is there, what is missing, and of whom to ask it. The credit office sees all of them."""
    user, today = user_of(request), clock.today()
    office = any(user.may_anywhere(verb) for verb in OFFICE)
    verbs = ("register_case", "check_applicants", "apply_sharing", "answer_sharing")
    mine = Department.objects.filter(pk__in=frozenset().union(*(user.departments(verb) for verb in verbs)))
    codes = None if office else [body.code for body in mine]
    seen = MatterCase.objects.visible_to(user).open(today).order_by()
    open_cases: dict[str, int] = dict(seen.values_list("matter").annotate(Count("pk")))
    facts = {
        "lines": [(one, open_cases.get(one.matter.code, 0)) for one in directory.entries(today, departments=codes)],
        "office": office,
        "applies": {body.code for body in mine if user.may("apply_sharing", body.pk)},
        "registers": user.may_anywhere("register_case"),
    }
    return render(request, "matters/desk.html", facts)
