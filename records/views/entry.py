"""单条录入: choose the item, fill in its fields, see the consequence, then report."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import Department
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.audit import events
from daoli_credit.law import clock, pack
from daoli_credit.law.rows import Item
from daoli_credit.workflow import RuleBroken, Stale, WrongState
from records import identity, selectors
from records.forms import AUTHORITY_FIELDS, EntryForm, initial_of
from records.models import CreditRecord
from records.models.record import S
from records.rules.collectable import refusal
from records.workflows import record as acts


@require_GET
@requires("submit_record")
def choose(request: HttpRequest) -> HttpResponse:
    """选择目录事项: what each department of the clerk may report; what has no basis says so and where to turn."""
    today = clock.today()
    departments = Department.objects.in_use(today).filter(pk__in=user_of(request).departments("submit_record"))
    offered = [
        (body, [(item, refusal(item, body.code, on=today)) for item in pack.current().items_for(body.code, today)])
        for body in departments
    ]
    return render(request, "records/choose.html", {"offered": offered})


def _item(code: str, department: Department) -> Item:
    item = pack.current().items.get(code)
    if item is None or refusal(item, department.code, on=clock.today()):
        raise Http404("没有可以录入的这个目录事项")
    return item


@require_http_methods(["GET", "POST"])
@requires("submit_record")
def new(request: HttpRequest, department: str, item: str) -> HttpResponse:
    """录入一条. A wrong form comes back whole, with every problem at its field."""
    user, body = user_of(request), get_object_or_404(Department, code=department)
    if not user.may("submit_record", body.pk):
        raise PermissionDenied(f"您没有为{body.name}录入的职责")
    kind = _item(item, body)
    form = EntryForm(
        request.POST or None, item=kind, today=clock.today(), initial=selectors.last_authority(body, AUTHORITY_FIELDS)
    )
    if request.method == "POST" and form.is_valid() and form.checked:
        try:
            record = acts.enter(department=body, checked=form.checked, actor=user)
        except RuleBroken as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"{record.number} 已存为草稿；请核对后报送")
            return redirect("record", record.number)
    return _form(request, form, kind, body, None)


@require_http_methods(["GET", "POST"])
@requires("submit_record")
@transaction.atomic
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """修改草稿或者退回的记录. Showing the identity in the form is a look, logged like any other."""
    user = user_of(request)
    found = CreditRecord.objects.visible_to(user).select_related("department", "subject", "item")
    record = get_object_or_404(found, number=number, status__in=[S.DRAFT, S.RETURNED])
    if not user.may("submit_record", record.department_id):
        raise PermissionDenied("您没有修改这条记录的职责")
    kind = pack.current().item(record.item_id)
    if request.method == "GET":
        look = events.look_up(
            actor=user,
            person_key=record.person_keys()[0],
            matter=selectors.HANDLING,
            case_number=record.number,
            purpose="修改草稿",
            shown=["record", "identity"],
            department=record.department.code,
        )
        known = identity.reveal(record.subject, because=look)
        who = {"party_name": known.name, "id_type": known.id_type, "id_number": known.id_number}
        form = EntryForm(item=kind, today=clock.today(), initial=initial_of(record, who))
        return _form(request, form, kind, record.department, record)
    form = EntryForm(request.POST, item=kind, today=clock.today())
    if form.is_valid() and form.checked:
        try:
            seen = int(request.POST.get("seen") or 0)
            acts.revise(record_id=record.pk, checked=form.checked, actor=user, seen=seen)
        except (RuleBroken, Stale, WrongState, ValueError) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"{number} 已修改；请核对后报送")
            return redirect("record", number)
    return _form(request, form, kind, record.department, record)


def _form(
    request: HttpRequest, form: EntryForm, item: Item, department: Department, record: CreditRecord | None
) -> HttpResponse:
    facts = {"form": form, "item": item, "department": department, "record": record}
    return render(request, "records/form.html", facts, status=422 if form.is_bound else 200)
