"""工作台上的自查更正: what waits, proposing one, one case, and its buttons."""

from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import User
from daoli_credit.accounts.views.answers import acting, filling, seen_of, user_of
from daoli_credit.audit import events
from daoli_credit.audit.models import LookUp
from daoli_credit.workflow import available
from records import amendments, contests, record_page
from records.amendment_forms import CorrectForm, RefuseForm, WithdrawForm
from records.models import Amendment, CreditRecord
from records.models.amendment import AmendmentKind
from records.views import desk
from records.workflows import amendment as acts

PER_PAGE = 20
RELATED = ("record__item", "record__department", "record__subject", "proposed_by", "decided_by")


def _visible(request: HttpRequest, number: str) -> Amendment:
    found = Amendment.objects.visible_to(user_of(request)).select_related(*RELATED)
    return get_object_or_404(found, number=number)


def _look(user: User, amendment: Amendment, purpose: str, shown: list[str]) -> LookUp:
    return events.look_up(
        actor=user,
        person_key=amendment.person_keys()[0],
        matter=amendments.HANDLING,
        case_number=amendment.number,
        purpose=purpose,
        shown=shown,
        department=amendment.record.department.code,
    )


@require_GET
@requires("submit_record", "review_record")
def listing(request: HttpRequest) -> HttpResponse:
    """自查更正: of the user's departments; what waits stands on top."""
    found = Amendment.objects.visible_to(user_of(request))
    page = Paginator(amendments.lines(found), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "records/amendments.html", {"page": page, "lines": list(page)})


@require_http_methods(["GET", "POST"])
@requires("submit_record")
def new(request: HttpRequest, number: str) -> HttpResponse:
    """提出更正或者撤回. A form that lacks something comes back whole, and so does one that breaks a rule."""
    user, record = user_of(request), desk.visible(request, number)
    page = amendments.on_page(record, user)
    if not user.may("submit_record", record.department_id) or page is None or page.why_not:
        return _not_now(request, record, page.why_not if page else "只有已生效的信息可以自查更正")
    held = amendments.points(record)
    withdraws = request.POST.get("kind") == AmendmentKind.WITHDRAW
    undoing = contests.undoing(record)
    first = {"document": undoing.document, "reason": contests.why(undoing)} if undoing else {}
    correct = CorrectForm(None if withdraws else request.POST or None, held=held, prefix="c", initial=first)
    withdraw = WithdrawForm(request.POST if withdraws else None, prefix="w")
    form: CorrectForm | WithdrawForm = withdraw if withdraws else correct
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            with transaction.atomic():
                look = desk.look_at(user, record, "核对更正后的内容", ["record", "identity"])
                acts.propose(
                    record_id=record.pk,
                    actor=user,
                    kind=AmendmentKind.WITHDRAW if withdraws else AmendmentKind.CORRECT,
                    document=form.cleaned_data["document"],
                    reason=form.cleaned_data["reason"],
                    seen=seen_of(request),
                    changes=correct.changes,
                    cause=form.cleaned_data.get("cause", ""),
                    because=look,
                )

        then = reverse("record", args=[number])
        answer = filling(request, form, act, done=f"{number} 的更正已提出，等另一人复核", then=then)
        if answer is not None:
            return answer
    with transaction.atomic():
        look = desk.look_at(user, record, "提出更正", ["record", "identity-masked"])
        facts = {
            "record": record,
            "page": record_page.page(record, look),
            "correct": correct,
            "withdraw": withdraw,
            "withdraws": withdraws,
            "undoing": undoing,
        }
        return render(request, "records/amendment_new.html", facts, status=422 if request.method == "POST" else 200)


def _not_now(request: HttpRequest, record: CreditRecord, why: str) -> HttpResponse:
    facts = {"reason": why, "current": reverse("record", args=[record.number])}
    return render(request, "409.html", facts, status=409)


@require_GET
@requires("view_records")
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一件更正."""
    return _page(request, number)


@transaction.atomic
def _page(request: HttpRequest, number: str, status: int = 200, **changed: Any) -> HttpResponse:
    user, amendment = user_of(request), _visible(request, number)
    look = _look(user, amendment, "办理自查更正", ["record", "identity-masked"])
    facts = {
        "amendment": amendment,
        "line": amendments.line(amendment),
        "compared": amendments.compared(amendment),
        "page": record_page.page(amendment.record, look),
        "history": amendments.told(amendment),
        "steps": available(acts.STEPS, amendment, user),
        "mine": user.pk == amendment.proposed_by_id,
        "refuse_form": RefuseForm(),
        **changed,
    }
    return render(request, "records/amendment.html", facts, status=status)


@require_POST
@requires("review_record")
def agree(request: HttpRequest, number: str) -> HttpResponse:
    """同意."""
    user, amendment, seen = user_of(request), _visible(request, number), seen_of(request)
    withdraws = amendment.kind == AmendmentKind.WITHDRAW

    def act() -> None:
        with transaction.atomic():
            look = _look(user, amendment, "复核更正的内容", ["record", "identity"])
            acts.agree(amendment_id=amendment.pk, actor=user, seen=seen, because=look)

    done = "已撤回，已告知当事人，并通知收录方撤下" if withdraws else "已更正，已告知当事人，收录方随后改正"
    return acting(request, act, done=f"{amendment.record.number} {done}", then=reverse("amendment-list"))


@require_POST
@requires("review_record")
def refuse(request: HttpRequest, number: str) -> HttpResponse:
    """不同意."""
    user, amendment, form, seen = (
        user_of(request),
        _visible(request, number),
        RefuseForm(request.POST),
        seen_of(request),
    )
    if form.is_valid():
        opinion = form.cleaned_data["opinion"]
        answer = filling(
            request,
            form,
            lambda: acts.refuse(amendment_id=amendment.pk, actor=user, opinion=opinion, seen=seen),
            done=f"{number} 没有同意，信息照旧；提出人看得到理由",
            then=reverse("amendment-list"),
        )
        if answer is not None:
            return answer
    return _page(request, number, 422, refuse_form=form)


@require_POST
@requires("submit_record")
def drop(request: HttpRequest, number: str) -> HttpResponse:
    """收回."""
    user, amendment, seen = user_of(request), _visible(request, number), seen_of(request)
    return acting(
        request,
        lambda: acts.drop(amendment_id=amendment.pk, actor=user, seen=seen),
        done=f"{number} 已收回，信息照旧",
        then=reverse("amendment-list"),
    )
