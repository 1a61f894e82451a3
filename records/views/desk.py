"""工作台上的信用记录: list, queue, one record and its buttons."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from daoli_credit import questions
from daoli_credit.accounts import access
from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import User
from daoli_credit.accounts.views.answers import acting, filling, seen_of, user_of
from daoli_credit.audit import events
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from daoli_credit.workflow import available
from records import (
    amendments,
    consequences,
    holders,
    identity,
    leaves,
    record_page,
    reviews,
    selectors,
    sheet_queue,
    statements,
)
from records.attachment_forms import PaperForm
from records.forms import RevealForm, ServiceForm
from records.models import Attachment, CreditRecord, FalsePromise
from records.models.record import S
from records.models.subject import learn
from records.review_forms import ReasonedReturnForm, ReassignForm
from records.rules import repairable
from records.workflows import attaching, discarding, opening, service
from records.workflows import record as acts

PER_PAGE = 20


@questions.prepared_for(access.depends_on)
def _visible(user: User, number: str) -> QuerySet[CreditRecord]:
    related = ("item", "department", "subject", "entered_by", "submitted_by", "reviewed_by")
    return CreditRecord.objects.visible_to(user).select_related(*related).filter(number=number)


def visible(request: HttpRequest, number: str) -> CreditRecord:
    """这一条, as this user may see it. Raises Http404."""
    for found in _visible(user_of(request), number):
        learn([found.subject])
        return found
    raise Http404("没有这一条，或者不是本单位的")


def look_at(user: User, record: CreditRecord, purpose: str, shown: list[str]) -> LookUp:
    return events.look_up(
        actor=user,
        person_key=record.person_keys()[0],
        matter=selectors.HANDLING,
        case_number=record.number,
        purpose=purpose,
        shown=shown,
        department=record.department.code,
    )


@require_GET
@requires("view_records")
def listing(request: HttpRequest) -> HttpResponse:
    """报送记录: of the user's own departments, newest first; by status, or by a number; never by person."""
    user, status, q = user_of(request), request.GET.get("status", ""), request.GET.get("q", "").strip()[:128]
    records = CreditRecord.objects.visible_to(user)
    tabs = [(value, label) for value, label in S.choices if value != S.ENDED]
    found = questions.counts(
        ("record-list", *access.depends_on(user)),
        lambda: [[records.filter(status=value)] for value, _ in tabs],
        most=leaves.MOST + 1,
    )
    counts = [(value, label, n) for (value, label), n in zip(tabs, found or [0] * len(tabs), strict=True)]
    turned = {"before": request.GET.get("before"), "after": request.GET.get("after")}
    stretches = selectors.listed(user, status if status in {value for value, *_ in counts} else "")
    page = None if q else leaves.among(stretches, selectors.in_rows(records), size=PER_PAGE, **turned)
    return render(
        request,
        "records/list.html",
        {
            "page": page,
            "lines": selectors.lined(page.rows) if page else selectors.lines(selectors.numbered(user, q)),
            "q": q,
            "counts": counts,
            "status": status,
            "total": sum(n for *_, n in counts),
            "enters": user.may_anywhere("submit_record"),
            "exports": user.may_anywhere("export_records"),
        },
    )


@require_GET
@requires("review_record", "assign_review")
def queue(request: HttpRequest) -> HttpResponse:
    """待复核: what came back stands on top; a sheet is one line, whatever it holds."""
    waiting = selectors.one_by_one(selectors.waiting_for_review(user_of(request)))
    page = leaves.FirstPages(selectors.in_rows(waiting), PER_PAGE).get_page(request.GET.get("page"))
    sheets = sheet_queue.waiting(user_of(request))
    facts = {
        "page": page,
        "lines": selectors.lined(page),
        "sheets": sheets,
        "holders": reviews.sheets_in_hand([batch.pk for batch, _ in sheets]).values(),
    }
    return render(request, "records/queue.html", facts)


@questions.prepared
def _papers(record: int) -> QuerySet[Attachment]:
    return Attachment.objects.filter(record=record).defer("envelope").select_related("added_by").order_by("pk")


def _bar(record: CreditRecord) -> FalsePromise | None:
    """What keeps the person from applying for a repair of this one, while it is in force."""
    today = clock.today()
    return repairable.barred(record, today) if record.repair_from and record.is_in_force(today) else None


