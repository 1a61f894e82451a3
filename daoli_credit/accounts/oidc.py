"""统一身份认证: the OpenID Connect code flow with PKCE. Authlib speaks the protocol; we say what must be true.

Signature by the provider's keys, issuer, audience, nonce and expiry are all checked; docs/sign-in.md has the list.
"""

import time
from typing import Any

from authlib.integrations.base_client.errors import MismatchingStateError
from authlib.integrations.django_client import DjangoOAuth2App, OAuth, OAuthError
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from joserfc.errors import BadSignatureError, ExpiredTokenError, InvalidClaimError, JoseError, MissingClaimError
from requests import RequestException

TIMEOUT = 5
LEEWAY = 60
ALGORITHMS = ("RS256", "PS256", "ES256")
# What we read of the provider's description; the rest could reconfigure the HTTP session.
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class NotConnected(Exception):
    """未接通: no provider is configured."""


class Unreachable(Exception):
    """连不上: the provider is down, slow or answers nonsense."""


class Cancelled(Exception):
    """本人取消."""


class Forged(Exception):
    """校验未通过: carries the reason in words of ours, never text that came with the request."""


def _described(client: DjangoOAuth2App) -> DjangoOAuth2App:
    given = client.load_server_metadata()
    if given.get("issuer") != settings.OIDC_ISSUER:
        raise Unreachable("认证平台的发现文档写的是另一个签发者")
    kept = {name: given[name] for name in ENDPOINTS}
    methods = given.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    if "client_secret_basic" not in methods:
        client.client_kwargs["token_endpoint_auth_method"] = "client_secret_post"  # noqa: S105  a method's name
    client.server_metadata = {
        **kept,
        "issuer": settings.OIDC_ISSUER,
        "id_token_signing_alg_values_supported": list(ALGORITHMS),
        "_loaded_at": time.time(),
    }
    return client


def _client() -> DjangoOAuth2App:
    """A client of this request only: sign-ins are rare, and a provider's new keys or addresses hold at once."""
    if not settings.OIDC_ISSUER:
        raise NotConnected
    client = OAuth().register(
        "citizen",
        client_id=settings.OIDC_CLIENT_ID,
        client_secret=settings.OIDC_CLIENT_SECRET,
        server_metadata_url=settings.OIDC_ISSUER.rstrip("/") + "/.well-known/openid-configuration",
        client_kwargs={"scope": settings.OIDC_SCOPE, "code_challenge_method": "S256", "default_timeout": TIMEOUT},
    )
    try:
        return _described(client)
    except (RequestException, ValueError, TypeError, AttributeError, KeyError) as why:
        raise Unreachable("认证平台的发现文档取不到或读不出") from why


def begin(request: HttpRequest, *, login_hint: str = "") -> HttpResponse:
    """去认证: state, nonce and PKCE verifier stay in the session. Raises NotConnected, Unreachable.

    The provider is asked to see the person again (prompt=login): on a shared computer the last one may still be
    known there.
    """
    hint = {"login_hint": login_hint} if login_hint else {}
    back = settings.ORIGIN + reverse("sign-in-citizen-back")
    answer: HttpResponse = _client().authorize_redirect(request, back, prompt="login", **hint)
    return answer


def complete(request: HttpRequest) -> dict[str, Any]:
    """认证回来: the claims of the verified identity token.

    Raises NotConnected, Unreachable, Cancelled, Forged.
    """
    client = _client()
    expected = {
        "iss": {"essential": True, "value": settings.OIDC_ISSUER},
        "aud": {"essential": True, "value": settings.OIDC_CLIENT_ID},
        "sub": {"essential": True},
    }
    try:
        token = client.authorize_access_token(request, claims_options=expected, leeway=LEEWAY)
    except RequestException as why:
        raise Unreachable("认证平台没有应答") from why
    except OAuthError as why:
        if why.error == "access_denied":
            raise Cancelled from why
        raise Forged(_reason(why)) from why
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as why:
        raise Forged(_reason(why)) from why
    if "userinfo" not in token:
        raise Forged("没有身份令牌")
    return dict(token["userinfo"])


def _reason(why: Exception) -> str:
    match why:
        case MismatchingStateError():
            return "状态参数不符"
        case OAuthError():
            return "认证平台不认可授权码"
        case ExpiredTokenError():
            return "身份令牌已过期"
        case InvalidClaimError() | MissingClaimError():
            return f"身份令牌的内容不符（{why.claim}）"
        case BadSignatureError():
            return "身份令牌的签名不符"
        case _:
            return "身份令牌读不出"
