"""复议、诉讼的标签 `{% load contests %}`: what stands beside a record on its pages, and what may be registered."""

from typing import Any

from django import template

from records import contests as found
from records.models import CreditRecord

register = template.Library()


@register.inclusion_tag("records/_contest.html")
def contest(record: CreditRecord, *, own: bool = False) -> dict[str, Any]:
    """这一条的复议、诉讼和原决定变更、撤销. `own`: on the person's page."""
    return {"record": record, "contest": found.running(record), "undoing": found.undoing(record), "own": own}
