"""接口 /api/v1/: a bureau's system shows its service key, and is answered in JSON, in Chinese."""

from typing import Any

from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView, exception_handler

from daoli_credit.accounts import entry, lockout, service_keys
from daoli_credit.accounts.models import ServiceKey

SCHEME = "Daoli"
KIND = "service-key"
# What the framework says in English, in our words.
SAYS = {
    exceptions.NotAuthenticated: "请在 Authorization 里出示接口密钥",
    exceptions.PermissionDenied: "这个密钥没有这项权限",
    exceptions.MethodNotAllowed: "这个地址不收这种请求",
    exceptions.NotAcceptable: "本接口只回答 JSON",
    exceptions.ParseError: "内容读不出来",
    exceptions.UnsupportedMediaType: "本接口只收 JSON",
    exceptions.Throttled: "请求太多，请稍后再试",
}


class ServiceKeys(BaseAuthentication):  # type: ignore[misc]  # the framework has no types
    """接口密钥认证: `Authorization: Daoli <prefix>.<secret>`; one sentence for unknown prefix and wrong secret."""

    def authenticate(self, request: Request) -> tuple[ServiceKey, ServiceKey] | None:
        """The key. Raises AuthenticationFailed (401), Throttled (429)."""
        scheme, _, text = str(request.headers.get("Authorization", "")).partition(" ")
        if scheme != SCHEME:
            return None
        try:
            lockout.demand_quiet(request, KIND)
        except lockout.Locked as why:
            raise exceptions.Throttled(lockout.MINUTES * 60) from why
        key = service_keys.find(text.strip())
        if key is None:
            entry.turned_away("接口密钥不对", locked=lockout.wrong_quiet(request, KIND))
            raise exceptions.AuthenticationFailed("接口密钥不对")
        if why_not := service_keys.why_not(key):
            raise exceptions.AuthenticationFailed(why_not)
        service_keys.note_use(key)
        return key, key

    def authenticate_header(self, request: Request) -> str:
        """WWW-Authenticate, which makes a missing key a 401."""
        return SCHEME


class InScope(BasePermission):  # type: ignore[misc]  # the framework has no types
    """权限: the view names its scope; a view without one is open to nobody."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Does the key carry it?"""
        return isinstance(request.auth, ServiceKey) and view.scope in request.auth.scopes


class PerKey(SimpleRateThrottle):  # type: ignore[misc]  # the framework has no types
    """限速, by key."""

    scope = KIND

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        """Whose calls are counted together."""
        return f"throttle:{request.auth.prefix}" if isinstance(request.auth, ServiceKey) else None


def refusal(why: Exception, context: dict[str, Any]) -> Response | None:
    """拒绝的回话: status and headers by the framework, the sentence in Chinese."""
    answer: Response | None = exception_handler(why, context)
    if answer is not None:
        said = SAYS.get(type(why)) or str(getattr(why, "detail", "没有这个地址"))
        answer.data = {"code": answer.status_code, "says": said}
    return answer


class ServiceView(APIView):  # type: ignore[misc]  # the framework has no types
    """接口的底: a key, its scope, a rate. The view names its `scope`."""

    authentication_classes = (ServiceKeys,)
    permission_classes = (InScope,)
    throttle_classes = (PerKey,)
    scope = ""

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """What is answered is about somebody: nothing between here and the bureau keeps it."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer.headers["Cache-Control"] = "private, no-store"
        return answer


class WhoAmI(ServiceView):
    """GET /api/v1/whoami/ 连通测试: whose key this is, what it may do, until when."""

    scope = "connect"

    def get(self, request: Request) -> Response:
        """The key's own row, without anything secret."""
        key: ServiceKey = request.auth
        return Response(
            {
                "system": key.title,
                "department": {"code": key.department.code, "name": key.department.name},
                "scopes": key.scopes,
                "expires_on": key.expires_on,
            }
        )
