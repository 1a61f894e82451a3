"""信用修复与异议怎么办: the steps, and the time limits with the articles they rest on."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from daoli_credit.law import pack
from daoli_credit.law.pack import Pack
from daoli_credit.portal.public import words

OBJECTION = ("objection-mark", "objection-forward", "objection-decide", "objection-decide-max")
REPAIR = ("repair-accept", "repair-decide", "repair-total", "takedown-local", "takedown-confirm")
REMEDY = ("withdraw-changed-decision", "reconsider", "sue")


@login_not_required
def rights(request: HttpRequest) -> HttpResponse:
    """信用修复与异议."""
    rules = pack.current()
    return render(
        request,
        "public/rights.html",
        {
            "objection": _limits(rules, OBJECTION),
            "repair": _limits(rules, REPAIR),
            "remedy": _limits(rules, REMEDY),
            "classes": [
                {"title": one.title, "min": one.min, "max": one.max, "citations": one.citations, "status": one.status}
                for one in rules.classes.values()
            ],
        },
    )


def _limits(rules: Pack, codes: tuple[str, ...]) -> list[dict[str, object]]:
    """期限 of these codes that the edition has."""
    return [
        {"title": row.title, "words": words.limit(row), "citations": row.citations, "status": row.status}
        for code in codes
        if (row := rules.limits.get(code))
    ]
