"""卷宗原件的页面: put into the file, and opened because of a look; a refusal comes back on the case page."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.workflow import AlreadyDone, RuleBroken
from incentives.models import Listing, ListingPaper
from incentives.scan_forms import ScanForm
from incentives.views import desk
from incentives.workflows import filing
from records.models import Attachment
from records.views.attachments import download

OPENING = "打开卷宗原件，对照核对"


@require_POST
@requires("view_listings")
def put_in(request: HttpRequest, number: str) -> HttpResponse:
    """归卷: read and sealed before the transaction of the act."""
    user, listing = desk.signed_in(request), desk.visible(request, number)
    if not user.may("propose_listing", listing.department_id):
        raise PermissionDenied("您没有“归入卷宗原件”这项职责")
    form = ScanForm(request.POST, request.FILES)
    made = form.made(user) if form.is_valid() else None
    if made is None:
        return _again(request, listing, form)
    try:
        filing.put_in(listing_id=listing.pk, made=made, of=form.cleaned_data["of"], actor=user)
    except AlreadyDone as said:
        messages.info(request, str(said))
    except RuleBroken as why:
        form.add_error(None, str(why))
        return _again(request, listing, form)
    else:
        messages.success(request, "原件已归卷；归卷以后不能替换，也不能取出")
    return redirect("listing", number)


@transaction.atomic
def _again(request: HttpRequest, listing: Listing, form: ScanForm) -> HttpResponse:
    because = desk.look(desk.signed_in(request), listing, desk.HANDLING, ["listing", "identity-masked"])
    return desk.shown(request, listing, because, scan_form=form, status=422)


@require_POST
@requires("view_listings")
@transaction.atomic
def open_(request: HttpRequest, number: str, token: uuid.UUID) -> HttpResponse:
    """打开原件: it shows the whole identity, so it is a look like any other, told to the person."""
    user, listing = desk.signed_in(request), desk.visible(request, number)
    kept = get_object_or_404(ListingPaper.objects.filter(listing=listing), token=token)
    desk.look(user, listing, OPENING, ["listing", "identity"])
    same = Attachment(
        token=kept.token, paper=kept.get_of_display(), format=kept.format, digest=kept.digest, envelope=kept.envelope
    )
    return download(same, listing.number)
