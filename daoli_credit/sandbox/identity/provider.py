"""协议: what each address answers. Knows nothing of sockets."""

import base64
import hmac
import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from daoli_credit.sandbox.identity import authorize, pages, people
from daoli_credit.sandbox.identity.authorize import Client
from daoli_credit.sandbox.identity.codes import Codes
from daoli_credit.sandbox.identity.tokens import GOOD_FOR, Signer

Fields = dict[str, str]


@dataclass(frozen=True)
class Answer:
    """应答."""

    status: int
    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    location: str = ""


def as_json(content: Any, status: int = 200) -> Answer:
    """A JSON answer."""
    return Answer(status, json.dumps(content).encode(), "application/json")


class Provider:
    """认证平台: issuer, its registered clients, the people file, codes and key of this process."""

    def __init__(self, issuer: str, clients: tuple[Client, ...], users: Path) -> None:
        self.issuer, self.clients, self.users = issuer.rstrip("/"), clients, users
        self.codes, self.signer = Codes(), Signer()
        origins = {"{0.scheme}://{0.netloc}".format(urlsplit(address)) for one in clients for address in one.redirects}
        # The answer to the form is a redirect to the client, and browsers hold that against form-action too.
        self.policy = (
            "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
            f"form-action 'self' {' '.join(sorted(origins))}"
        )

    def discovery(self) -> Answer:
        """/.well-known/openid-configuration."""
        return as_json(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/jwks.json",
                "response_types_supported": ["code"],
                "grant_types_supported": ["authorization_code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
                "code_challenge_methods_supported": ["S256"],
                "scopes_supported": ["openid"],
                "claims_supported": ["sub", "name", "id_number", "verified", "auth_time", "amr"],
                "authorization_response_iss_parameter_supported": True,
            }
        )

    def authorize(self, given: Fields, *, submitted: bool) -> Answer:
        """/authorize: shows the sign-in form, and answers it with a code at the client's registered address."""
        try:
            ask, client = authorize.read(given, self.clients)
        except authorize.UnknownClient as why:
            return Answer(400, pages.problem(str(why)))
        try:
            authorize.check(ask)
        except authorize.Refused as why:
            return Answer(303, location=authorize.back(ask, self.issuer, error=str(why)))
        everyone = people.of(self.users, client.face)
        cancel = authorize.back(ask, self.issuer, error="access_denied")
        if not submitted:
            return Answer(200, pages.sign_in(ask, everyone, cancel=cancel))
        username = given.get("username", "")
        one = people.sign_in(everyone, username, given.get("password", ""))
        if one is None:
            says = "用户名或密码不对，请再试一次。"
            return Answer(401, pages.sign_in(ask, everyone, cancel=cancel, username=username, error=says))
        return Answer(303, location=authorize.back(ask, self.issuer, code=self.codes.issue(ask, one)))

    def token(self, given: Fields, authorization: str) -> Answer:
        """/token: the client proves itself, then a code is exchanged once."""
        client = self._client(given, authorization)
        if client is None:
            return as_json({"error": "invalid_client"}, 401)
        if given.get("grant_type") != "authorization_code":
            return as_json({"error": "unsupported_grant_type"}, 400)
        grant = self.codes.redeem(
            given.get("code", ""),
            client_id=client.client_id,
            redirect_uri=given.get("redirect_uri", ""),
            verifier=given.get("code_verifier", ""),
        )
        if grant is None:
            return as_json({"error": "invalid_grant"}, 400)
        return as_json(
            {
                "access_token": secrets.token_urlsafe(24),
                "token_type": "Bearer",
                "expires_in": GOOD_FOR,
                "id_token": self.signer.id_token(self.issuer, grant),
            }
        )

    def _client(self, given: Fields, authorization: str) -> Client | None:
        shown = f"{given.get('client_id', '')}:{given.get('client_secret', '')}".encode()
        if authorization.startswith("Basic "):
            try:
                shown = base64.b64decode(authorization.removeprefix("Basic "), validate=True)
            except ValueError:
                return None
        for one in self.clients:
            if hmac.compare_digest(shown, f"{one.client_id}:{one.secret}".encode()):
                return one
        return None
