"""激励兑现的页面: what this unit gave, what people say arrived, and the reporting of one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import Department
from daoli_credit.accounts.views.answers import filling, user_of
from daoli_credit.audit import events
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken
from incentives.honour_forms import BenefitForm, ReasonForm
from incentives.models import Benefit
from incentives.models.nomination_status import B
from incentives.selectors import benefits, finding
from incentives.workflows import benefiting

JOIN = "|"
PER_PAGE = 20


@require_GET
@requires("report_measure")
def listing(request: HttpRequest) -> HttpResponse:
    """激励兑现: this unit's own; each line is a look that the person may read."""
    user, status = user_of(request), request.GET.get("status", "")
    rows = Benefit.objects.visible_to(user).select_related("department", "nomination__subject").order_by("-pk")
    counts = [(value, label, n) for value, label in B.choices if (n := rows.filter(status=value).count())]
    total = rows.count()
    rows = rows.filter(status=status) if status in B.values else rows
    number = finding.asked(request.GET)
    rows = finding.by_number(rows, number, "number", "case_number")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = benefits.lines(page)
    looks = [(one.benefit.person_keys()[0], one.benefit.case_number) for one in lines]
    for code in {one.benefit.matter for one in lines}:
        events.look_up_many(
            actor=user,
            looks=[pair for pair, one in zip(looks, lines, strict=True) if one.benefit.matter == code],
            matter=code,
            purpose="查看本单位报告的激励兑现",
            shown=["honour", "identity-masked"],
            department=lines[0].benefit.department.code,
        )
    facts = {
        "lines": lines,
        "page": page,
        "counts": counts,
        "total": total,
        "number": number,
        "status": status,
        "months": (months := benefits.by_month()),
        "main": benefits.main(months),
    }
    return render(request, "honours/benefits.html", facts)


def _choices(departments: list[Department]) -> list[tuple[str, str]]:
    return [
        (JOIN.join((body.code, measure.code, code)), f"{measure.title}（{title}）")
        for body in departments
        for measure, matters in benefits.offered(body.code)
        for code, title in matters
    ]


@sensitive_post_parameters("id_number")
@require_http_methods(["GET", "POST"])
@requires("report_measure")
def new(request: HttpRequest) -> HttpResponse:
    """报告兑现: in a matter and a case of one's own; found or not, the person sees that somebody looked."""
    user, today = user_of(request), clock.today()
    mine = list(Department.objects.in_use(today).filter(pk__in=user.departments("report_measure")))
    choices = _choices(mine)
    form = BenefitForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        body, measure, matter = form.cleaned_data["given"].split(JOIN)
        try:
            made = benefiting.report(
                department=next(one for one in mine if one.code == body),
                given=benefiting.Given(
                    measure, matter, form.cleaned_data["case_number"], form.cleaned_data["received_on"]
                ),
                id_number=form.cleaned_data["id_number"],
                actor=user,
            )
        except AlreadyDone as said:
            messages.info(request, str(said))
            return redirect("benefit-list")
        except RuleBroken as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"{made.number} 已报告，等本人确认收到没有")
            return redirect("benefit-list")
    facts = {"form": form, "able": bool(choices)}
    return render(request, "honours/benefit_form.html", facts, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@requires("report_measure")
def retract(request: HttpRequest, number: str) -> HttpResponse:
    """撤销误报."""
    user = user_of(request)
    rows = Benefit.objects.of_departments(user) if request.method == "POST" else Benefit.objects.visible_to(user)
    benefit = get_object_or_404(rows.select_related("department", "nomination__subject"), number=number)
    if request.method == "GET" and benefit.status not in {B.REPORTED, B.DENIED}:
        raise Http404("本人已经确认的不能撤销")
    form = ReasonForm(request.POST or None, initial={"seen": benefit.revision})
    if request.method == "POST" and form.is_valid():
        done = filling(
            request,
            form,
            lambda: benefiting.retract(benefit_id=benefit.pk, actor=user, **form.cleaned_data),
            done=f"{number} 已撤销，不计入兑现",
            then=reverse("benefit-list"),
        )
        if done is not None:
            return done
    facts = {"benefit": benefit, "form": form}
    return render(request, "honours/retract.html", facts, status=422 if form.is_bound else 200)
