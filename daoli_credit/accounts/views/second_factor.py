"""动态口令的启用、恢复码、停用, on one's own account; and the security officer's reset."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daoli_credit.accounts import access, entry, second_factor
from daoli_credit.accounts.forms import Code, FirstCode
from daoli_credit.accounts.second_factor import WrongCode
from daoli_credit.accounts.views.answers import acting, user_of
from daoli_credit.accounts.views.second_step import second_name
from daoli_credit.accounts.views.tries import tried


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@access.staff
def enrolment(request: HttpRequest) -> HttpResponse:
    """动态口令页: scan, type one code, keep the recovery codes; afterwards what can be done with it."""
    user = user_of(request)
    if not second_factor.is_on(user) and not entry.fresh(request):
        status = 403 if request.method == "POST" else 200
        return render(request, "accounts/sign_in_again.html", {"what": "启用动态口令"}, status=status)
    if second_factor.is_on(user) or request.method != "POST":
        return _page(request, Code() if second_factor.is_on(user) else FirstCode())
    return _with_code(request, lambda typed: second_factor.confirm(user, typed, keep=request.session.session_key))


@require_safe
@never_cache
@access.staff
def qr(request: HttpRequest) -> HttpResponse:
    """二维码: only while it is being enrolled, soon after signing in."""
    user = user_of(request)
    if second_factor.is_on(user) or not entry.fresh(request):
        raise Http404
    return HttpResponse(second_factor.qr(second_factor.pending(user)), content_type="image/svg+xml")


@never_cache
@sensitive_post_parameters("code")
@require_POST
@access.staff
def renew(request: HttpRequest) -> HttpResponse:
    """换一套恢复码, shown once."""
    user = user_of(request)
    return _with_code(request, lambda typed: second_factor.renew_codes(user, typed, keep=request.session.session_key))


@never_cache
@sensitive_post_parameters("code")
@require_POST
@access.staff
def remove(request: HttpRequest) -> HttpResponse:
    """停用, with a code."""
    user = user_of(request)

    def removing(typed: str) -> list[str]:
        second_factor.remove(user, typed, keep=request.session.session_key)
        return []

    return _with_code(request, removing, removing=True)


def _with_code(request: HttpRequest, act: Callable[[str], list[str]], *, removing: bool = False) -> HttpResponse:
    """Tries the act with the typed code, counted like a password; shows the recovery codes that it gives."""
    user = user_of(request)
    kind = Code if second_factor.is_on(user) else FirstCode
    form = kind(request.POST, auto_id="remove_%s" if removing else "id_%s")
    if not form.is_valid():
        return _page(request, form, 422, removing=removing)
    codes, status = tried(
        request,
        form,
        lambda: act(form.cleaned_data["code"]),
        name=second_name(user.pk),
        wrong=WrongCode,
        what="我的账号：动态口令不对",
        field="code",
        user=user,
    )
    if codes is None:
        return _page(request, form, status, removing=removing)
    if not codes:
        request.session.pop(second_factor.MARK, None)
        messages.success(request, "动态口令已停用，其他地方的登录都已退出。")
        return redirect("account")
    request.session[second_factor.MARK] = "totp"
    return render(request, "accounts/recovery_codes.html", {"codes": codes, "renewed": kind is Code})


def _page(request: HttpRequest, form: Code, status: int = 200, *, removing: bool = False) -> HttpResponse:
    user = user_of(request)
    on = second_factor.is_on(user)
    shown: dict[str, Any] = {"tried": form, "on": on, "must": settings.STAFF_SECOND_FACTOR == "required"}
    shown["form"] = Code() if removing else form
    shown["remove_form"] = form if removing else Code(auto_id="remove_%s")
    if not on:
        text = second_factor.secret(second_factor.pending(user))
        shown["secret"] = " ".join(text[at : at + 4] for at in range(0, len(text), 4))
    else:
        factor = user.second_factor
        shown["left"] = factor.recovery_codes.filter(used_at__isnull=True).count()
    return render(request, "accounts/second_factor.html", shown, status=status)


@require_safe
@access.officers("security")
def everybody(request: HttpRequest) -> HttpResponse:
    """谁启用了动态口令: for the security officer, who may reset a lost one."""
    return render(request, "accounts/second_factors.html", {"people": second_factor.enrolled()})


@require_POST
@access.officers("security")
def reset(request: HttpRequest, user_id: int) -> HttpResponse:
    """重置一个人的动态口令."""
    actor, opinion = user_of(request), request.POST.get("opinion", "")
    return acting(
        request,
        lambda: second_factor.reset(user_id=user_id, actor=actor, opinion=opinion),
        done="已重置，那一位的登录都已退出。",
        then="second-factors",
    )
