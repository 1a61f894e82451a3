"""封存的文书: the PDF as it was handed over, sealed in the database and nowhere else."""

import hashlib

from daoli_credit import cipher, sealed
from records.models import Paper


def _context(paper: Paper) -> bytes:
    return b"paper|" + paper.message.token.bytes


sealed.register(
    sealed.Envelope("records.Paper", "envelope", _context, related=("message",), portion=50),
)


class Altered(Exception):
    """封存的文书与制成时的摘要不符."""


def seal(paper: Paper, data: bytes) -> None:
    """封存. Sets the envelope and the digest; the caller saves."""
    paper.envelope = cipher.seal(data, context=_context(paper))
    paper.digest = hashlib.sha256(data).digest()


def opened(paper: Paper) -> bytes:
    """打开, byte for byte. Raises cipher.Unsealable, and Altered when the bytes are not those of the digest."""
    data = cipher.unseal(bytes(paper.envelope), context=_context(paper))
    if hashlib.sha256(data).digest() != bytes(paper.digest):
        raise Altered("文书与制成时的摘要不符，请告诉安全管理员")
    return data
