"""A provider that lies: it serves discovery, keys and whatever token a test has put in its mouth."""

import base64
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey

KEY = RSAKey.generate_key(2048, {"kid": "known"}, private=True)
STRANGER = RSAKey.generate_key(2048, {"kid": "known"}, private=True)


class Hostile:
    """What it will say next."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.token: dict[str, Any] = {}
        self.discovery: dict[str, Any] = {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks.json",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        }
        self.delay = 0.0
        self.audience = "daoli"

    def claims(self, nonce: str, /, **changed: Any) -> dict[str, Any]:
        """Good claims, with what the test changes; None leaves a claim out."""
        now = int(time.time())
        good = {
            "iss": self.issuer,
            "sub": "somebody",
            "aud": self.audience,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            "verified": True,
            "name": "林秀云",
            "id_number": "999999198803120028",
        }
        return {name: value for name, value in {**good, **changed}.items() if value is not None}

    def say(self, id_token: str | None) -> None:
        """The answer of the token endpoint."""
        self.token = {"access_token": "a", "token_type": "Bearer", "expires_in": 300}
        if id_token is not None:
            self.token["id_token"] = id_token


def signed(claims: dict[str, Any], key: RSAKey = KEY, **header: Any) -> str:
    return jwt.encode({"alg": "RS256", "kid": "known", **header}, claims, key)


def _part(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _by_hand(alg: str, claims: dict[str, Any]) -> str:
    return ".".join(_part(json.dumps(part).encode()) for part in ({"alg": alg, "kid": "known"}, claims))


def unsigned(claims: dict[str, Any]) -> str:
    """alg: none."""
    return _by_hand("none", claims) + "."


def signed_with_the_public_key(claims: dict[str, Any]) -> str:
    """HS256 with our published key taken as the secret: the old confusion of algorithms."""
    said = _by_hand("HS256", claims)
    return said + "." + _part(hmac.digest(KEY.as_pem(private=False), said.encode(), "sha256"))


@contextmanager
def hostile() -> Iterator[Hostile]:
    """Runs in a thread on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            time.sleep(liar.delay)
            self.answer({"keys": [KEY.as_dict(private=False)]} if self.path == "/jwks.json" else liar.discovery)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.answer(liar.token)

        def answer(self, content: dict[str, Any]) -> None:
            body = json.dumps(content).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base class's name
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        liar = Hostile(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield liar
        server.shutdown()
        thread.join()
