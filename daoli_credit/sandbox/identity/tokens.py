"""令牌: an RS256 key made at each start, and the identity token that it signs."""

import secrets
import time
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey

from daoli_credit.sandbox.identity.codes import Grant

GOOD_FOR = 300


class Signer:
    """The key of this process."""

    def __init__(self) -> None:
        kid = secrets.token_hex(8)
        self._key = RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"}, private=True)
        self._header = {"alg": "RS256", "kid": kid, "typ": "JWT"}

    def jwks(self) -> dict[str, Any]:
        """The public half."""
        return {"keys": [self._key.as_dict(private=False)]}

    def id_token(self, issuer: str, grant: Grant) -> str:
        """身份令牌: name and number only of a citizen whose identity is verified; of staff no more than the subject."""
        now, person = int(time.time()), grant.person
        claims: dict[str, Any] = {
            "iss": issuer,
            "sub": person.subject(issuer),
            "aud": grant.ask.client_id,
            "iat": now,
            "exp": now + GOOD_FOR,
            "auth_time": grant.auth_time,
            "nonce": grant.ask.nonce,
            "amr": ["pwd"],
        }
        if person.face == "citizen":
            claims["verified"] = bool(person.id_number)
        if person.id_number:
            claims |= {"name": person.name, "id_number": person.id_number}
        return jwt.encode(self._header, claims, self._key, algorithms=["RS256"])
