"""登录的第二步: the half session shows a code, and only then somebody is signed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from daoli_credit.accounts import entry, second_factor
from daoli_credit.accounts.forms import Code
from daoli_credit.accounts.views.tries import tried


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """动态口令: for five minutes after a right password; wrong codes are counted like wrong passwords."""
    half = entry.halved(request)
    if half is None:
        messages.info(request, "请先输入用户名和密码。两步之间隔了五分钟以上的，要从头来。")
        return redirect("sign-in")
    form, status = Code(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            user, typed = half.user, form.cleaned_data["code"]
            how, status = tried(
                request,
                form,
                lambda: second_factor.check(user, typed),
                name=second_name(user.pk),
                wrong=second_factor.WrongCode,
                what="第二步：动态口令不对",
                field="code",
                user=user,
            )
            if how:
                entry.enter(request, user, by=half.by, second=how)
                return redirect(half.wanted or entry.landing(user))
    return render(request, "accounts/second_step.html", {"form": form}, status=status)


def second_name(user_id: int) -> str:
    """计数用的名字: one count per user, wherever a code is asked for."""
    return f"second-step:{user_id}"
