"""文书的标签 `{% load papers %}`: the formal documents of a matter, on its page."""

from typing import Any

from django import template

from daoli_credit.workflow import noun
from records import papers as found

register = template.Library()


@register.inclusion_tag("records/_papers.html")
def papers(row: Any) -> dict[str, Any]:
    """一件的文书: titles, days and service; nothing of what they say."""
    return {"letters": found.letters(noun(type(row)), row)}
