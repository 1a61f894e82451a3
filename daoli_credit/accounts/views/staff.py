"""工作人员登录和退出."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from daoli_credit.accounts import entry, lockout, second_factor
from daoli_credit.accounts.forms import SignIn
from daoli_credit.accounts.models import User
from daoli_credit.accounts.views import onward

WRONG = "用户名或密码不对。请检查大小写和输入法，再试一次。"
LOCKED = f"输错次数太多，请过 {lockout.MINUTES} 分钟再试。忘记密码请找本单位的系统管理员重设。"


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """登录页: a form for staff; citizens are shown to their own door."""
    if request.method != "POST":
        wanted = onward.own_address(request, request.GET.get("next", ""))
        if wanted.startswith(reverse("me")):  # whoever wanted the own page is a citizen
            return redirect(reverse("sign-in-citizen", query={"next": wanted}))
        return _page(request, SignIn(initial={"next": wanted}))
    form = SignIn(request.POST)
    return _tried(request, form) if form.is_valid() else _page(request, form, status=422)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """退出."""
    entry.leave(request)
    messages.success(request, "您已退出。")
    return redirect("home")


def admit(request: HttpRequest, user: User, *, by: str, wanted: str, second: str = "") -> HttpResponse:
    """第一步过了: whoever has a second factor shows it first; the others are in (and the gate asks what they owe)."""
    if not second and second_factor.is_on(user):
        entry.half(request, user, by=by, wanted=wanted)
        return redirect("sign-in-second")
    entry.enter(request, user, by=by, second=second)
    return redirect(wanted or entry.landing(user))


def _tried(request: HttpRequest, form: SignIn) -> HttpResponse:
    username = form.cleaned_data["username"]
    try:
        lockout.demand(request, username)
    except lockout.Locked:
        return _locked(request, form)
    user = authenticate(request, username=username, password=form.cleaned_data["password"])
    if isinstance(user, User):
        lockout.right(request, username)
        return admit(request, user, by="password", wanted=onward.own_address(request, form.cleaned_data["next"]))
    last = lockout.wrong(request, username)
    entry.turned_away("用户名或密码不对", username=username, locked=last)
    if last:
        return _locked(request, form)
    form.add_error(None, WRONG)
    return _page(request, form, status=422)


def _locked(request: HttpRequest, form: SignIn) -> HttpResponse:
    form.add_error(None, LOCKED)
    answer = _page(request, form, status=429)
    answer["Retry-After"] = str(lockout.MINUTES * 60)
    return answer


def _page(request: HttpRequest, form: SignIn, status: int = 200) -> HttpResponse:
    shown = {"form": form, "cast": onward.cast("staff"), "units": settings.STAFF_OIDC}
    return render(request, "accounts/sign_in.html", shown, status=status)
