"""封存件的内容: what goes under seal when a record has ended, and the one door by which it comes out again."""

import hashlib
import json
from typing import Any

from daoli_credit import cipher, sealed
from daoli_credit.audit.models import LookUp
from records.identity import NotThisPerson
from records.models import ArchiveCopy, CreditRecord

LAYOUT = "daoli-archive-1"


class Altered(Exception):
    """封存件与摘要不符: what comes out is not what went in."""


def _context(copy: ArchiveCopy) -> bytes:
    return b"archive|" + copy.token.bytes


sealed.register(sealed.Envelope("records.ArchiveCopy", "envelope", _context))


def composed(record: CreditRecord) -> bytes:
    """封存的内容: what the record said and what became of it. Whose it is stays in the person's own envelope."""
    said: dict[str, Any] = {
        "layout": LAYOUT,
        "number": record.number,
        "item": record.item_id,
        "item_title": record.item.title,
        "department": record.department.name,
        "document_number": record.document_number,
        "determined_on": record.determined_on,
        "conduct_on": record.conduct_on,
        "severity": record.severity,
        "severity_basis": record.severity_basis,
        "content": record.content,
        "edition": record.edition,
        "public_until": record.public_until,
        "use_until": record.use_until,
        "reasons": record.reasons,
        "entered_by": record.entered_by.display_name,
        "reviewed_by": record.reviewed_by.display_name if record.reviewed_by else "",
        "effective_on": record.effective_on,
        "ended_on": record.ended_on,
        "end_kind": record.end_kind,
        "revisions": [[one.number, str(one.kind), one.day] for one in record.revisions.order_by("number")],
        "served": [[str(one.kind), bytes(one.digest).hex()] for one in record.documents.order_by("kind")],
        "objections": list(record.objections.order_by("pk").values_list("number", "points", "answers", "before")),
        "repairs": list(record.repairs.order_by("pk").values_list("number", "applied_on", "decided_on", "over_on")),
        "holders": list(record.holdings.order_by("recipient").values_list("recipient_title", "since", "gone_at")),
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, default=str).encode()


def keep(copy: ArchiveCopy, plain: bytes) -> None:
    """封存 into the row, which is not saved here."""
    copy.envelope = cipher.seal(plain, context=_context(copy))
    copy.digest = hashlib.sha256(plain).digest()


def opened(copy: ArchiveCopy, because: LookUp) -> dict[str, Any]:
    """开启, because of a look-up row written in the same transaction.

    Raises NotThisPerson when the look-up is about somebody else, Altered when the bytes are not those of the digest.
    """
    if because.kind != LookUp.Kind.LOOK or bytes(because.person_key) not in copy.record.person_keys():
        raise NotThisPerson("查询记录与信用主体不符")
    plain = cipher.unseal(bytes(copy.envelope), context=_context(copy))
    if hashlib.sha256(plain).digest() != bytes(copy.digest):
        raise Altered(f"{copy.number} 的内容与封存时的摘要不符")
    found: dict[str, Any] = json.loads(plain)
    return found
