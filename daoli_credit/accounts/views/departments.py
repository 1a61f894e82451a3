"""部门页: what there is and since when, who is rung up there, and what becomes of the work of one that closes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts.access import officers
from daoli_credit.accounts.department_forms import (
    CloseDepartmentForm,
    DepartmentForm,
    LiaisonForm,
    NewDepartmentForm,
)
from daoli_credit.accounts.models import Department
from daoli_credit.accounts.models.user import Officer
from daoli_credit.accounts.people_forms import tomorrow
from daoli_credit.accounts.selectors import departments as read
from daoli_credit.accounts.views.answers import acting, filling
from daoli_credit.accounts.views.people import signed_in
from daoli_credit.accounts.workflows import departments as acts
from daoli_credit.law import clock


def _department(code: str) -> Department:
    return get_object_or_404(Department.objects.select_related("successor"), code=code)


@require_GET
@officers("system", "security", "audit", or_duty="supervise")
def listing(request: HttpRequest) -> HttpResponse:
    """部门."""
    return render(request, "accounts/departments.html", {"lines": read.lines(), "today": clock.today()})


@require_GET
@officers("system", "security", "audit", or_duty="supervise")
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """一个部门. Telephone numbers are for the supervisor, and for the officer who keeps them."""
    user = signed_in(request)
    rings = user.officer == Officer.SYSTEM or user.may_anywhere("supervise")
    facts = {"page": read.page(_department(code)), "rings": rings, "today": clock.today()}
    return render(request, "accounts/department.html", facts)


@require_http_methods(["GET", "POST"])
@officers("system")
def new(request: HttpRequest) -> HttpResponse:
    """设立部门."""
    form = NewDepartmentForm(request.POST or None, initial={"from_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        answer = filling(
            request, form,
            lambda: acts.open_department(
                code=typed["code"], facts=form.facts(), from_on=typed["from_on"], actor=signed_in(request)
            ),
            done=f"{typed['name']}已设立", then=reverse("department", args=[typed["code"]]),
        )  # fmt: skip
        if answer:
            return answer
    return _form(request, form, "设立部门", None)


def _form(request: HttpRequest, form: object, title: str, department: Department | None) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    facts = {"form": form, "title": title, "department": department}
    return render(request, "accounts/department_form.html", facts, status=status)


@require_http_methods(["GET", "POST"])
@officers("system")
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """修改部门."""
    department = _department(code)
    initial = {name: getattr(department, name) for name in ("name", "name_en", "kind", "oversight")}
    form = DepartmentForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        answer = filling(
            request, form,
            lambda: acts.change(code=code, facts=form.facts(), actor=signed_in(request)),
            done="已修改", then=reverse("department", args=[code]),
        )  # fmt: skip
        if answer:
            return answer
    return _form(request, form, "修改部门", department)


@require_http_methods(["GET", "POST"])
@officers("system")
def close(request: HttpRequest, code: str) -> HttpResponse:
    """停用和承接."""
    department, today = _department(code), clock.today()
    begun = {"on": department.valid_to or tomorrow(today), "successor": department.successor}
    form = CloseDepartmentForm(request.POST or None, department=department, initial=begun)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        heir = typed["successor"].code if typed["successor"] else ""
        answer = filling(
            request, form,
            lambda: acts.close(code=code, on=typed["on"], successor=heir, actor=signed_in(request)),
            done=f"{department.name}自 {typed['on']} 起停用，已登记", then=reverse("department", args=[code]),
        )  # fmt: skip
        if answer:
            return answer
    return _form(request, form, "停用和承接", department)


@require_POST
@officers("system")
def keep(request: HttpRequest, code: str) -> HttpResponse:
    """取消停用, before its day."""
    department = _department(code)
    return acting(
        request,
        lambda: acts.keep(code=code, actor=signed_in(request)),
        done=f"{department.name}继续在用",
        then=reverse("department", args=[code]),
    )


@require_http_methods(["GET", "POST"])
@officers("system")
def liaison(request: HttpRequest, code: str) -> HttpResponse:
    """登记联络员和替补."""
    department = _department(code)
    form = LiaisonForm(request.POST or None, initial=read.contact(department))
    if request.method == "POST" and form.is_valid():
        answer = filling(
            request, form,
            lambda: acts.name_liaison(code=code, who=form.contact(), actor=signed_in(request)),
            done="联络员已登记", then=reverse("department", args=[code]),
        )  # fmt: skip
        if answer:
            return answer
    return _form(request, form, "登记联络员", department)
