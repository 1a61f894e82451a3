"""登记和提前移出的告知: rendered once, sealed as a message to the person."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from daoli_credit.accounts import messages
from daoli_credit.law import clock, pack
from daoli_credit.workflow import noun
from incentives.models import EarlyExit, Registration
from incentives.rules import as_record
from records import identity

CONFIRMED = "documents/registration_confirmed_v1.txt"
CANCELLED = "documents/registration_cancelled_v1.txt"
LEFT = "documents/early_exit_v1.txt"
TITLES = {CONFIRMED: "名单登记告知书", CANCELLED: "撤销名单登记通知", LEFT: "提前移出通知"}


def _tell(row: Registration | EarlyExit, template: str, facts: dict[str, Any]) -> None:
    kind = pack.current().list_type(row.list_type)
    text = render_to_string(template, {**facts, "kind": kind, "today": clock.today(), "site": settings.SITE})
    messages.tell(
        person_key=row.person_keys()[0],
        title=TITLES[template],
        text=text.strip() + "\n",
        noun=noun(type(row)),
        object_id=str(row.pk),
    )


def confirmed(made: Registration) -> None:
    """名单登记告知书: who decided, what was registered, remedy and exit."""
    reminder = as_record.reminder(pack.current().list_type(made.list_type))
    _tell(made, CONFIRMED, {"made": made, "who": identity.masked(made.subject), "reminder": reminder})


def cancelled(made: Registration) -> None:
    """撤销名单登记通知."""
    _tell(made, CANCELLED, {"made": made})


def left(exit_: EarlyExit) -> None:
    """提前移出通知."""
    _tell(exit_, LEFT, {"exit": exit_})
