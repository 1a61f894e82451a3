"""复议、诉讼标注和原决定变更、撤销的告知: each act reaches the person, in the transaction of the act."""

from django.conf import settings
from django.template.loader import render_to_string

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import Message
from daoli_credit.law import clock, pack
from daoli_credit.workflow import noun
from records.models import Contest, Undoing


def tell(row: Contest | Undoing, what: str, title: str, **more: object) -> Message:
    """告知本人."""
    record, name = row.record, noun(type(row))
    facts = {
        name: row,
        "record": record,
        "item": pack.current().item(record.item_id),
        "today": clock.today(),
        "site": settings.SITE,
        "title": title,
        **more,
    }
    return messages.tell(
        person_key=record.person_keys()[0],
        title=title,
        text=render_to_string(f"documents/{name}_{what}_v1.txt", facts).strip() + "\n",
        noun=name,
        object_id=str(row.pk),
    )
