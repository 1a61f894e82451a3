"""两书同达: when an adverse record takes effect, the person gets what was recorded and how to repair it."""

import hashlib

from django.conf import settings
from django.template.loader import render_to_string

from daoli_credit.accounts import messages
from daoli_credit.law import clock, pack
from records.models import CreditRecord, ServedDocument
from records.models.document import DocumentKind

TEMPLATES = {
    DocumentKind.EFFECT: "documents/effect_notice_v1.txt",
    DocumentKind.REPAIR: "documents/repair_notice_v2.txt",
}


def tell_of_effect(record: CreditRecord) -> list[ServedDocument]:
    """告知生效: both documents for an adverse record, the first one for the others; stored as told."""
    item = pack.current().item(record.item_id)
    kinds = list(TEMPLATES) if item.sign == "adverse" else [DocumentKind.EFFECT]
    told = []
    for kind in kinds:
        facts = {"record": record, "item": item, "today": clock.today(), "site": settings.SITE}
        text = render_to_string(TEMPLATES[kind], facts).strip() + "\n"
        message = messages.tell(
            person_key=record.person_keys()[0],
            title=str(kind.label),
            text=text,
            noun="creditrecord",
            object_id=str(record.pk),
        )
        told.append(
            ServedDocument.objects.create(
                record=record,
                kind=kind,
                template=TEMPLATES[kind],
                message=message,
                digest=hashlib.sha256(text.encode()).digest(),
            )
        )
    return told
