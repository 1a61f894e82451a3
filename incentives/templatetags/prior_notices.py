"""核查单上的标签 `{% load prior_notices %}`: from an answer to its notice, and what the platforms above said."""

from typing import Any

from django import template

from incentives.models import Check, PreAdverseNotice
from incentives.rules import notice_usable
from incentives.selectors import inbound
from incentives.selectors.check_kept import Shown

register = template.Library()


@register.inclusion_tag("prior_notices/_of_item.html", takes_context=True)
def prior_notice(context: dict[str, Any], item: Shown) -> dict[str, Any]:
    """这一项的事先告知: those there are, and the door to a new one where the item may be used against the person."""
    notices = PreAdverseNotice.objects.filter(answer=item.answer).order_by("pk")
    user = context["request"].user
    mine = user.may("check_applicants", item.answer.check_made.department_id)
    return {
        "notices": notices,
        "item": item,
        "drafts": mine and not item.gone and not notice_usable.refusal(item.answer),
    }


@register.inclusion_tag("inbound/_of_check.html", takes_context=True)
def platforms_above(context: dict[str, Any], check: Check) -> dict[str, Any]:
    """上级平台: what each answered, when and why not, and 再问一次."""
    user = context["request"].user
    again = user.may("check_applicants", check.department_id)
    return {"heard": inbound.of_check(check), "check": check, "again": again}


@register.simple_tag
def why_unanswered(check: Check, code: str) -> str:
    """未答复的时间和原因."""
    return inbound.why(check, code)
