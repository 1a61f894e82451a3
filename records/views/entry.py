"""单条录入: choose the item, fill in its fields, see the consequence, then report."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.audit import events
from daoli_credit.law import clock, pack
from daoli_credit.law.rows import Item
from daoli_credit.workflow import AlreadyDone, RuleBroken, Stale, WrongState
from records import consequences, identity, kept_forms, phrases, selectors
from records.forms import AUTHORITY_FIELDS, EntryForm, initial_of, resumed
from records.kept_forms import Place
from records.models import CreditRecord
from records.models.record import S
from records.rules.collectable import not_firm, refusal
from records.rules.intake import Checked
from records.workflows import content, identity_opening
from records.workflows import record as acts


@require_GET
@requires("submit_record")
def choose(request: HttpRequest) -> HttpResponse:
    """选择目录事项: what each department of the clerk may report; what has no basis says so and where to turn."""
    today, rules = clock.today(), pack.current()
    departments = Department.objects.in_use(today).filter(pk__in=user_of(request).departments("submit_record"))
    offered = [
        (body, [(one, refusal(one, body.code, on=today), not_firm(one)) for one in rules.items_for(body.code, today)])
        for body in departments
    ]
    return render(request, "records/choose.html", {"offered": offered})


def _item(code: str, department: Department) -> Item:
    item = pack.current().items.get(code)
    if item is None or refusal(item, department.code, on=clock.today()):
        raise Http404("没有可以录入的这个目录事项")
    return item


def _body(user: User, code: str) -> Department:
    body = get_object_or_404(Department, code=code)
    if not user.may("submit_record", body.pk):
        raise PermissionDenied(f"您没有为{body.name}录入的职责")
    return body


@require_http_methods(["GET", "POST"])
@requires("submit_record")
def new(request: HttpRequest, department: str, item: str) -> HttpResponse:
    """录入一条. A wrong form comes back whole, with every problem at its field; what is half done is kept, sealed."""
    user = user_of(request)
    body = _body(user, department)
    kind, then = _item(item, body), request.POST.get("then", "save")
    place = Place(user, body, kind.code)
    if request.method == "GET":
        kept = kept_forms.of(place)
        start = resumed(kind, kept_forms.typed(kept)) if kept else selectors.last_authority(body, AUTHORITY_FIELDS)
        form = EntryForm(item=kind, today=clock.today(), initial=start)
        return _form(request, form, kind, body, None, kept=kept)
    if then == "forget":
        kept_forms.forget(place)
        return redirect("record-form", body.code, kind.code)
    form = EntryForm(request.POST, item=kind, today=clock.today())
    if "use" in request.POST:
        kept_forms.keep(place, form.raw())
        return _form(request, _with_ready(form, request.POST["use"]), kind, body, None)
    if form.is_valid() and form.checked:
        try:
            return _then(request, then, form, kind, body)
        except RuleBroken as why:
            form.add_error(None, str(why))
        except AlreadyDone as said:
            messages.info(request, str(said))
            return redirect("record-form", body.code, kind.code)
    kept_forms.keep(place, form.raw())
    mismatch = form.checked is not None and _mismatch(form.checked)
    return _form(request, form, kind, body, None, mismatch=mismatch)


def _then(request: HttpRequest, then: str, form: EntryForm, item: Item, body: Department) -> HttpResponse:
    """看后果、交区信用办核对, or save. Raises RuleBroken, AlreadyDone."""
    user, checked = user_of(request), form.checked
    place = Place(user, body, item.code)
    if checked is None:
        raise RuleBroken("请先改正所列的问题")
    if then == "ask":
        kept_forms.keep(place, form.raw())
        case = identity_opening.ask(department=body, claimed=checked.identity, actor=user)
        messages.success(request, f"已交区信用办核对（{case.number}）；有结果会告诉您，您填的内容已经暂存")
        return redirect("record-form", body.code, item.code)
    if then == "foresee":
        if _mismatch(checked):
            raise RuleBroken("这个证件号码在本系统登记的是另一个姓名。请核对证件")
        foreseen = CreditRecord(department=body, item_id=item.code)
        content.fill(foreseen, checked)
        kept_forms.keep(place, form.raw())
        return _form(request, form, item, body, None, status=200, consequences=consequences.of(foreseen))
    record = acts.enter(department=body, checked=checked, actor=user)
    kept_forms.forget(place)
    messages.success(request, f"{record.number} 已存为草稿；请核对后报送")
    return redirect("record", record.number)


def _with_ready(form: EntryForm, chosen: str) -> EntryForm:
    """填上现成的写法: the form as typed, with this text in its field; nothing is judged yet."""
    name, _, text = chosen.partition("|")
    typed = form.raw() | ({name: text} if name in form.fields else {})
    return EntryForm(item=form.item, today=form.today, initial=resumed(form.item, typed))


def _mismatch(checked: Checked) -> bool:
    subject = identity.find(checked.identity.id_number)
    return subject is not None and not identity.agrees(subject, checked.identity.name)


@sensitive_post_parameters()
@require_POST
@requires("submit_record")
def keep(request: HttpRequest, department: str, item: str) -> HttpResponse:
    """暂存没有存完的: sealed, for this clerk alone; judged by nothing, for it is not finished."""
    user = user_of(request)
    body = _body(user, department)
    kind = _item(item, body)
    form = EntryForm(request.POST, item=kind, today=clock.today())
    done = kept_forms.keep(Place(user, body, kind.code), form.raw())
    return render(request, "records/_kept.html", {"at": clock.now() if done else None})


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
    if "use" in request.POST:
        return _form(request, _with_ready(form, request.POST["use"]), kind, record.department, record)
    if form.is_valid() and form.checked and request.POST.get("then") == "foresee":
        foreseen = CreditRecord(department=record.department, item_id=record.item_id)
        content.fill(foreseen, form.checked)
        return _form(request, form, kind, record.department, record, status=200, consequences=consequences.of(foreseen))
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
    request: HttpRequest,
    form: EntryForm,
    item: Item,
    department: Department,
    record: CreditRecord | None,
    *,
    status: int = 422,
    **more: Any,
) -> HttpResponse:
    keeps = "" if record else reverse("record-form-keep", args=[department.code, item.code])
    form.phrases = phrases.of(department, item)
    facts = {
        "form": form,
        "item": item,
        "not_firm": not_firm(item),
        "department": department,
        "record": record,
        "keeps": keeps,
        "seen": request.POST.get("seen") or (record and record.revision),  # what was first on the screen
        **more,
    }
    return render(request, "records/form.html", facts, status=status if form.is_bound else 200)
