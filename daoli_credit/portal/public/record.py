"""公示页: one public record under its random address; ended, repaired and unknown all answer the same 410."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daoli_credit.law import pack
from records import identity, publicity, statements

NO_INDEX = "noindex, nofollow, noarchive"


@require_GET
@login_not_required
def record(request: HttpRequest, token: str) -> HttpResponse:
    """一条依法公示的信息. There is no list of them, no search, and no way from one to another."""
    found = publicity.shown(token)
    if found is None:
        answer = render(request, "410.html", status=410)
    else:
        item = pack.current().item(found.item_id)
        facts = {"record": found, "item": item, "person": identity.masked(found.subject)}
        facts["statement"] = statements.of(found)
        answer = render(request, "public/record.html", facts)
    answer["X-Robots-Tag"] = NO_INDEX
    answer["Cache-Control"] = "private, no-store"
    return answer
