"""接口密钥页: the system officer asks, the security officer approves, either ends one."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from daoli_credit.accounts import access, service_keys
from daoli_credit.accounts.forms import AskForKey
from daoli_credit.accounts.models import ServiceKey
from daoli_credit.accounts.models.user import Officer
from daoli_credit.accounts.views.answers import acting, user_of
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.officers("system", "security")
def keys(request: HttpRequest) -> HttpResponse:
    """接口密钥: the list, and the form of the system officer; the answer to the form shows the key, once."""
    user = user_of(request)
    if request.method != "POST":
        return _page(request, AskForKey(initial={"expires_on": clock.today() + timedelta(days=180)}))
    form = AskForKey(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    given = form.cleaned_data
    try:
        made = service_keys.ask(
            actor=user,
            title=given["title"],
            department=given["department"],
            scopes=given["scopes"],
            expires_on=given["expires_on"],
        )
    except RuleBroken as why:
        form.add_error("expires_on" if "到期" in str(why) else None, str(why))
        return _page(request, form, 422)
    return render(request, "accounts/service_key_made.html", {"made": made})


@require_POST
@access.officers("security")
def approve(request: HttpRequest, key_id: int) -> HttpResponse:
    """批准."""
    key = get_object_or_404(ServiceKey, pk=key_id)
    actor = user_of(request)
    return acting(
        request,
        lambda: service_keys.approve(key_id=key.pk, actor=actor),
        done="已批准，从现在起可以使用。",
        then="service-keys",
    )


@require_POST
@access.officers("system", "security")
def revoke(request: HttpRequest, key_id: int) -> HttpResponse:
    """停用."""
    key, opinion = get_object_or_404(ServiceKey, pk=key_id), request.POST.get("opinion", "")
    actor = user_of(request)
    return acting(
        request,
        lambda: service_keys.revoke(key_id=key.pk, actor=actor, opinion=opinion),
        done="已停用，立即不能再用。",
        then="service-keys",
    )


def _page(request: HttpRequest, form: AskForKey, status: int = 200) -> HttpResponse:
    user = user_of(request)
    rows = ServiceKey.objects.select_related("department", "made_by", "approved_by", "revoked_by")
    shown = {
        "form": form,
        "keys": [(key, service_keys.why_not(key), [service_keys.SCOPES[one] for one in key.scopes]) for key in rows],
        "asks": user.officer == Officer.SYSTEM,
        "approves": user.officer == Officer.SECURITY,
    }
    return render(request, "accounts/service_keys.html", shown, status=status)
