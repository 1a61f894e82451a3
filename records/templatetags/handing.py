"""转告的标签 `{% load handing %}`: beside a record, that its person is being checked as gone, or where to say so."""

from typing import Any

from django import template

from records import identity_cases
from records.models import CreditRecord

register = template.Library()


@register.inclusion_tag("records/_handing.html", takes_context=True)
def handing(context: dict[str, Any], record: CreditRecord) -> dict[str, Any]:
    """在别处终止、去世、丧失行为能力, on the department's page of a record in force; the doors for its clerks only."""
    shown = record.status == "effective"
    opens = shown and context["request"].user.may("submit_record", record.department_id)
    return {"record": record, "opens": opens, "case": identity_cases.running(record) if shown else None}
