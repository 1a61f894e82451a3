"""密码: person keys (HMAC-SM3) and sealed envelopes (SM4-GCM), every one under a numbered key of the ring.

A person is joined across packages by a *person key*, never by a foreign key: 2 bytes of key id followed by the
32-byte HMAC-SM3 of the normalised ID number under a purpose label. Another purpose gives another key, so what
is walled off stays apart by arithmetic.
"""

import json
import os
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SM4_GCM = 1
NONCE, TAG = 12, 16


class Unsealable(Exception):
    """打不开: unknown key, other context or altered bytes. Says nothing about the content."""


@dataclass(frozen=True)
class Ring:
    """密钥环: the current key writes; every key reads. A retired key reads what is never rewritten, no more."""

    current: int
    keys: dict[int, bytes]
    retired: frozenset[int] = frozenset()

    def newest_first(self) -> list[int]:
        """Key ids, the current one first."""
        return sorted(self.keys, key=lambda key_id: (key_id != self.current, -key_id))


def read_ring(text: str) -> Ring:
    """Reads the ring from JSON text or from the file that the text names.

    Raises ImproperlyConfigured in words when the ring is missing, malformed or weak.
    """
    try:
        raw = json.loads(text if text.lstrip().startswith("{") else Path(text).read_text(encoding="utf-8"))
        keys = {int(key_id): bytes.fromhex(material) for key_id, material in raw["keys"].items()}
        current = int(raw["current"])
        retired = frozenset(int(key_id) for key_id in raw.get("retired", []))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as why:
        raise ImproperlyConfigured("DAOLI_KEYRING 读不出密钥环：应为 JSON 或文件路径，见 docs/deploy.md") from why
    if current not in keys or any(len(material) != 32 for material in keys.values()):
        raise ImproperlyConfigured("DAOLI_KEYRING 不完整：current 必须在 keys 中，每把密钥 64 位十六进制")
    if current in retired or not retired <= keys.keys():
        raise ImproperlyConfigured("DAOLI_KEYRING 不完整：retired 里的密钥要留在 keys 中，并且不能是 current")
    return Ring(current, keys, retired)


@lru_cache(maxsize=4)
def _ring(text: str) -> Ring:
    return read_ring(text)


def ring() -> Ring:
    """The ring of this process."""
    return _ring(settings.KEYRING)


@lru_cache(maxsize=64)
def _derived(material: bytes, label: str, length: int) -> bytes:
    return HKDF(algorithm=hashes.SM3(), length=length, salt=None, info=label.encode()).derive(material)


@lru_cache(maxsize=64)
def _sm4(material: bytes, label: str) -> algorithms.SM4:
    return algorithms.SM4(_derived(material, label, 16))


@lru_cache(maxsize=64)
def _mac(material: bytes, label: str) -> hmac.HMAC:
    return hmac.HMAC(_derived(material, f"mac|{label}", 32), hashes.SM3())


def _keyed(label: str, text: str) -> list[bytes]:
    found = ring()
    digests = []
    for key_id in found.newest_first():
        mac = _mac(found.keys[key_id], label).copy()  # copying the keyed state is a third of the cost of a new one
        mac.update(text.encode())
        digests.append(key_id.to_bytes(2, "big") + mac.finalize())
    return digests


def normal_id(id_number: str) -> str:
    """证件号码归一: full-width to half-width, no blanks, upper-case X. Validity is a rule of records."""
    return "".join(unicodedata.normalize("NFKC", id_number).split()).upper()


def normal_name(name: str) -> str:
    """姓名归一: NFKC, no blanks, one kind of middle dot."""
    text = "".join(unicodedata.normalize("NFKC", name).split())
    return "".join("·" if mark in "·•‧・∙⋅．" else mark for mark in text)


def person_keys(id_number: str) -> list[bytes]:
    """个人标识: 34 bytes per key of the ring, newest first. Pages of one person query with all of them."""
    return _keyed("person", normal_id(id_number))


def person_keys_of(numbers: Iterable[str]) -> list[list[bytes]]:
    """一列号码的个人标识, one list per key of the ring, newest first. The numbers are normalised already."""
    found, plain = ring(), [number.encode() for number in numbers]
    columns = []
    for key_id in found.newest_first():
        keyed, head = _mac(found.keys[key_id], "person"), key_id.to_bytes(2, "big")
        column = []
        for text in plain:
            mac = keyed.copy()
            mac.update(text)
            column.append(head + mac.finalize())
        columns.append(column)
    return columns


def living(keys: list[bytes]) -> list[bytes]:
    """仍可写入的标识: of a value's keys under the whole ring, those of keys that are not retired."""
    return [key for key in keys if int.from_bytes(key[:2], "big") not in ring().retired]


def name_tail_keys(name: str, id_number: str) -> list[bytes]:
    """姓名加证件末六位: the only way in by name, and only with the tail (design.md §9)."""
    return _keyed("name-tail", f"{normal_name(name)}|{normal_id(id_number)[-6:]}")


def login_keys(issuer: str, subject: str) -> list[bytes]:
    """登录标识: an identity provider's subject is never stored plain."""
    return _keyed("login", f"{issuer}|{subject}")


def code_macs(purpose: str, code: str) -> list[bytes]:
    """一次性代码的摘要: 34 bytes per key of the ring, newest first. Without the ring nobody can try codes at home."""
    return _keyed(f"code-{purpose}", code)


def journal_macs(line: str) -> list[bytes]:
    """撤下日志的校验码: 34 bytes per key of the ring, newest first; a line is ours when its code is among them."""
    return _keyed("removal", line)


def seal(plain: bytes, *, context: bytes) -> bytes:
    """封存: algorithm, key id, nonce, SM4-GCM text and tag. The context (table and row) is bound, not stored."""
    found = ring()
    head = bytes([SM4_GCM]) + found.current.to_bytes(2, "big")
    nonce = os.urandom(NONCE)
    sealer = Cipher(_sm4(found.keys[found.current], "envelope"), modes.GCM(nonce)).encryptor()
    sealer.authenticate_additional_data(head + context)
    return head + nonce + sealer.update(plain) + sealer.finalize() + sealer.tag


def unseal(envelope: bytes, *, context: bytes) -> bytes:
    """启封: the plain bytes.

    Raises Unsealable when the key is not in the ring, the context differs or a byte was altered.
    """
    head, nonce, body, tag = envelope[:3], envelope[3:15], envelope[15:-TAG], envelope[-TAG:]
    material = ring().keys.get(int.from_bytes(head[1:], "big"))
    if len(envelope) < 3 + NONCE + TAG or head[0] != SM4_GCM or material is None:
        raise Unsealable("密文格式或密钥号不认识")
    opener = Cipher(_sm4(material, "envelope"), modes.GCM(nonce, tag)).decryptor()
    opener.authenticate_additional_data(head + context)
    try:
        return opener.update(body) + opener.finalize()
    except InvalidTag as why:
        raise Unsealable("密文被改动或者上下文不符") from why


def key_id_of(envelope: bytes) -> int:
    """The key that sealed this envelope; rotation asks."""
    return int.from_bytes(envelope[1:3], "big")


def reseal(envelope: bytes, *, context: bytes) -> bytes:
    """换钥重封: the same plain bytes under the current key; nobody sees them. Raises Unsealable."""
    return seal(unseal(envelope, context=context), context=context)
