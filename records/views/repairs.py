"""工作台上的信用修复: what waits, one case, and its buttons."""

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import acting, filling, seen_of, user_of
from daoli_credit.audit import events
from daoli_credit.law import clock
from daoli_credit.workflow import available
from records import by_status, credit_china, promises, record_page, repairs
from records.models import Repair
from records.models.repair import IN_HAND, RUNNING, RepairStatus
from records.repair_forms import UnmetForm
from records.rules import repairable
from records.workflows import repair as acts

PER_PAGE = 20
RELATED = ("record__item", "record__department", "record__subject", "handled_by", "decided_by")


def _acted_on(request: HttpRequest, number: str) -> Repair:
    # the acts refuse by status themselves, so that a second click hears that it is done
    return get_object_or_404(Repair.objects.of_departments(user_of(request)), number=number)


@require_GET
@requires("handle_repair", "decide_repair")
def listing(request: HttpRequest) -> HttpResponse:
    """信用修复: what is running in the user's departments, whoever waits longest first."""
    mine = Repair.objects.visible_to(user_of(request)).order_by("received_on", "pk")
    running = [one for one in RepairStatus.choices if one[0] in RUNNING]
    chips, found = by_status.chips(mine, running, request.GET.get("status", ""))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    lines = repairs.lines(found.filter(pk__in=[row.pk for row in page]))
    waiting = promises.to_confirm(user_of(request))
    facts = {"page": page, "lines": lines, "chips": chips, "promises": waiting}
    return render(request, "records/repairs.html", facts)


@require_GET
@requires("handle_repair", "decide_repair")
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一件修复; a page that was kept open leads on to where the case stands once it is over."""
    if repairs.over(user_of(request)).filter(number=number).exists():
        return redirect("repair-over", number)
    return _page(request, number, UnmetForm(), 200)


@transaction.atomic
def _page(request: HttpRequest, number: str, form: UnmetForm, status: int) -> HttpResponse:
    """The look is written in the transaction that shows the person's record; after the end nothing of it is shown."""
    user = user_of(request)
    repair = get_object_or_404(Repair.objects.visible_to(user).select_related(*RELATED), number=number)
    page = None
    if repair.status in IN_HAND and repair.record.is_in_force(clock.today()):
        look = events.look_up(
            actor=user,
            person_key=repair.person_keys()[0],
            matter=repairs.HANDLING,
            case_number=repair.number,
            purpose="办理信用修复",
            shown=["record", "repair", "identity-masked"],
            department=repair.record.department.code,
        )
        page = record_page.page(repair.record, look)
    return render(
        request,
        "records/repair.html",
        {
            "repair": repair,
            "line": repairs.line(repair),
            "page": page,
            "precheck": repairable.precheck(repair.record, clock.today()),
            "holdings": repairs.holdings(repair),
            "theirs": credit_china.their_clock(repair),
            "history": repairs.told(repair),
            "steps": available(acts.STEPS, repair, user),
            "mine": repair.handled_by_id == user.pk,
            "promise": promises.of(repair) if repair.decided_on else None,
            "unmet_form": form,
        },
        status=status,
    )


@require_POST
@requires("handle_repair")
def accept(request: HttpRequest, number: str) -> HttpResponse:
    """受理."""
    repair, user, seen = _acted_on(request, number), user_of(request), seen_of(request)
    return acting(
        request,
        lambda: acts.accept(repair_id=repair.pk, actor=user, seen=seen),
        done=f"{number} 已受理，由另一人决定；已告知当事人",
        then=reverse("repair-list"),
    )


@require_POST
@requires("handle_repair", "decide_repair")
def unmet(request: HttpRequest, number: str) -> HttpResponse:
    """告知条件未满足: the handler before acceptance, the decider after it."""
    repair, user, seen = _acted_on(request, number), user_of(request), seen_of(request)
    form = UnmetForm(request.POST)
    if not form.is_valid():
        return _page(request, number, form, 422)
    facts = form.cleaned_data
    answer = filling(
        request,
        form,
        lambda: acts.list_unmet(
            repair_id=repair.pk, actor=user, conditions=facts["conditions"], detail=facts["detail"], seen=seen
        ),
        done=f"{number} 已把没有满足的条件告知当事人",
        then=reverse("repair-list"),
    )
    return answer or _page(request, number, form, 422)


@require_POST
@requires("decide_repair")
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """同意修复."""
    repair, user, seen = _acted_on(request, number), user_of(request), seen_of(request)
    return acting(
        request,
        lambda: acts.decide(repair_id=repair.pk, actor=user, seen=seen),
        done=f"{number} 已同意修复：终止公示和共享使用，已告知当事人",
        then=reverse("repair-list"),
    )
