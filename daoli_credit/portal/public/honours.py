"""守信激励: how it works, who may nominate, what there is to receive. There is no list of anybody, and no look-up."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from daoli_credit.law import clock, pack
from incentives.models.nomination_status import ITEM_OF
from incentives.rules.honour import REWARD
from incentives.selectors import benefits


@login_not_required
def honours(request: HttpRequest) -> HttpResponse:
    """守信激励."""
    rules, today = pack.current(), clock.today()
    sources = [
        {
            "title": source.label,
            "item": rules.items[code],
            "bodies": "、".join(rules.departments[body] for body in rules.items[code].providers),
        }
        for source, code in ITEM_OF.items()
        if code in rules.items and rules.items[code].in_force(today)
    ]
    rewards = [
        {
            "measure": one,
            "bodies": "、".join(rules.departments[body] for body in one.body),
            "matters": "、".join(rules.matters[code].title for code in one.matters if code in rules.matters),
        }
        for one in rules.measures.values()
        if one.sign == REWARD and one.in_force(today)
    ]
    months = benefits.by_month()
    facts = {"sources": sources, "rewards": rewards, "months": months, "main": benefits.main(months)}
    return render(request, "public/honours.html", facts)
