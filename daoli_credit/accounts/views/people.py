"""人员页: who is here and what each may do; the system officer opens, moves and gives new passwords."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts.access import officers
from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.models.user import Face
from daoli_credit.accounts.people_forms import GrantForm, MoveForm, OpenForm
from daoli_credit.accounts.selectors import people
from daoli_credit.accounts.views.answers import filling, user_of
from daoli_credit.accounts.workflows import people as acts
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState

PER_PAGE = 30
STATES = {"here": ("在用", True), "left": ("已停用", False)}


def signed_in(request: HttpRequest) -> User:
    """The user of this page."""
    return user_of(request)


def person(pk: int) -> User:
    """A member of staff, or 404: citizens have no page here."""
    return get_object_or_404(User.objects.filter(face=Face.STAFF).select_related("home_department"), pk=pk)


@require_GET
@officers("system", "security", "audit")
def listing(request: HttpRequest) -> HttpResponse:
    """人员: by department and state."""
    found = people.staff()
    department = Department.objects.filter(code=request.GET.get("department", "")).first()
    if department:
        found = found.filter(home_department=department)
    state = request.GET.get("state", "")
    shown = found.filter(is_active=STATES[state][1]) if state in STATES else found
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "page": page, "lines": people.lines(list(page)), "department": department, "state": state,
        "departments": Department.objects.all(), "total": found.count(),
        "states": [(key, word, found.filter(is_active=here).count()) for key, (word, here) in STATES.items()],
    }  # fmt: skip
    return render(request, "accounts/people.html", facts)


@require_GET
@officers("system", "security", "audit")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """一个人."""
    found = people.page(person(pk))
    facts = {"page": found, "person": found.user, "grant_form": GrantForm(offered=found.offered)}
    return render(request, "accounts/person.html", facts)


@sensitive_variables("password")
def _shown_once(request: HttpRequest, user: User, password: str, said: str) -> HttpResponse:
    """第一次口令: on this answer and nowhere else; the page is never stored."""
    return render(request, "accounts/first_password.html", {"person": user, "password": password, "said": said})


@require_http_methods(["GET", "POST"])
@officers("system")
@sensitive_variables("password")
def new(request: HttpRequest) -> HttpResponse:
    """开通账号. The answer shows the first password; a second click says that it was shown."""
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            user, password = acts.open_account(
                username=typed["username"], display_name=typed["display_name"], home=typed["home"],
                actor=signed_in(request),
            )  # fmt: skip
        except AlreadyDone as said:
            messages.info(request, str(said))
            return redirect("person", User.objects.get(username=typed["username"]).pk)
        except RuleBroken as why:
            form.add_error(None, str(why))
        else:
            return _shown_once(request, user, password, f"{user}的账号已开通")
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/person_new.html", {"form": form}, status=status)


@require_POST
@officers("system")
@sensitive_variables("password")
def password(request: HttpRequest, pk: int) -> HttpResponse:
    """重设口令."""
    user = person(pk)
    try:
        user, password = acts.reset_password(user_id=user.pk, actor=signed_in(request))
    except RuleBroken as why:
        messages.error(request, str(why))
        return redirect("person", pk)
    except WrongState as why:
        facts = {"reason": str(why), "current": reverse("person", args=[pk])}
        return render(request, "409.html", facts, status=409)
    return _shown_once(request, user, password, f"{user}的口令已重设，原有会话已全部结束")


@require_http_methods(["GET", "POST"])
@officers("system")
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """调换部门."""
    user = person(pk)
    form = MoveForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        home = form.cleaned_data["home"]
        answer = filling(
            request, form,
            lambda: acts.move(user_id=pk, home=home, actor=signed_in(request)),
            done=f"{user}已调到{home.name}，原有职责已全部收回；新的角色由安全管理员授予",
            then=reverse("person", args=[pk]),
        )  # fmt: skip
        if answer:
            return answer
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/person_move.html", {"form": form, "person": user}, status=status)
