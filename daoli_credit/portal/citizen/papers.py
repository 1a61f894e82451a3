"""市民的文书: one's own letter as a PDF, the same bytes each time."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from daoli_credit.accounts import messages
from daoli_credit.accounts.access import citizen
from daoli_credit.accounts.models import Message
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.audit import events
from daoli_credit.paper.typeface import MissingGlyph
from records import papers
from records.views.papers import as_pdf
from records.workflows import paper as acts


@never_cache
@require_GET
@citizen
def pdf(request: HttpRequest, token: str) -> HttpResponse:
    """我的文书: of one's own letters only. Opening it is reading it, and serves nothing by itself."""
    user = user_of(request)
    message = get_object_or_404(messages.of(user), token=token)
    matter = papers.of_person(message)
    if matter is None:
        get_object_or_404(Message.objects.none())
    assert matter is not None  # noqa: S101 - for the type checker
    with transaction.atomic():
        look = events.own_look(actor=user, person_key=matter.whose(message).person_keys()[0], shown=["paper"])
        sheet = papers.sheet(message, matter, look)
        messages.mark_read(message)
    try:
        return as_pdf(*acts.handed(message, sheet, matter, user))
    except MissingGlyph as why:
        facts = {"message": message, "text": messages.text(message), "refused": str(why)}
        return render(request, "citizen/message.html", facts, status=422)
