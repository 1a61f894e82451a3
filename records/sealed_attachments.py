"""封存的附件: the file as it came, sealed in the database and nowhere else; opened whole, for one reader at a time."""

import hashlib
import hmac

from daoli_credit import cipher, sealed
from daoli_credit.accounts.models import User
from records.models import Attachment
from records.rules.attachable import sniff


class Altered(Exception):
    """附件与摘要不符: what was opened is not what was uploaded."""


def _context(kept: Attachment) -> bytes:
    return b"attachment|" + kept.token.bytes


sealed.register(
    sealed.Envelope("records.Attachment", "envelope", _context, portion=2),
    sealed.Other("records.Attachment", "digest", "文件的摘要，不用密钥"),
)


def prepared(data: bytes, paper: str, by: User) -> Attachment:
    """封好待存: sniffed and sealed, before any transaction; the act that saves it says whose it is. Raises Wrong."""
    kind = sniff(data)
    made = Attachment(paper=paper, format=kind, size=len(data), digest=hashlib.sha256(data).digest(), added_by=by)
    made.envelope = cipher.seal(data, context=_context(made))
    return made


def opened(kept: Attachment) -> bytes:
    """原文件. Raises Altered, and cipher.Unsealable when the key is gone."""
    data = cipher.unseal(bytes(kept.envelope), context=_context(kept))
    if not hmac.compare_digest(hashlib.sha256(data).digest(), bytes(kept.digest)):
        raise Altered("附件与摘要不符")
    return data