def on_page(record: CreditRecord, user: User, look: LookUp, **changed: Any) -> dict[str, Any]:
    """What the page of one record shows, because of a look; `changed` are the forms that came back with errors."""
    serves = record.served_on is None and bool(available(service.STEPS, record, user))
    in_hand = reviews.hand(record, user)
    if record.status == S.SUBMITTED and user.may("review_record", record.department_id):
        opening.note([record], user)
    return {
        "hand": in_hand,
        "reassign_form": ReassignForm(candidates=in_hand.candidates) if in_hand.candidates else None,
        "asked": reviews.last_return(record),
        "corrections": reviews.corrections(record),
        "amending": amendments.on_page(record, user),
        "page": record_page.page(record, look),
        "record": record,
        "steps": available(acts.STEPS, record, user),
        "mine": user.pk in {record.entered_by_id, record.submitted_by_id},
        "statement": statements.of(record),
        "bar": _bar(record),
        "whereabouts": holders.of(record) if record.effective_on else None,
        "consequences": consequences.of(record),
        "papers": _papers(record.pk),
        "paper_form": PaperForm() if available(attaching.STEPS, record, user) else None,
        "may_discard": discarding.may(record, user),
        "next": selectors.next_to_review(user, record) if user.may_anywhere("review_record") else "",
        "return_form": ReasonedReturnForm(),
        "reveal_form": RevealForm(),
        "service_form": ServiceForm() if serves else None,
        "identity": None,
        **changed,
    }


@require_GET
@requires("view_records")
@transaction.atomic
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一条记录. The look is written in the transaction that shows it, or nothing is shown."""
    user, record = user_of(request), visible(request, number)
    look = look_at(user, record, "办理本部门报送的信用记录", ["record", "identity-masked"])
    return render(request, "records/detail.html", on_page(record, user, look))


@require_POST
@requires("view_records")
@transaction.atomic
def reveal(request: HttpRequest, number: str) -> HttpResponse:
    """查看完整身份: an act with a purpose, shown once, and told to the person."""
    user, record = user_of(request), visible(request, number)
    form = RevealForm(request.POST)
    shown, known = ["record", "identity-masked"], None
    if form.is_valid():
        look = look_at(user, record, form.cleaned_data["purpose"], ["record", "identity"])
        known = identity.reveal(record.subject, because=look)
    else:
        look = look_at(user, record, "办理本部门报送的信用记录", shown)
    context = on_page(record, user, look, reveal_form=form, identity=known)
    return render(request, "records/detail.html", context, status=200 if form.is_valid() else 422)


@require_POST
@requires("submit_record")
def submit(request: HttpRequest, number: str) -> HttpResponse:
    """报送."""
    record, user, seen = visible(request, number), user_of(request), seen_of(request)
    then = reverse("record", args=[number])
    return acting(
        request,
        lambda: acts.submit(record_id=record.pk, actor=user, seen=seen),
        done=f"{number} 已报送，等待另一人复核",
        then=then,
    )


@require_POST
@requires("review_record")
def approve(request: HttpRequest, number: str) -> HttpResponse:
    """复核通过."""
    record, user, seen = visible(request, number), user_of(request), seen_of(request)
    return acting(
        request,
        lambda: acts.approve(record_id=record.pk, actor=user, opinion=request.POST.get("opinion", ""), seen=seen),
        done=f"{number} 已生效，告知文书已发给当事人",
        then=reverse("record", args=[number]),
    )


@require_POST
@requires("review_record")
def send_back(request: HttpRequest, number: str) -> HttpResponse:
    """退回."""
    record, user, seen = visible(request, number), user_of(request), seen_of(request)
    form = ReasonedReturnForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        answer = filling(
            request,
            form,
            lambda: acts.send_back(
                record_id=record.pk, actor=user, opinion=typed["opinion"], seen=seen, reasons=typed["reasons"]
            ),
            done=f"{number} 已退回经办人",
            then=reverse("record-queue"),
        )
        if answer is not None:
            return answer
    return again(request, record, return_form=form)


@transaction.atomic
def again(request: HttpRequest, record: CreditRecord, **forms: Any) -> HttpResponse:
    """The page once more, with the form that came back with errors."""
    look = look_at(user_of(request), record, "办理本部门报送的信用记录", ["record", "identity-masked"])
    return render(request, "records/detail.html", on_page(record, user_of(request), look, **forms), status=422)
