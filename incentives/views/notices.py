"""工作台上的事先告知: list, one notice, and the page of one act. A refusal comes back on the same page."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import User
from daoli_credit.accounts.views.answers import filling, user_of
from daoli_credit.audit import events
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock, pack
from daoli_credit.law.deadlines import deadline
from daoli_credit.workflow import allowed
from incentives import form_fields, forms, notice_forms
from incentives.models import CheckAnswer, PreAdverseNotice
from incentives.models.pre_adverse_status import MATTER, OPEN, P
from incentives.rules import notice_gate, notice_usable
from incentives.rules.notice_steps import STEPS
from incentives.selectors import notice_page
from incentives.workflows import notice_answering, notice_deciding, notice_proposing
from incentives.workflows.notice_proposing import Intent
from records.identity import Identity
from records.rules.id_number import RESIDENT

PER_PAGE = 20
VERBS = ("check_applicants", "approve_check")
HANDLING = "办理拟作不利决定的事先告知"


@dataclass(frozen=True)
class Door:
    """一步的门: its form, its function, and what is said when it is done."""

    form: type[form_fields.Act]
    act: Callable[..., PreAdverseNotice]
    done: str


DOORS = {
    "notify": Door(forms.NoticeForm, notice_proposing.notify, "告知书已发出；请送达后登记，消息已读不算送达"),
    "serve-notice": Door(forms.NoticeServiceForm, notice_proposing.serve_notice, "送达已登记，答复的期限自次日起算"),
    "receive": Door(forms.MaterialForm, notice_answering.receive, "材料已登记，当事人会收到存档副本"),
    "lapse": Door(forms.LapseForm, notice_answering.lapse, "在途核对已登记"),
    "decide": Door(notice_forms.DecideForm, notice_deciding.decide, "决定已登记，本人看得到理由和对意见的回应"),
    "decide-outright": Door(
        notice_forms.OutrightForm, notice_deciding.decide_outright, "决定已登记，告知书一并发给本人"
    ),
    "serve-decision": Door(forms.ServiceForm, notice_deciding.serve_decision, "决定送达已登记"),
    "spare": Door(forms.ReasonForm, notice_deciding.spare, "不再拟作不利决定，告知过的已经通知本人"),
    "refuse": Door(forms.ReasonForm, notice_deciding.refuse, "不作出不利决定，告知过的已经通知本人"),
}


def visible(request: HttpRequest, number: str) -> PreAdverseNotice:
    """One that this user may see, or 404."""
    found = PreAdverseNotice.objects.visible_to(user_of(request)).select_related(
        *notice_page.RELATED, "notice_message", "decision_message"
    )
    return get_object_or_404(found, number=number)


def _look(user: User, notice: PreAdverseNotice, purpose: str) -> LookUp:
    return events.look_up(
        actor=user,
        person_key=notice.person_keys()[0],
        matter=MATTER,
        case_number=notice.number,
        purpose=purpose,
        shown=["measures", "identity-masked"],
        department=notice.department.code,
    )


@require_GET
@requires(*VERBS)
def listing(request: HttpRequest) -> HttpResponse:
    """事先告知: the user's own departments', newest first; filtered by status, never by person."""
    user, status = user_of(request), request.GET.get("status", "")
    notices = PreAdverseNotice.objects.visible_to(user)
    counts = [(value, label, n) for value, label in P.choices if (n := notices.filter(status=value).count())]
    if status in P.values:
        notices = notices.filter(status=status)
    page = Paginator(notices, PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "page": page,
        "lines": notice_page.lines(notices.filter(pk__in=[row.pk for row in page])),
        "counts": counts,
        "status": status,
        "total": sum(n for *_, n in counts),
    }
    return render(request, "prior_notices/list.html", facts)


@require_http_methods(["GET", "POST"])
@requires("check_applicants")
def new(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """拟作不利决定, from one answer of a check. What may not be used so is refused with the reason."""
    user = user_of(request)
    mine = CheckAnswer.objects.filter(check_made__department_id__in=user.departments("check_applicants"))
    answer = get_object_or_404(mine.select_related("check_made__case", "check_made__department", "record"), token=token)
    gone = answer.record is not None and not answer.record.is_in_force(clock.today())
    why_not = notice_usable.refusal(answer) or ("所依据的记录已经终止，不能据以拟作不利决定" if gone else "")
    back = reverse("check", args=[answer.check_made.number])
    if why_not:
        return render(request, "409.html", {"reason": why_not, "current": back}, status=409)
    form = notice_forms.DraftForm(request.POST or None)
    statute = notice_gate.outright(answer.measure)
    if answer.record is not None:
        del form.fields["party_name"], form.fields["id_number"]
    if answer.force != "may":
        del form.fields["discretion"]
    if not statute:
        del form.fields["outright"]
    if form.is_bound and form.is_valid():
        given, made = form.cleaned_data, []
        intent = Intent(given["proposed"], given.get("discretion", ""), given.get("outright", False))
        who = Identity(given["party_name"], RESIDENT, given["id_number"]) if answer.record is None else None
        said = filling(
            request,
            form,
            lambda: made.append(notice_proposing.draft(answer_id=answer.pk, intent=intent, actor=user, who=who)),
            done="已拟稿；发出告知书以前，只有本单位知道",
            then=back,
        )
        if said is not None:
            if made:
                said["Location"] = reverse("prior-notice", args=[made[0].number])
            return said
    measure = pack.current().measures[answer.measure]
    facts = {"form": form, "answer": answer, "measure": measure, "statute": statute, "back": back}
    return render(request, "prior_notices/new.html", facts, status=422 if form.is_bound else 200)


@require_GET
@requires(*VERBS)
@transaction.atomic
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一件. The look is written in the transaction that shows it, or nothing is shown."""
    user, notice = user_of(request), visible(request, number)
    facts = {
        "page": notice_page.page(notice, _look(user, notice, HANDLING)),
        "notice": notice,
        "buttons": notice_page.buttons(notice, user),
    }
    return render(request, "prior_notices/detail.html", facts)


