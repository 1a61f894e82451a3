"""两书同达: when an adverse record takes effect, the person gets what was recorded and how to repair it."""

import hashlib
from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string

from daoli_credit.accounts import messages
from daoli_credit.accounts.messages import Letter
from daoli_credit.law import clock, pack
from records.models import CreditRecord, ServedDocument
from records.models.document import DocumentKind

TEMPLATES = {
    DocumentKind.EFFECT: "documents/effect_notice_v1.txt",
    DocumentKind.REPAIR: "documents/repair_notice_v2.txt",
}


def tell_of_effect(record: CreditRecord) -> list[ServedDocument]:
    """告知生效: both documents for an adverse record, the first one for the others; stored as told."""
    return tell_all_of_effect([record])


def tell_all_of_effect(records: Sequence[CreditRecord]) -> list[ServedDocument]:
    """告知一批生效: as for one; the messages and the documents each go in with one insert."""
    edition, today = pack.current(), clock.today()
    letters: list[Letter] = []
    documents: list[ServedDocument] = []
    for record in records:
        item = edition.item(record.item_id)
        for kind in list(TEMPLATES) if item.sign == "adverse" else [DocumentKind.EFFECT]:
            facts = {"record": record, "item": item, "today": today, "site": settings.SITE}
            text = render_to_string(TEMPLATES[kind], facts).strip() + "\n"
            letters.append(Letter(record.person_keys()[0], str(kind.label), text, "creditrecord", str(record.pk)))
            digest = hashlib.sha256(text.encode()).digest()
            documents.append(ServedDocument(record=record, kind=kind, template=TEMPLATES[kind], digest=digest))
    for document, message in zip(documents, messages.tell_many(letters), strict=True):
        document.message = message
    return ServedDocument.objects.bulk_create(documents)
