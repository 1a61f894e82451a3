"""市民登录: out to the identity provider and back."""

import logging

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from daoli_credit.accounts import access, entry, lockout, oidc, real_name
from daoli_credit.accounts.views import onward

log = logging.getLogger(__name__)

NEXT = "sign_in_next"
NOT_CONNECTED = "本系统还没有接通统一身份认证，暂时不能在网上登录。"
UNREACHABLE = "统一身份认证平台暂时没有应答，不是您的问题。请过几分钟再试。"
CANCELLED = "您没有同意提供身份信息，所以没有登录。需要时可以重新登录。"
FORGED = "这次登录没有通过校验，所以没有登录。常见的原因是停留太久，或者用了“后退”。请从头再登录一次。"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """市民登录页: explains, and goes out by POST only, so that no picture or link can start it."""
    if request.method != "POST":
        wanted = onward.own_address(request, request.GET.get("next", ""))
        shown = {"next": wanted, "connected": bool(settings.OIDC_ISSUER), "cast": onward.cast("citizen")}
        return render(request, "accounts/sign_in_citizen.html", shown)
    request.session[NEXT] = onward.own_address(request, request.POST.get("next", ""))
    try:
        return oidc.begin(
            request, oidc.citizens(), login_hint=request.POST.get("login_hint", "") if settings.DEMO else ""
        )
    except (oidc.NotConnected, oidc.Unreachable) as why:
        return _sorry(request, why)


@login_not_required
@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """认证回来: signs in the person that a verified token names, or says in words why not."""
    try:
        who = real_name.identity(oidc.complete(request, oidc.citizens()))
        user = real_name.citizen(who)
    except (oidc.NotConnected, oidc.Unreachable, oidc.Cancelled, oidc.Forged, real_name.NotAdmitted) as why:
        return _sorry(request, why)
    wanted = request.session.pop(NEXT, "")
    entry.enter(request, user, by="citizen-oidc")
    if not who.name:
        return redirect("sign-in-unverified")
    request.session["masked_name"] = who.masked_name
    return redirect(wanted or entry.landing(user))


@require_safe
@access.citizen
def unverified(request: HttpRequest) -> HttpResponse:
    """已登录，身份未核验: nothing can be shown here; how to go to the counter."""
    user = request.user
    if user.is_authenticated and user.person_key is not None:
        return redirect(entry.landing(user))
    return render(request, "accounts/sign_in_unverified.html")


def _sorry(request: HttpRequest, why: Exception) -> HttpResponse:
    """没有登录: one sentence for the person; what was refused rather than broken leaves an event."""
    match why:
        case oidc.NotConnected():
            says, status = NOT_CONNECTED, 503
        case oidc.Unreachable():
            log.warning("citizen sign-in: %s", why)
            says, status = UNREACHABLE, 502
        case oidc.Cancelled():
            says, status = CANCELLED, 200
        case oidc.Forged():
            says, status = FORGED, 400
        case _:
            says, status = str(why), 403
    if isinstance(why, (oidc.Forged, real_name.NotAdmitted)) and lockout.worth_noting(request):
        entry.turned_away(f"市民登录：{why}")
    return render(request, "accounts/sign_in_refused.html", {"says": says}, status=status)