def _page(
    request: HttpRequest, notice: PreAdverseNotice, name: str, form: form_fields.Act, *, status: int = 200
) -> HttpResponse:
    if "response" in form.fields and notice.stated_on is not None:
        form.fields["response"].required = True  # only so that the label does not call it optional
    title = STEPS[name].title
    served = notice.noticed_on
    with transaction.atomic():
        facts = {
            "page": notice_page.page(notice, _look(user_of(request), notice, title)),
            "notice": notice,
            "name": name,
            "title": title,
            "form": form,
            "lock": notice_gate.before(notice, name),
            "needs_day": name == "serve-notice" and served is not None and deadline(notice_gate.DAYS, served) is None,
        }
    return render(request, "prior_notices/act.html", facts, status=status)


@require_http_methods(["GET", "POST"])
@requires(*VERBS)
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """办一步. 404 for the person's own acts, 403 without the duty, 409 out of turn, 422 with the lock's sentence."""
    if name not in DOORS:
        raise Http404("没有这一步")
    user, door, notice = user_of(request), DOORS[name], visible(request, number)
    if not allowed(STEPS[name], notice, user):
        raise PermissionDenied(f"您没有“{STEPS[name].title}”这项职责")
    lock, then = notice_gate.before(notice, name), reverse("prior-notice", args=[number])
    if request.method == "GET":
        if notice.status not in STEPS[name].source and not (lock and notice.status in OPEN):
            reason = f"现在不能“{STEPS[name].title}”，请看最新情况"
            return render(request, "409.html", {"reason": reason, "current": then}, status=409)
        return _page(request, notice, name, door.form(initial={"seen": notice.revision}))
    form = door.form(request.POST)
    if lock is not None and notice.status in OPEN:
        form.is_valid()
        form.add_error(None, f"现在不能“{STEPS[name].title}”。{lock.why}")
    if form.is_valid():
        take = filling(
            request,
            form,
            lambda: door.act(notice_id=notice.pk, actor=user, **form.cleaned_data),
            done=f"{number} {door.done}",
            then=then,
        )
        if take is not None:
            return take
    return _page(request, visible(request, number), name, form, status=422)
