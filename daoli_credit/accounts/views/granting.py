"""授予和收回: the security officer's buttons on a person's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from daoli_credit.accounts import roles
from daoli_credit.accounts.access import officers
from daoli_credit.accounts.models import Department, SharedLegal
from daoli_credit.accounts.people_forms import GrantForm, ShareForm
from daoli_credit.accounts.selectors import people
from daoli_credit.accounts.views.answers import acting, filling
from daoli_credit.accounts.views.people import person, signed_in
from daoli_credit.accounts.workflows import granting as acts


@require_POST
@officers("security")
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """授予角色. A role that the person has already is a second click; any other wrong one is said at its field."""
    user = person(pk)
    found = people.page(user)
    code = request.POST.get("role", "")
    mine = any(role.code == code and body == user.home_department for body, role, _ in found.posts)
    form = GrantForm(request.POST, offered=found.offered)
    if not mine and not form.is_valid() and user.is_active:
        facts = {"page": found, "person": user, "grant_form": form}
        return render(request, "accounts/person.html", facts, status=422)
    title = roles.BY_CODE[code].title if code in roles.BY_CODE else ""
    return acting(
        request,
        lambda: acts.grant(user_id=pk, role_code=code, actor=signed_in(request)),
        done=f"已授予{user}“{title}”，下一次登录起使用；原有会话已结束",
        then=reverse("person", args=[pk]),
    )


@require_POST
@officers("security")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """收回角色."""
    user = person(pk)
    department = get_object_or_404(Department, code=request.POST.get("department", ""))
    code = request.POST.get("role", "")
    return acting(
        request,
        lambda: acts.withdraw(user_id=pk, department=department, role_code=code, actor=signed_in(request)),
        done="已收回，当即生效；此人的会话已全部结束",
        then=reverse("person", args=[user.pk]),
    )


@require_http_methods(["GET", "POST"])
@officers("security")
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """共享法制审核, for a small bureau."""
    user = person(pk)
    form = ShareForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        answer = filling(
            request, form,
            lambda: acts.share_legal(user_id=pk, actor=signed_in(request), **typed),
            done=f"{user}为{typed['department']}法制审核，至 {typed['until_on']}",
            then=reverse("person", args=[pk]),
        )  # fmt: skip
        if answer:
            return answer
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/person_share.html", {"form": form, "person": user}, status=status)


@require_POST
@officers("security")
def end_share(request: HttpRequest, pk: int) -> HttpResponse:
    """提前结束共享."""
    found = get_object_or_404(SharedLegal, pk=pk)
    return acting(
        request,
        lambda: acts.end_share(share_id=pk, actor=signed_in(request)),
        done="已结束，当即生效",
        then=reverse("person", args=[found.person_id]),
    )
