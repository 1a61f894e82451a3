"""自查更正的告知: the person hears what was changed and why, in the transaction that changes it."""

from collections.abc import Mapping

from django.conf import settings
from django.template.loader import render_to_string

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import Message
from daoli_credit.law import clock, pack
from records.models import Amendment
from records.models.amendment import AmendmentKind
from records.rules.differences import said

TITLES = {AmendmentKind.CORRECT: "信用信息更正告知", AmendmentKind.WITHDRAW: "信用信息撤回告知"}


def tell(amendment: Amendment, titles: Mapping[str, str]) -> Message:
    """告知本人."""
    record, edition = amendment.record, pack.current()
    stood = record.revisions.exclude(before=None).order_by("-number").values_list("before", flat=True).first() or {}
    facts = {
        "amendment": amendment,
        "record": record,
        "item": edition.item(record.item_id),
        "changes": [(titles[name], said(name, stood.get(name)), now) for name, now in amendment.changes.items()],
        "today": clock.today(),
        "site": settings.SITE,
        "reconsider": edition.limit("reconsider"),
        "sue": edition.limit("sue"),
    }
    kind = AmendmentKind(amendment.kind)
    return messages.tell(
        person_key=record.person_keys()[0],
        title=TITLES[kind],
        text=render_to_string(f"documents/amendment_{kind.value}_v1.txt", facts).strip() + "\n",
        noun="amendment",
        object_id=amendment.number,
    )
