"""报文: stored sealed under the delivery's own key, opened only to be sent again byte for byte."""

import hashlib

from daoli_credit import cipher, sealed
from daoli_credit.feeds.models import Delivery


class Altered(Exception):
    """报文与摘要不符: what was opened is not what was stored."""


def _context(delivery: Delivery) -> bytes:
    return b"delivery|" + delivery.key.encode()


sealed.register(sealed.Envelope("feeds.Delivery", "body", _context))


def store(delivery: Delivery, plain: bytes) -> None:
    """封存到推送单上; the caller saves the row."""
    delivery.body = cipher.seal(plain, context=_context(delivery))
    delivery.digest = hashlib.sha256(plain).digest()


def opened(delivery: Delivery) -> bytes:
    """原文. Raises Altered, and cipher.Unsealable when the key is gone."""
    plain = cipher.unseal(bytes(delivery.body or b""), context=_context(delivery))
    if hashlib.sha256(plain).digest() != bytes(delivery.digest or b""):
        raise Altered("报文与摘要不符")
    return plain
