"""我这一件的原件: what was made about me, sent to me and said by me; also after the case has ended."""

import uuid

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from daoli_credit.accounts.access import citizen
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.audit import events
from incentives.models import ListingPaper
from records.models import Attachment
from records.views.attachments import download


@require_GET
@citizen
@transaction.atomic
def open_(request: HttpRequest, number: str, token: uuid.UUID) -> HttpResponse:
    """打开原件: of one's own case only, from the notice on; what the office discussed inside is not among them."""
    user = user_of(request)
    mine = ListingPaper.objects.about(user.person_keys()).filter(listing__number=number)
    kept = get_object_or_404(mine.distinct(), token=token)
    events.own_look(actor=user, person_key=user.person_keys()[0], shown=["listing"])
    same = Attachment(
        token=kept.token, paper=kept.get_of_display(), format=kept.format, digest=kept.digest, envelope=kept.envelope
    )
    return download(same, number)
