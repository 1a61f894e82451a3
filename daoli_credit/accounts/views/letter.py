"""凭激活信登录: a citizen who came to the window opens a sign-in of their own, and uses it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from daoli_credit.accounts import entry, letters
from daoli_credit.accounts.forms import Activate, CitizenSignIn
from daoli_credit.accounts.models import User
from daoli_credit.accounts.real_name import NotAdmitted
from daoli_credit.accounts.views import onward
from daoli_credit.accounts.views.tries import tried

# One sentence for every reason: from the answer nobody learns whose number is known here.
NO = "证件号码、激活码不对，或者这封信已经失效。请核对后再试；输错五次，这封信就不能再用，要到窗口重新打印。"
WRONG = "证件号码或者口令不对。还没有凭激活信开通的，请先开通；忘记口令的，请到窗口重新打印激活信。"


class _No(Exception):
    """没有成."""


@login_not_required
@never_cache
@sensitive_post_parameters("id_number", "code", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """用激活信开通."""
    form, status = Activate(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            user, status = tried(
                request, form, lambda: _activated(given),
                name=f"letter:{letters.try_name(given['id_number'])}", wrong=_No, what="激活信：没有通过",
            )  # fmt: skip
            if user:
                entry.enter(request, user, by="letter")
                messages.success(request, "已开通。以后用证件号码和您刚设的口令登录。")
                return redirect(entry.landing(user))
    return render(request, "accounts/activate.html", {"form": form}, status=status)


def _activated(given: dict[str, str]) -> User:
    try:
        return letters.activate(id_number=given["id_number"], code=given["code"], passphrase=given["new"])
    except NotAdmitted as why:
        raise _No(str(why)) from why
    except letters.NotAccepted as why:
        raise _No(NO) from why


@login_not_required
@never_cache
@sensitive_post_parameters("id_number", "password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """证件号码和口令登录, for who opened it by letter."""
    if request.method != "POST":
        wanted = onward.own_address(request, request.GET.get("next", ""))
        return render(request, "accounts/citizen_password.html", {"form": CitizenSignIn(initial={"next": wanted})})
    form, status = CitizenSignIn(request.POST), 422
    if form.is_valid():
        given = form.cleaned_data
        user, status = tried(
            request, form, lambda: _known(given["id_number"], given["password"]),
            name=f"citizen:{letters.try_name(given['id_number'])}", wrong=_No, what="市民口令登录：没有通过",
        )  # fmt: skip
        if user:
            entry.enter(request, user, by="letter")
            return redirect(onward.own_address(request, given["next"]) or entry.landing(user))
    return render(request, "accounts/citizen_password.html", {"form": form}, status=status)


def _known(id_number: str, password: str) -> User:
    try:
        user = letters.authenticate(id_number, password)
    except NotAdmitted as why:
        raise _No(str(why)) from why
    if user is None:
        raise _No(WRONG)
    return user
