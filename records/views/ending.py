"""到期与撤下的页面; 终止登记: noted by one, checked by another."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import acting, filling, seen_of, user_of
from daoli_credit.law import clock
from daoli_credit.workflow import available
from records import endings, identity_cases, selectors
from records.end_forms import NoticeForm, ReasonForm
from records.models import CreditRecord, EndNotice
from records.workflows import noticing as acts
from records.workflows import retention

PER_PAGE = 20


@require_GET
@requires("view_records", "legal_review", "supervise")
def overview(request: HttpRequest) -> HttpResponse:
    """到期与撤下: one page of fixed size, however much has ended."""
    user, today = user_of(request), clock.today()
    supervises = user.may_anywhere("supervise")
    soon = endings.ending_soon(user)[: endings.MOST]
    facts = {
        "today": today,
        "soon": soon,
        "notices": endings.notices(user)[: endings.MOST],
        "ended": endings.ended(user),
        "unsealed": endings.unsealed(user),
        "deleting": endings.deleting_soon(user)[: endings.MOST],
        "held_back": endings.held_back() if supervises else {},
        "to_confirm": endings.still_to_confirm() if supervises else [],
        "handed": identity_cases.handed(user) if user.may_anywhere("submit_record") else [],
        "certificates": endings.certificates(user),
        "supervises": supervises,
        "of_department": user.may_anywhere("view_records") or user.may_anywhere("legal_review"),
        "notes": user.may_anywhere("submit_record"),
    }
    return render(request, "records/ends.html", facts)


@require_GET
@requires("supervise")
def held_back(request: HttpRequest) -> HttpResponse:
    """保存期满还不能销毁的, by reason: sealed numbers and days, nobody's records."""
    counts = endings.held_back()
    why = request.GET.get("why", "")
    why = why if why in counts else next(iter(counts), "")
    page = Paginator(endings.held_back_copies(why), PER_PAGE).get_page(request.GET.get("page"))
    facts = {"counts": counts, "why": why, "page": page, "owed": retention.HELD}
    return render(request, "records/held_back.html", facts)


@require_http_methods(["GET", "POST"])
@requires("submit_record")
def new(request: HttpRequest) -> HttpResponse:
    """登记终止事由. A wrong form comes back whole."""
    user = user_of(request)
    form = NoticeForm(request.POST or None, initial={"number": request.GET.get("record", "")})
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        mine = CreditRecord.objects.visible_to(user).in_force(on=clock.today())
        record = mine.filter(
            number=facts.pop("number").strip(), department_id__in=user.departments("submit_record")
        ).first()
        if record is None:
            form.add_error("number", "本单位没有这一条在效的记录，请核对编号")
        else:
            answer = filling(
                request,
                form,
                lambda: acts.note(record=record, actor=user, **facts),
                done=f"{record.number} 已登记，等另一人核对；核对以后当即终止",
                then=reverse("ends"),
            )
            if answer is not None:
                return answer
    return render(request, "records/end_notice_new.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@requires("submit_record", "review_record")
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一件终止登记."""
    return _page(request, number, ReasonForm())


def _page(request: HttpRequest, number: str, form: ReasonForm, status: int = 200) -> HttpResponse:
    user = user_of(request)
    found = EndNotice.objects.visible_to(user).select_related("record__department", "record__item", "noted_by")
    notice = get_object_or_404(found, number=number)
    facts = {
        "notice": notice,
        "decides": "confirm" in available(acts.STEPS, notice, user) and notice.noted_by_id != user.pk,
        "mine": notice.noted_by_id == user.pk,
        "lines": selectors.lines(CreditRecord.objects.visible_to(user).filter(pk=notice.record_id)),
        "form": form,
    }
    return render(request, "records/end_notice.html", facts, status=status)


def _acted_on(request: HttpRequest, number: str) -> EndNotice:
    # the acts refuse by status themselves, so that a second click hears that it is done
    user = user_of(request)
    mine = user.departments("submit_record") | user.departments("review_record")
    return get_object_or_404(EndNotice, number=number, record__department_id__in=mine)


@require_POST
@requires("review_record")
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """核对无误，终止."""
    notice, user, revision = _acted_on(request, number), user_of(request), seen_of(request)
    return acting(
        request,
        lambda: acts.confirm(notice_id=notice.pk, actor=user, seen=revision),
        done=f"{number} 已核对，记录已经终止，各处当即看不到",
        then=reverse("ends"),
    )


@require_POST
@requires("review_record")
def refuse(request: HttpRequest, number: str) -> HttpResponse:
    """核对不符."""
    notice, user, revision = _acted_on(request, number), user_of(request), seen_of(request)
    form = ReasonForm(request.POST)
    if not form.is_valid() and notice.status == "noted":
        return _page(request, number, form, 422)
    opinion = form.cleaned_data.get("opinion", "")
    return acting(
        request,
        lambda: acts.refuse(notice_id=notice.pk, actor=user, opinion=opinion, seen=revision),
        done=f"{number} 已记为核对不符，记录照旧",
        then=reverse("ends"),
    )
