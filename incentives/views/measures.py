"""落实措施的页面: the body's tasks, one task, its person's identity for a purpose, and what the body reports."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import filling, user_of
from daoli_credit.audit import events
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from incentives import measure_forms as forms
from incentives.form_fields import Act
from incentives.models import MeasureTask
from incentives.models.measure_task import T
from incentives.rules.measure_steps import STEPS
from incentives.selectors import finding
from incentives.selectors import measure_tasks as selectors
from incentives.workflows import benefiting
from incentives.workflows import measures as acts
from records import identity

PER_PAGE = 20
UNSEEN = "unseen"
RELATED = ("record__subject", "record__item", "record__department", "department")


@dataclass(frozen=True)
class Door:
    """一种反馈: its form, its function, and what is said when it is done."""

    form: type[Act]
    act: Callable[..., MeasureTask]
    done: str


DOORS = {
    "apply": Door(forms.ApplyForm, acts.apply, "已反馈实施；记录终止时系统会通知解除"),
    "refuse": Door(forms.RefuseForm, acts.refuse, "已反馈不予适用"),
    "lift": Door(forms.LiftForm, acts.lift, "已反馈解除"),
    "offer": Door(forms.OfferForm, acts.offer, "已反馈告诉了本人"),
    "give": Door(forms.GiveForm, benefiting.give, "已报告兑现，等本人确认收到没有"),
    "declined": Door(forms.DeclinedForm, acts.declined, "已反馈本人谢绝，不影响任何办理"),
}


def _visible(request: HttpRequest, number: str) -> MeasureTask:
    mine = MeasureTask.objects.visible_to(user_of(request)).select_related(*RELATED)
    return get_object_or_404(mine, number=number)


def _look(request: HttpRequest, task: MeasureTask, purpose: str, shown: list[str]) -> LookUp | None:
    """记查询, in the matter of the task; nobody is looked at once the record is over, or while it is not shared."""
    if not selectors.standing(task) or selectors.lacking(task):
        return None
    return events.look_up(
        actor=user_of(request),
        person_key=task.person_keys()[0],
        matter=task.matter,
        case_number=task.number,
        purpose=purpose,
        shown=shown,
        department=task.department.code,
    )


@require_GET
@requires("report_measure")
def listing(request: HttpRequest) -> HttpResponse:
    """措施落实: the user's own departments' tasks; what must be lifted first. Filtered by status, never by person."""
    user, status = user_of(request), request.GET.get("status", "")
    tasks = MeasureTask.objects.visible_to(user)
    counts = [(value, label, n) for value, label in T.choices if (n := tasks.filter(status=value).count())]
    found = selectors.unseen(user) if status == UNSEEN else selectors.waiting_for(user)
    found = tasks.filter(status=status) if status in T.values else found
    if number := finding.asked(request.GET):
        found = finding.by_number(tasks.order_by("-pk"), number, "number", "document_number")
    page = Paginator(found.select_related(*RELATED), PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "page": page,
        "lines": selectors.lines(list(page)),
        "counts": counts,
        "status": status,
        "waiting": selectors.waiting_for(user).count(),
        "number": number,
        "unseen": selectors.unseen(user).count(),
        "wanting": selectors.wanting(user),
    }
    return render(request, "measures/list.html", facts)


def _shown(
    request: HttpRequest,
    task: MeasureTask,
    because: LookUp | None,
    *,
    known: identity.Identity | None = None,
    form: forms.RevealForm | None = None,
) -> HttpResponse:
    facts = {
        "page": selectors.page(task, user_of(request), because),
        "task": task,
        "identity": known,
        "reveal_form": form or forms.RevealForm(),
        "today": clock.today(),
    }
    return render(request, "measures/detail.html", facts, status=422 if form else 200)


@require_GET
@requires("report_measure")
@transaction.atomic
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一项任务. The look is written in the transaction that shows it, or nothing is shown."""
    task = _visible(request, number)
    return _shown(request, task, _look(request, task, f"落实：{task.title}"[:80], ["record", "identity-masked"]))


@require_POST
@requires("report_measure")
@transaction.atomic
def reveal(request: HttpRequest, number: str) -> HttpResponse:
    """查看完整身份: an act with a purpose, shown once, and told to the person. Not after the record's end."""
    task, form = _visible(request, number), forms.RevealForm(request.POST)
    if not selectors.standing(task):
        facts = {
            "reason": "记录已经终止，不再显示当事人；本单位的文书号仍在任务上",
            "current": reverse("measure", args=[number]),
        }
        return render(request, "409.html", facts, status=409)
    if missing := selectors.lacking(task):
        facts = {"reason": missing.says, "current": reverse("measure", args=[number])}
        return render(request, "409.html", facts, status=409)
    if not form.is_valid():
        because = _look(request, task, f"落实：{task.title}"[:80], ["record", "identity-masked"])
        return _shown(request, task, because, form=form)
    because = _look(request, task, form.cleaned_data["purpose"], ["record", "identity"])
    known = identity.reveal(task.record.subject, because=because) if because else None
    return _shown(request, task, because, known=known)


@require_http_methods(["GET", "POST"])
@requires("report_measure")
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """反馈. 404 for what staff cannot report, 409 out of turn, 422 with the form filled in."""
    task, door, here = _visible(request, number), DOORS.get(name), reverse("measure", args=[number])
    if door is None:
        raise Http404("没有这种反馈")
    if request.method == "GET":
        if name not in selectors.offered(task, user_of(request)):
            missing = selectors.lacking(task)
            reason = missing.says if missing else f"现在不能“{STEPS[name].title}”，请看最新情况"
            return render(request, "409.html", {"reason": reason, "current": here}, status=409)
        return _form(request, task, name, door.form(initial={"seen": task.revision, "day": clock.today()}))
    form = door.form(request.POST)
    if form.is_valid():
        answer = filling(
            request,
            form,
            lambda: door.act(task_id=task.pk, actor=user_of(request), **form.cleaned_data),
            done=f"{number} {door.done}",
            then=here,
        )
        if answer is not None:
            return answer
    return _form(request, task, name, form, status=422)


def _form(request: HttpRequest, task: MeasureTask, name: str, form: Act, *, status: int = 200) -> HttpResponse:
    if "reason" in form.fields and task.force == "must":
        form.fields["reason"].label = "说明"
        form.fields["reason"].help_text = "可以不填；当事人会看到"
    facts = {"task": task, "form": form, "title": STEPS[name].title, "name": name}
    return render(request, "measures/act.html", facts, status=status)
