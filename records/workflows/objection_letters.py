"""异议的告知: every act reaches the person, in the transaction of the act; their own words are kept sealed."""

from django.conf import settings
from django.template.loader import render_to_string

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import Message
from daoli_credit.law import clock, pack
from records.models import Objection

TITLES = {
    "received": "已收到异议申诉",
    "asked": "请补充异议有关情况",
    "supplied": "已收到您的补充",
    "extended": "异议答复期限延长告知",
    "paused": "异议逾期未答复，已暂停提供告知",
    "upheld": "异议申诉答复（成立）",
    "dismissed": "异议申诉答复（不成立）",
    "withdrawn": "异议申诉已撤回",
    "moot": "异议申诉无须继续办理告知",
}


def keep(objection: Objection, title: str, text: str) -> Message:
    """存档: the person's own words, sealed, to themselves; the source opens them because of a look-up."""
    return messages.tell(
        person_key=objection.record.person_keys()[0],
        title=title,
        text=text + "\n",
        noun="objection",
        object_id=objection.number,
    )


def tell(objection: Objection, what: str, **more: object) -> Message:
    """告知本人."""
    record, edition = objection.record, pack.current()
    facts = {
        "objection": objection,
        "record": record,
        "item": edition.item(record.item_id),
        "today": clock.today(),
        "site": settings.SITE,
        "pairs": list(zip(objection.points, objection.answers, strict=False)),
        "reconsider": edition.limit("reconsider"),
        "sue": edition.limit("sue"),
        **more,
    }
    return messages.tell(
        person_key=record.person_keys()[0],
        title=TITLES[what],
        text=render_to_string(f"documents/objection_{what}_v1.txt", facts).strip() + "\n",
        noun="objection",
        object_id=objection.number,
    )
