"""立案: choose a list type of one's department, name the person and the grounds; what is no list is refused."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import Department
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.law import clock, pack
from daoli_credit.workflow import RuleBroken
from incentives.forms import ProposeForm
from incentives.models import Listing
from incentives.rules import listable
from incentives.views.desk import signed_in
from incentives.workflows import proposing
from records.identity import Identity


@require_GET
@requires("propose_listing")
def choose(request: HttpRequest) -> HttpResponse:
    """选择名单类型, and where the behaviours of the plan have gone that no law makes a list."""
    edition, today = pack.current(), clock.today()
    departments = Department.objects.in_use(today).filter(pk__in=signed_in(request).departments("propose_listing"))
    offered = [
        (
            body,
            [
                (kind, listable.refusal(kind.code, body.code, on=today))
                for kind in edition.lists.values()
                if kind.decider_department == body.code
            ],
        )
        for body in departments
    ]
    behaviours = [row for row in edition.behaviours.values() if row.kind == "behaviours"]
    return render(request, "listings/choose.html", {"offered": offered, "behaviours": behaviours})


@require_http_methods(["GET", "POST"])
@requires("propose_listing")
def new(request: HttpRequest, department: str, code: str) -> HttpResponse:
    """立案. A type or behaviour without basis answers 422 with the reason and where to turn."""
    user, body = signed_in(request), get_object_or_404(Department, code=department)
    if not user.may("propose_listing", body.pk):
        raise PermissionDenied(f"您没有为{body.name}提出列入的职责")
    if why_not := listable.refusal(code, body.code, on=clock.today()):
        return render(request, "listings/refused.html", {"why_not": why_not}, status=422)
    kind = pack.current().list_type(code)
    last = Listing.objects.visible_to(user).filter(department=body).order_by("-pk").first()
    form = ProposeForm(request.POST or None, initial={"authority_code": last.authority_code if last else ""})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            listing = proposing.propose(
                department=body,
                list_type=code,
                who=Identity(given["party_name"], given["id_type"], given["id_number"]),
                grounds=proposing.Grounds(
                    given["reason"], given["legal_ground"], given["document"], given["authority_code"]
                ),
                actor=user,
            )
        except proposing.NotAsARecord as why:
            for problem in why.problems:
                form.add_error(problem.field if problem.field in form.fields else None, str(problem))
        except (RuleBroken, OpinionRefused) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"{listing.number} 已立案；告知当事人以前，只有本单位知道")
            return redirect("listing", listing.number)
    facts = {"form": form, "kind": kind, "department": body}
    return render(request, "listings/form.html", facts, status=422 if form.is_bound else 200)
