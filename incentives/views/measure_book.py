"""措施清单: what some law says that some body shall or may do, and what may never be limited. For anybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daoli_credit.law import pack
from incentives.selectors import measure_tasks


@require_GET
@login_not_required
def book(request: HttpRequest) -> HttpResponse:
    """措施清单, limits, management and rewards apart; the blocklist first."""
    pack.look_again()
    rules = pack.current()
    rows = [
        (
            sign,
            label,
            [
                (row, "、".join(rules.departments.get(code, code) for code in row.body) or row.decided_by, _term(row))
                for row in measures
            ],
        )
        for sign, label, measures in measure_tasks.book()
    ]
    return render(request, "measures/book.html", {"parts": rows, "never": rules.blocklist.values(), "rules": rules})


def _term(row: pack.Measure) -> str:
    words = {"while-listed": "记录有效期间", "by-document": "以决定书为准", "life": "终身", None: "条文未载"}
    length = row.term.duration
    return words.get(length if isinstance(length, str) or length is None else "", "") or f"自决定之日起{length}"
