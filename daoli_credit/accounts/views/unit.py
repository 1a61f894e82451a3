"""本单位统一身份认证登录: staff go out to their unit's identity service and back; and link their account to it."""

import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from daoli_credit.accounts import access, entry, external, lockout, oidc
from daoli_credit.accounts.models import User
from daoli_credit.accounts.models.user import Face
from daoli_credit.accounts.views import onward
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.accounts.views.staff import admit
from daoli_credit.workflow import RuleBroken

log = logging.getLogger(__name__)
NEXT, LINKING = "unit_sign_in_next", "unit_linking"
UNREACHABLE = "本单位的认证服务暂时没有应答，不是您的问题。请过几分钟再试，或者用本系统的用户名和密码登录。"
CANCELLED = "您在认证服务那里没有同意，所以没有登录。"
FORGED = "这次登录没有通过校验，所以没有登录。常见的原因是停留太久，或者用了“后退”。请从头再登录一次。"
NOT_LINKED = "这个认证账号还没有关联本系统的工作人员。请先用用户名和密码登录，在“我的账号”里关联一次。"


def _provider(code: str) -> oidc.Provider:
    try:
        return oidc.unit(code)
    except oidc.NotConnected as why:
        raise Http404 from why


@login_not_required
@never_cache
@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    """去登录."""
    request.session[NEXT] = onward.own_address(request, request.POST.get("next", ""))
    request.session.pop(LINKING, None)
    return _out(request, _provider(code))


@never_cache
@require_POST
@access.staff
def link(request: HttpRequest, code: str) -> HttpResponse:
    """去关联: only from a session that began, not long ago, with the own password."""
    provider = _provider(code)
    if request.session.get(entry.BY) != "password" or not entry.fresh(request):
        return render(request, "accounts/sign_in_again.html", {"what": "关联本单位认证账号"}, status=403)
    request.session[LINKING] = code
    return _out(request, provider)


@require_POST
@access.staff
def unlink(request: HttpRequest, code: str) -> HttpResponse:
    """取消关联."""
    external.unlink(user_of(request), code)
    messages.success(request, "已取消关联。")
    return redirect("account")


@login_not_required
@never_cache
@require_safe
def back(request: HttpRequest, code: str) -> HttpResponse:
    """认证回来: signs in whoever is linked, or links whoever asked for it. Nobody is ever made."""
    provider = _provider(code)
    linking = request.session.pop(LINKING, "") == code
    try:
        claims = oidc.complete(request, provider)
    except (oidc.Unreachable, oidc.Cancelled, oidc.Forged) as why:
        return _sorry(request, why)
    user = request.user
    if linking and isinstance(user, User) and user.face == Face.STAFF:
        return _link(request, user, provider, claims)
    found = external.user_of(provider, claims)
    if found is None:
        return _refused(request, NOT_LINKED, 403, "没有关联的认证账号")
    wanted = request.session.pop(NEXT, "")
    second = "provider" if provider.vouches_for_second_factor(claims) else ""
    return admit(request, found, by="unit-oidc", wanted=wanted, second=second)


def _link(request: HttpRequest, user: User, provider: oidc.Provider, claims: dict[str, object]) -> HttpResponse:
    try:
        external.link(user, provider, claims)
    except RuleBroken as why:
        messages.error(request, str(why))
    else:
        messages.success(request, f"已关联“{provider.title}”的账号，下次可以从那里登录。")
    return redirect("account")


def _out(request: HttpRequest, provider: oidc.Provider) -> HttpResponse:
    try:
        return oidc.begin(request, provider)
    except oidc.Unreachable as why:
        return _sorry(request, why)


def _sorry(request: HttpRequest, why: Exception) -> HttpResponse:
    match why:
        case oidc.Unreachable():
            log.warning("unit sign-in: %s", why)
            return _refused(request, UNREACHABLE, 502)
        case oidc.Cancelled():
            return _refused(request, CANCELLED, 200)
        case _:
            return _refused(request, FORGED, 400, str(why))


def _refused(request: HttpRequest, says: str, status: int, evidence: str = "") -> HttpResponse:
    if evidence and lockout.worth_noting(request):
        entry.turned_away(f"本单位认证登录：{evidence}")
    return render(request, "accounts/unit_refused.html", {"says": says}, status=status)
