"""我的账号: the own password, second factor, sessions and linked sign-ins of a member of staff."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daoli_credit.accounts import access, passwords, second_factor, sitting
from daoli_credit.accounts import messages as letters
from daoli_credit.accounts.forms import ChangePassword
from daoli_credit.accounts.models import ExternalLogin, User
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.accounts.views.tries import tried
from daoli_credit.law import clock

SHOWN = 6


class _Wrong(Exception):
    """现在的口令不对."""


@require_safe
@access.staff
def account(request: HttpRequest) -> HttpResponse:
    """我的账号."""
    user = user_of(request)
    linked = {row.provider: row for row in ExternalLogin.objects.filter(user=user)}
    told = letters.of(user)[:SHOWN]
    shown = [(row, letters.text(row)) for row in told]
    for row in told:
        letters.mark_read(row)
    return render(
        request,
        "accounts/account.html",
        {
            "second_factor": second_factor.is_on(user),
            "must": settings.STAFF_SECOND_FACTOR == "required",
            "sessions": [
                (row.pk == request.session.session_key, row.began_at and row.began_at.astimezone(clock.CHINA))
                for row in sitting.of(user)
            ],
            "units": [(code, unit["title"], linked.get(code)) for code, unit in settings.STAFF_OIDC.items()],
            "told": shown,
        },
    )


@never_cache
@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@access.staff
def password(request: HttpRequest) -> HttpResponse:
    """修改口令: the old one is asked, as often as at the door; the other sessions end."""
    user = user_of(request)
    form, status, first = ChangePassword(request.POST or None), 200, user.must_change_password
    if request.method == "POST":
        status = 422
        if form.is_valid():
            right, status = tried(
                request,
                form,
                lambda: _demand(user, form.cleaned_data["old"]),
                name=user.username,
                wrong=_Wrong,
                what="修改口令：现在的口令不对",
                field="old",
                user=user,
            )
            if right and _changed(request, user, form):
                messages.success(request, "口令已修改，其他地方的登录都已退出。")
                return redirect("account")
            status = 422 if right else status
    return render(request, "accounts/password.html", {"form": form, "first": first}, status=status)


def _demand(user: User, old: str) -> bool:
    if not user.check_password(old):
        raise _Wrong("现在的口令不对，请再试一次。")
    return True


def _changed(request: HttpRequest, user: User, form: ChangePassword) -> bool:
    try:
        passwords.change(user, new=form.cleaned_data["new"])
    except ValidationError as why:
        form.add_error("new", ValidationError(why.messages))
        return False
    update_session_auth_hash(request, user)
    sitting.end_all(user, but=request.session.session_key or "")
    return True


@require_POST
@access.staff
def end_others(request: HttpRequest) -> HttpResponse:
    """其他地方的登录都退出."""
    ended = sitting.end_all(user_of(request), but=request.session.session_key or "")
    messages.success(request, f"已退出其他地方的 {ended} 个登录。" if ended else "没有别处的登录。")
    return redirect("account")
