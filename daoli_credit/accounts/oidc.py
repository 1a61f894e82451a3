"""统一身份认证: the OpenID Connect code flow with PKCE. Authlib speaks the protocol; we say what must be true.

Signature by the provider's keys, issuer, audience, nonce and expiry are all checked; docs/sign-in.md has the list.
"""

import time
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Provider:
    """认证服务: one registration of ours at one identity provider. `name` keeps its states apart from the others'."""

    name: str
    title: str
    issuer: str
    client_id: str
    client_secret: str
    scope: str
    back: str
    second_factor: frozenset[str] = frozenset()

    def vouches_for_second_factor(self, claims: dict[str, Any]) -> bool:
        """对方核验过第二因素? Only for amr or acr values that the settings name (RFC 8176)."""
        amr = claims.get("amr")
        said = {str(one) for one in amr} if isinstance(amr, list) else set()
        return bool(self.second_factor & (said | {str(claims.get("acr", ""))}))


def citizens() -> Provider:
    """市民的认证平台. Raises NotConnected when none is configured."""
    if not settings.OIDC_ISSUER:
        raise NotConnected
    return Provider(
        name="citizen",
        title="统一身份认证",
        issuer=settings.OIDC_ISSUER,
        client_id=settings.OIDC_CLIENT_ID,
        client_secret=settings.OIDC_CLIENT_SECRET,
        scope=settings.OIDC_SCOPE,
        back=reverse("sign-in-citizen-back"),
    )


def unit(code: str) -> Provider:
    """一个单位的认证服务, for its staff. Raises NotConnected for a code that the settings do not name."""
    known = settings.STAFF_OIDC.get(code)
    if known is None:
        raise NotConnected
    return Provider(
        name=f"staff-{code}",
        title=known["title"],
        issuer=known["issuer"],
        client_id=known["client_id"],
        client_secret=known["client_secret"],
        scope=known["scope"],
        back=reverse("sign-in-unit-back", args=[code]),
        second_factor=frozenset(known["second_factor"].replace(",", " ").split()),
    )


def _described(client: DjangoOAuth2App, issuer: str) -> DjangoOAuth2App:
    given = client.load_server_metadata()
    if given.get("issuer") != issuer:
        raise Unreachable("认证平台的发现文档写的是另一个签发者")
    kept = {name: given[name] for name in ENDPOINTS}
    methods = given.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    if "client_secret_basic" not in methods:
        client.client_kwargs["token_endpoint_auth_method"] = "client_secret_post"  # noqa: S105  a method's name
    client.server_metadata = {
        **kept,
        "issuer": issuer,
        "id_token_signing_alg_values_supported": list(ALGORITHMS),
        "_loaded_at": time.time(),
    }
    return client


def _client(provider: Provider) -> DjangoOAuth2App:
    """A client of this request only: sign-ins are rare, and a provider's new keys or addresses hold at once."""
    client = OAuth().register(
        provider.name,
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=provider.issuer.rstrip("/") + "/.well-known/openid-configuration",
        client_kwargs={"scope": provider.scope, "code_challenge_method": "S256", "default_timeout": TIMEOUT},
    )
    try:
        return _described(client, provider.issuer)
    except (RequestException, ValueError, TypeError, AttributeError, KeyError) as why:
        raise Unreachable("认证平台的发现文档取不到或读不出") from why


def begin(request: HttpRequest, provider: Provider, *, login_hint: str = "") -> HttpResponse:
    """去认证: state, nonce and PKCE verifier stay in the session. Raises Unreachable.

    The provider is asked to see the person again (prompt=login): on a shared computer the last one may still be
    known there.
    """
    hint = {"login_hint": login_hint} if login_hint else {}
    back = settings.ORIGIN + provider.back
    answer: HttpResponse = _client(provider).authorize_redirect(request, back, prompt="login", **hint)
    return answer


def complete(request: HttpRequest, provider: Provider) -> dict[str, Any]:
    """认证回来: the claims of the verified identity token.

    Raises Unreachable, Cancelled, Forged.
    """
    client = _client(provider)
    expected = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
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
