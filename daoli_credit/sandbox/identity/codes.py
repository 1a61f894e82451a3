"""授权码: in memory of this process, good once and for sixty seconds."""

import base64
import hashlib
import hmac
import secrets
import threading
import time
from dataclasses import dataclass

from daoli_credit.sandbox.identity.authorize import Ask
from daoli_credit.sandbox.identity.people import Person

GOOD_FOR = 60.0


@dataclass(frozen=True)
class Grant:
    """What a code stands for."""

    ask: Ask
    person: Person
    auth_time: int
    until: float


class Codes:
    """The store. Whatever happens at the token endpoint, a code that was shown there is gone."""

    def __init__(self) -> None:
        self._grants: dict[str, Grant] = {}
        self._lock = threading.Lock()

    def issue(self, ask: Ask, person: Person) -> str:
        """A fresh code; forgets those that nobody fetched."""
        code, now = secrets.token_urlsafe(32), time.monotonic()
        with self._lock:
            self._grants = {old: grant for old, grant in self._grants.items() if grant.until > now}
            self._grants[code] = Grant(ask, person, int(time.time()), now + GOOD_FOR)
        return code

    def redeem(self, code: str, *, client_id: str, redirect_uri: str, verifier: str) -> Grant | None:
        """The grant, if the code is fresh, unused, and shown by its own client with its address and PKCE verifier."""
        with self._lock:
            grant = self._grants.pop(code, None)
        if grant is None or grant.until <= time.monotonic():
            return None
        if (grant.ask.client_id, grant.ask.redirect_uri) != (client_id, redirect_uri):
            return None
        shown = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        return grant if hmac.compare_digest(shown, grant.ask.code_challenge) else None
