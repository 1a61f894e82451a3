"""再试与锁定: one way for every secret that is typed into a form."""

from collections.abc import Callable
from typing import TypeVar

from django.forms import Form
from django.http import HttpRequest

from daoli_credit.accounts import entry, lockout
from daoli_credit.accounts.models import User

T = TypeVar("T")
WAIT = f"输错次数太多，请过 {lockout.MINUTES} 分钟再试。"


def tried(
    request: HttpRequest,
    form: Form,
    attempt: Callable[[], T],
    *,
    name: str,
    wrong: type[Exception],
    what: str,
    field: str | None = None,
    user: User | None = None,
) -> tuple[T | None, int]:
    """试一次: what the attempt gives and 200; or None with 422 or 429, the sentence on the form and an event.

    `name` is what is counted, `what` stands in the evidence. Other exceptions pass; they give no try back.
    """
    try:
        lockout.demand(request, name)
    except lockout.Locked:
        form.add_error(None, WAIT)
        return None, 429
    try:
        found = attempt()
    except wrong as why:
        last = lockout.wrong(request, name)
        entry.turned_away(what, username=user.username if user else "", locked=last)
        form.add_error(field, WAIT if last else str(why))
        return None, 429 if last else 422
    lockout.right(request, name)
    return found, 200
