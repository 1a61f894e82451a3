"""工作台上的复议、诉讼标注和原决定变更、撤销."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import User
from daoli_credit.accounts.views.answers import acting, filling, seen_of, user_of
from daoli_credit.workflow import available
from records import amendments, contests
from records.contest_forms import CaseForm, OutcomeForm, UndoForm
from records.models import Contest, Undoing
from records.models.undoing import OPEN
from records.views import desk
from records.workflows import contest as acts
from records.workflows import undoing as undoings

PER_PAGE = 20
EITHER = ("submit_record", "review_record")


@require_http_methods(["GET", "POST"])
@requires(*EITHER)
def mark(request: HttpRequest, number: str) -> HttpResponse:
    """登记复议、诉讼."""
    record, user, form = desk.visible(request, number), user_of(request), CaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = filling(
            request,
            form,
            lambda: acts.register(record_id=record.pk, actor=user, case=form.case()),
            done="已标注，每一个看到它的单位都看得到；已告知当事人",
            then=reverse("record", args=[number]),
        )
        if done is not None:
            return done
    status = 422 if request.method == "POST" else 200
    return render(request, "records/contest_new.html", {"record": record, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@requires("view_records")
def contest(request: HttpRequest, number: str) -> HttpResponse:
    """一件标注, and its outcome."""
    user = user_of(request)
    found = Contest.objects.visible_to(user).select_related("record__item", "record__department", "registered_by")
    row, form, seen = get_object_or_404(found, number=number), OutcomeForm(request.POST or None), seen_of(request)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        done = filling(
            request,
            form,
            lambda: acts.conclude(contest_id=row.pk, actor=user, seen=seen, **facts),
            done="结果已登记，标注已撤销；已告知当事人",
            then=reverse("record", args=[row.record.number]),
        )
        if done is not None:
            return done
    context = {
        "contest": row,
        "form": form,
        "steps": available(acts.STEPS, row, user),
        "history": contests.told(row),
    }
    return render(request, "records/contest.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@requires(*EITHER)
def undo(request: HttpRequest, number: str) -> HttpResponse:
    """登记原决定变更、撤销."""
    record, user, form = desk.visible(request, number), user_of(request), UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = filling(
            request,
            form,
            lambda: undoings.register(record_id=record.pk, actor=user, facts=form.facts()),
            done="已登记，由另一人在期限内处理；已告知当事人",
            then=reverse("record", args=[number]),
        )
        if done is not None:
            return done
    status = 422 if request.method == "POST" else 200
    return render(request, "records/undoing_new.html", {"record": record, "form": form}, status=status)


@require_GET
@requires("view_records")
def queue(request: HttpRequest) -> HttpResponse:
    """原决定变更、撤销: what is open in the user's departments."""
    page = Paginator(contests.queue(user_of(request)), PER_PAGE).get_page(request.GET.get("page"))
    lines = [(row, contests.overdue(row)) for row in page]
    return render(request, "records/undoings.html", {"page": page, "lines": lines})


RELATED = ("record__item", "record__department", "registered_by")


def _to_act_on(request: HttpRequest, number: str) -> Undoing:
    """Whatever its status: a second click is answered by the act."""
    found = Undoing.objects.of_departments(user_of(request)).select_related(*RELATED)
    return get_object_or_404(found, number=number)


def _may_correct(row: Undoing, user: User) -> bool:
    """A correction is proposed here and now: nobody has, and nothing stands against it."""
    page = amendments.on_page(row.record, user) if row.status in OPEN else None
    return page is not None and page.may_propose


@require_GET
@requires("view_records")
def undoing(request: HttpRequest, number: str) -> HttpResponse:
    """一件原决定变更、撤销; a page that was kept open leads on to where it stands once it is over."""
    user = user_of(request)
    if contests.over(user).filter(number=number).exists():
        return redirect("undoing-over", number)
    row = get_object_or_404(Undoing.objects.visible_to(user).select_related(*RELATED), number=number)
    context = {
        "undoing": row,
        "overdue": contests.overdue(row) and not row.over_on,
        "steps": available(undoings.STEPS, row, user),
        "mine": row.registered_by_id == user.pk,
        "history": contests.told(row),
        "may_correct": _may_correct(row, user),
    }
    return render(request, "records/undoing.html", context)


@require_POST
@requires("view_records")
def end(request: HttpRequest, number: str) -> HttpResponse:
    """终止记录."""
    row, user, seen = _to_act_on(request, number), user_of(request), seen_of(request)
    return acting(
        request,
        lambda: undoings.end(undoing_id=row.pk, actor=user, seen=seen),
        done=f"{row.record.number} 已终止，从各处消失；已告知当事人，通知收录方撤下",
        then=reverse("undoing", args=[number]),
    )


@require_POST
@requires("view_records")
def correct(request: HttpRequest, number: str) -> HttpResponse:
    """记录已经更正."""
    row, user, seen = _to_act_on(request, number), user_of(request), seen_of(request)
    return acting(
        request,
        lambda: undoings.correct(undoing_id=row.pk, actor=user, seen=seen),
        done=f"{row.number} 已办结；已告知当事人",
        then=reverse("undoing", args=[number]),
    )
