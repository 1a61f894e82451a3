"""市民本人的页面: my information, who looked, my messages."""

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from daoli_credit.accounts import messages
from daoli_credit.accounts.access import citizen
from daoli_credit.accounts.models import User
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.audit import events
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock, pack
from daoli_credit.looks import selectors as looks
from daoli_credit.portal.citizen import own
from incentives.selectors import own_measures
from records import holders, objections, papers, publicity, record_page, repairs, statements
from records.models.objection import RUNNING as DISPUTING
from records.models.repair import RUNNING
from records.rules import repairable

PER_PAGE = 20


def _own_look(user: User, shown: list[str]) -> LookUp:
    return events.own_look(actor=user, person_key=user.person_keys()[0], shown=shown)


@require_GET
@citizen
@transaction.atomic
def me(request: HttpRequest) -> HttpResponse:
    """我的信息. Without a verified ID number there is nobody to show anything about."""
    user = user_of(request)
    if user.person_key is None:
        return redirect("sign-in-unverified")
    look = _own_look(user, ["records"])
    found = own.records(user).select_related("item", "department", "subject").order_by("-effective_on", "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    open_ = own.open_to(user, page)
    items = [own.item(record, look, open_) for record in page]
    listed = [record for record in found if pack.current().item(record.item_id).list_types]
    return render(
        request,
        "citizen/me.html",
        {
            "items": items,
            "page": page,
            "listed": listed,
            "seen": own.worded(user, own.shown(user, by_others=True)[:3]),
            "unread": messages.unread(user),
            "measures": own_measures.of_person(user.person_keys(), clock.today()),
        },
    )


@require_GET
@citizen
@transaction.atomic
def record(request: HttpRequest, number: str) -> HttpResponse:
    """我的一条信息: whole, with how it came in, until when, and who looked at it."""
    user = user_of(request)
    found = own.records(user).select_related("item", "department", "subject")
    row = get_object_or_404(found, number=number)
    look = _own_look(user, ["record"])
    mine = repairs.of_person(user).filter(record=row)
    disputes = objections.of_person(user).filter(record=row)
    about = {row.number, *(one.number for one in mine), *(one.number for one in disputes)}
    seen = own.worded(user, own.shown(user, by_others=True).filter(case_number__in=about))
    return render(
        request,
        "citizen/record.html",
        {
            "page": record_page.page(row, look),
            "record": row,
            "seen": seen,
            "check": repairable.precheck(row, clock.today()),
            "statement": statements.of(row),
            "objection": disputes.filter(status__in=DISPUTING).first(),
            "running": mine.filter(status__in=RUNNING).first(),
            "whereabouts": holders.of(row),
            "papers": row.attachments.defer("envelope"),
            "disclosures": looks.disclosures(user).filter(record_number=row.number),
            "public_page": publicity.page_of(row),
            "measures": own_measures.of_record(row, clock.today()),
        },
    )


@require_GET
@citizen
@transaction.atomic
def disclosures(request: HttpRequest) -> HttpResponse:
    """提供给了谁: every copy that went out, also of what has ended since."""
    user = user_of(request)
    if user.person_key is None:
        return redirect("sign-in-unverified")
    page = Paginator(looks.disclosures(user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "citizen/disclosures.html", {"page": page})


@require_GET
@citizen
def inbox(request: HttpRequest) -> HttpResponse:
    """我的消息."""
    user = user_of(request)
    if user.person_key is None:
        return redirect("sign-in-unverified")
    page = Paginator(messages.of(user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "citizen/messages.html", {"page": page})


@require_GET
@citizen
def message(request: HttpRequest, token: str) -> HttpResponse:
    """一封消息. Opening it is what first_read_at means; it serves nothing by itself."""
    row = get_object_or_404(messages.of(user_of(request)), token=token)
    messages.mark_read(row)
    facts = {"message": row, "text": messages.text(row), "is_paper": papers.of_person(row) is not None}
    return render(request, "citizen/message.html", facts)
