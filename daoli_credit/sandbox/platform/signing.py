"""签名: the platform's own reading of the protocol in docs/feeds.md."""

import hashlib
import secrets
import time
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, hmac

WINDOW = 300
NAMES = ("X-Feed-Sender", "X-Feed-Key", "X-Feed-Timestamp", "X-Feed-Nonce")
SIGNATURE = "X-Feed-Signature"


class Keys:
    """一个约定: whom we know, and the secret of each key id; the last one signs, all of them are believed."""

    def __init__(self, sender: str, secrets: dict[str, str]) -> None:
        self.sender, self._secrets = sender, {key_id: secret.encode() for key_id, secret in secrets.items()}
        self.key_id = list(secrets)[-1]

    def _mac(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> hmac.HMAC:
        mac = hmac.HMAC(self._secrets[headers[NAMES[1]]], hashes.SM3())
        named = [headers.get(name) or "" for name in NAMES]
        mac.update("\n".join([method, path, *named, hashlib.sha256(body).hexdigest()]).encode())
        return mac

    def headers(
        self, method: str, path: str, body: bytes, sender: str, *, nonce: str = "", late: float = 0
    ) -> dict[str, str]:
        """What we put on our own call-backs; on an answer stands the nonce of what was asked."""
        values = (sender, self.key_id, str(int(time.time() + late)), nonce or secrets.token_hex(16))
        headers = dict(zip(NAMES, values, strict=True))
        return {**headers, SIGNATURE: self._mac(method, path, headers, body).finalize().hex()}

    def problem(self, method: str, path: str, headers: Mapping[str, str], body: bytes, *, lies: bool = False) -> str:
        """What is wrong with a call, "" when nothing is. The nonce is looked up in the store afterwards.

        A file `lies` in its folder until somebody reads it: its package number stands for the hour.
        """
        if headers.get(NAMES[0]) != self.sender or headers.get(NAMES[1]) not in self._secrets:
            return "sender"
        try:
            self._mac(method, path, headers, body).verify(bytes.fromhex(headers.get(SIGNATURE) or ""))
        except (InvalidSignature, ValueError):
            return "signature"
        stamp = headers.get(NAMES[2]) or ""
        if not stamp.isdigit() or (not lies and abs(time.time() - int(stamp)) > WINDOW):
            return "clock"
        return "" if len(headers.get(NAMES[3]) or "") >= 16 else "nonce"
