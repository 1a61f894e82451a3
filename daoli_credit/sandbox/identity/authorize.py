"""授权申请: what a client may ask, checked before anything is shown (OpenID Connect Core 3.1.2, RFC 7636)."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Client:
    """登记的应用: one client, its secret, the exact addresses it may be answered at, and whose sign-in it is."""

    client_id: str
    secret: str
    redirects: tuple[str, ...]
    face: str = "citizen"


@dataclass(frozen=True)
class Ask:
    """一次申请. Its fields travel through the sign-in form and are checked again when it comes back."""

    client_id: str
    redirect_uri: str
    response_type: str
    scope: str
    state: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    login_hint: str


class UnknownClient(Exception):
    """应用未登记: nobody is sent anywhere, for the address cannot be trusted either."""


class Refused(Exception):
    """申请不合规: told to the client at its registered address, under the protocol's name for the fault."""


def read(params: dict[str, str], clients: tuple[Client, ...]) -> tuple[Ask, Client]:
    """Reads the parameters; raises UnknownClient unless client and redirect address are registered exactly."""
    ask = Ask(**{name: params.get(name, "") for name in Ask.__dataclass_fields__})
    for client in clients:
        if ask.client_id == client.client_id and ask.redirect_uri in client.redirects:
            return ask, client
    raise UnknownClient("应用或回调地址没有在本平台登记")


def check(ask: Ask) -> None:
    """Raises Refused unless this is the code flow with openid, state, nonce and PKCE S256."""
    if ask.response_type != "code":
        raise Refused("unsupported_response_type")
    if "openid" not in ask.scope.split():
        raise Refused("invalid_scope")
    if ask.code_challenge_method != "S256" or not CHALLENGE.fullmatch(ask.code_challenge):
        raise Refused("invalid_request")
    if not ask.state or not ask.nonce:
        raise Refused("invalid_request")


def back(ask: Ask, issuer: str, **answer: str) -> str:
    """The address that carries the answer to the client, with its state and our name (RFC 9207)."""
    joint = "&" if "?" in ask.redirect_uri else "?"
    return ask.redirect_uri + joint + urlencode({**answer, "state": ask.state, "iss": issuer})
