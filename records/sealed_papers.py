"""封存的文书: the PDF as it was handed over, sealed in the database and nowhere else."""

import hashlib

from daoli_credit import cipher, sealed
from daoli_credit.accounts.models import User
from records.models import Paper, PaperConfirmation
from records.rules.attachable import sniff


def _context(paper: Paper) -> bytes:
    return b"paper|" + paper.message.token.bytes


def _confirmation(kept: PaperConfirmation) -> bytes:
    return b"paper-confirmation|" + kept.paper.message.token.bytes


sealed.register(
    sealed.Envelope("records.Paper", "envelope", _context, related=("message",), portion=50),
    sealed.Envelope("records.PaperConfirmation", "envelope", _confirmation, related=("paper__message",), portion=2),
    sealed.Other("records.PaperConfirmation", "digest", "文件的摘要，不用密钥"),
)


class Altered(Exception):
    """封存的文书与制成时的摘要不符."""


def seal(paper: Paper, data: bytes) -> None:
    """封存. Sets the envelope and the digest; the caller saves."""
    paper.envelope = cipher.seal(data, context=_context(paper))
    paper.digest = hashlib.sha256(data).digest()


def confirmation(paper: Paper, data: bytes, by: User) -> PaperConfirmation:
    """封好待存: sniffed and sealed, before any transaction. Raises Wrong for what is no scan."""
    made = PaperConfirmation(paper=paper, format=sniff(data), size=len(data), added_by=by)
    made.envelope = cipher.seal(data, context=_confirmation(made))
    made.digest = hashlib.sha256(data).digest()
    return made


def opened_confirmation(kept: PaperConfirmation) -> bytes:
    """打开确认书. Raises cipher.Unsealable, and Altered when the bytes are not those of the digest."""
    data = cipher.unseal(bytes(kept.envelope), context=_confirmation(kept))
    if hashlib.sha256(data).digest() != bytes(kept.digest):
        raise Altered("确认书与登记时的摘要不符，请告诉安全管理员")
    return data


def opened(paper: Paper) -> bytes:
    """打开, byte for byte. Raises cipher.Unsealable, and Altered when the bytes are not those of the digest."""
    data = cipher.unseal(bytes(paper.envelope), context=_context(paper))
    if hashlib.sha256(data).digest() != bytes(paper.digest):
        raise Altered("文书与制成时的摘要不符，请告诉安全管理员")
    return data
