"""签名: both directions carry the same headers; HMAC-SM3 stands behind an interface, SM2 can come beside it."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, hmac

CLOCK_WINDOW = 300  # seconds, either way
SENDER, STAMP, NONCE = "X-Feed-Sender", "X-Feed-Timestamp", "X-Feed-Nonce"
KEY_ID, SIGNATURE = "X-Feed-Key", "X-Feed-Signature"


class Signer(Protocol):
    """签名办法."""

    @property
    def key_id(self) -> str: ...

    def sign(self, text: bytes) -> str: ...
    def verify(self, text: bytes, signature: str) -> bool: ...


@dataclass(frozen=True)
class HmacSm3:
    """HMAC-SM3, hexadecimal. `verify` compares in constant time."""

    key: bytes
    key_id: str

    def _mac(self, text: bytes) -> hmac.HMAC:
        mac = hmac.HMAC(self.key, hashes.SM3())
        mac.update(text)
        return mac

    def sign(self, text: bytes) -> str:
        """签名."""
        return self._mac(text).finalize().hex()

    def verify(self, text: bytes, signature: str) -> bool:
        """验签."""
        try:
            self._mac(text).verify(bytes.fromhex(signature))
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class Party:
    """接通的对方: where it is and the keys shared with it. The keys never leave this process and are in no row.

    `old_key` is still believed while both sides change over; only `key` signs. `ca`, `certificate` and
    `certificate_key` are paths.
    """

    code: str
    title: str
    url: str
    key: str
    key_id: str
    old_key: str = ""
    old_key_id: str = ""
    ca: str = ""
    certificate: str = ""
    certificate_key: str = ""

    def signer(self) -> Signer:
        """签名用的密钥."""
        return HmacSm3(self.key.encode(), self.key_id)

    def believed(self) -> tuple[Signer, ...]:
        """验签认的密钥: ours of today, and the one before it while it is still named."""
        old = (HmacSm3(self.old_key.encode(), self.old_key_id),) if self.old_key else ()
        return (self.signer(), *old)


def canonical(method: str, path: str, headers: Mapping[str, str], body: bytes) -> bytes:
    """待签文本: method, path with query, sender, key, time, nonce and the body's SHA-256, a line each."""
    named = (headers.get(name, "") for name in (SENDER, KEY_ID, STAMP, NONCE))
    return "\n".join([method, path, *named, hashlib.sha256(body).hexdigest()]).encode()


def signed(signer: Signer, *, method: str, path: str, body: bytes, sender: str, now: float) -> dict[str, str]:
    """签好的头, with a fresh nonce."""
    headers = {
        SENDER: sender,
        KEY_ID: signer.key_id,
        STAMP: str(int(now)),
        NONCE: secrets.token_hex(16),
    }
    return {**headers, SIGNATURE: signer.sign(canonical(method, path, headers, body))}


def problem(
    believed: Sequence[Signer],
    *,
    method: str,
    path: str,
    headers: Mapping[str, str],
    body: bytes,
    sender: str,
    now: float | None,
) -> str:
    """验签和时间窗: what is wrong, "" when all is right. Nonces are the caller's memory, asked only after this.

    Without `now` the hour does not matter: a file lies where it lies until it is fetched, its number makes it unique.
    """
    stamp = headers.get(STAMP, "")
    signer = next((one for one in believed if one.key_id == headers.get(KEY_ID)), None)
    if headers.get(SENDER) != sender or signer is None:
        return "发送方或者密钥号不认识"
    if not signer.verify(canonical(method, path, headers, body), headers.get(SIGNATURE, "")):
        return "签名不符"
    if not stamp.isascii() or not stamp.isdigit() or (now is not None and abs(now - int(stamp)) > CLOCK_WINDOW):
        return "时间超出允许范围"
    if not 16 <= len(headers.get(NONCE, "")) <= 64:
        return "随机数不合要求"
    return ""
