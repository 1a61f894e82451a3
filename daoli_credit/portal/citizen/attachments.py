"""本人记录的附件: the person reads the document that their own record was made from."""

import uuid

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from daoli_credit.accounts.access import citizen
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.audit import events
from daoli_credit.portal.citizen import own
from records.models import Attachment
from records.views.attachments import download


@require_GET
@citizen
@transaction.atomic
def open_(request: HttpRequest, number: str, token: uuid.UUID) -> HttpResponse:
    """打开附件: of a record that is in force today; with the record it is gone."""
    user = user_of(request)
    record = get_object_or_404(own.records(user), number=number)
    kept = get_object_or_404(Attachment.objects.filter(record=record), token=token)
    events.own_look(actor=user, person_key=user.person_keys()[0], shown=["record"])
    return download(kept, record.number)
