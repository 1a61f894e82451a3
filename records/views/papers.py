"""工作台上的文书: one letter as a PDF, opened for a purpose, and its service."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import Message, User
from daoli_credit.accounts.views.answers import filling, user_of
from daoli_credit.audit import events
from daoli_credit.paper.typeface import MissingGlyph
from records import papers, sealed_papers
from records.models import Paper, PaperConfirmation
from records.models.record import Service
from records.paper_forms import OpenForm, PaperServiceForm
from records.papers import Matter
from records.rules.attachable import MOST_BYTES
from records.rules.problem import Wrong
from records.views.attachments import as_file
from records.workflows import paper as acts

VERBS = (
    "view_records",
    "handle_repair",
    "decide_repair",
    "answer_objection",
    "view_listings",
    "check_identity",
    "supervise",
)


def as_pdf(paper: Paper, data: bytes) -> HttpResponse:
    """PDF, shown in the browser; never kept by anybody in between."""
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{paper.number}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _found(request: HttpRequest, token: str) -> tuple[Message, Matter]:
    message = get_object_or_404(
        Message.objects.select_related("paper__service__registered_by", "paper__confirmation"), token=token
    )
    matter = papers.of_staff(message, user_of(request))
    if matter is None:
        get_object_or_404(Message.objects.none())
    assert matter is not None  # noqa: S101 - for the type checker
    return message, matter


def _page(request: HttpRequest, message: Message, matter: Matter, status: int = 200, **changed: Any) -> HttpResponse:
    user, paper = user_of(request), getattr(message, "paper", None)
    serves = any(user.may(verb, matter.department[0]) for verb in matter.source.serves)
    served = getattr(paper, "service", None)
    context = {
        "message": message,
        "paper": paper,
        "served": served,
        "confirmation": getattr(paper, "confirmation", None),
        "number": matter.number,
        "open_form": OpenForm(made=paper is not None),
        "service_form": PaperServiceForm() if paper is not None and served is None and serves else None,
        **changed,
    }
    return render(request, "records/paper.html", context, status=status)


@require_GET
@requires(*VERBS)
def detail(request: HttpRequest, token: str) -> HttpResponse:
    """一份文书: its numbers, its digest, its service; not what it says and about whom."""
    return _page(request, *_found(request, token))


@never_cache
@require_POST
@requires(*VERBS)
def opened(request: HttpRequest, token: str) -> HttpResponse:
    """打开: the look stands in its own transaction before the page is set, and the setting is outside of any."""
    user, (message, matter) = user_of(request), _found(request, token)
    form = OpenForm(request.POST, made=hasattr(message, "paper"))
    if not form.is_valid():
        return _page(request, message, matter, 422, open_form=form)
    with transaction.atomic():
        look = events.look_up(
            actor=user,
            person_key=matter.whose(message).person_keys()[0],
            matter=matter.source.matter,
            case_number=matter.number,
            purpose=form.cleaned_data["purpose"],
            shown=["paper", "identity"],
            department=matter.department[1],
        )
        number = form.cleaned_data.get("document_number", "").strip()
        sheet = papers.sheet(message, matter, look, document_number=number)
    try:
        return as_pdf(*acts.handed(message, sheet, matter, user))
    except MissingGlyph as why:
        form.add_error(None, str(why))
        return _page(request, message, matter, 422, open_form=form)


@require_POST
@requires(*VERBS)
def serve(request: HttpRequest, token: str) -> HttpResponse:
    """登记送达: what is wrong is said on the form, with what was typed still there."""
    user, (message, matter) = user_of(request), _found(request, token)
    paper = get_object_or_404(Paper, message=message)
    form = PaperServiceForm(request.POST, request.FILES)
    scan = _scan(form, paper, user) if form.is_valid() else None
    if form.is_valid():
        typed = form.cleaned_data
        done = filling(
            request,
            form,
            lambda: acts.serve(
                paper_id=paper.pk,
                matter=matter,
                actor=user,
                how=typed["how"],
                when=typed["when"],
                proof=typed["proof"],
                confirmation=scan,
            ),
            done="送达已登记",
            then=reverse("paper", args=[token]),
        )
        if done is not None:
            return done
    return _page(request, message, matter, 422, service_form=form)


def _scan(form: PaperServiceForm, paper: Paper, user: User) -> PaperConfirmation | None:
    """电子送达确认书, sealed outside of any transaction; what is wrong is said at its field."""
    file = form.cleaned_data.get("confirmation")
    if file is None or form.cleaned_data["how"] != Service.ELECTRONIC:
        return None
    try:
        return sealed_papers.confirmation(paper, file.read(MOST_BYTES + 1), user)
    except Wrong as why:
        form.add_error("confirmation", str(why.at("confirmation")))
        return None


@never_cache
@require_POST
@requires(*VERBS)
@transaction.atomic
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """打开电子送达确认书: it bears the person's signature, so it is a look."""
    user, (message, matter) = user_of(request), _found(request, token)
    kept = get_object_or_404(PaperConfirmation.objects.select_related("paper__message"), paper__message=message)
    events.look_up(
        actor=user,
        person_key=matter.source.subject(matter.row).person_keys()[0],
        matter=matter.source.matter,
        case_number=matter.number,
        purpose="核对电子送达确认书",
        shown=["paper", "identity"],
        department=matter.department[1],
    )
    name = f"{kept.paper.number} 电子送达确认书.{kept.format}"
    return as_file(sealed_papers.opened_confirmation(kept), kept.format, name)
