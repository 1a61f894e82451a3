"""工作台上的修复：请本人补充、认定承诺不实和确认."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import acting, filling, seen_of, user_of
from daoli_credit.law import clock
from daoli_credit.workflow import available
from records import promises
from records.models import FalsePromise, Repair
from records.models.repair_offer import F
from records.repair_forms import AskForm, DropForm, FalsePromiseForm
from records.workflows import false_promise as acts
from records.workflows import repair_asking


def _repair(request: HttpRequest, number: str) -> Repair:
    found = Repair.objects.of_departments(user_of(request)).select_related("record__item", "record__department")
    return get_object_or_404(found, number=number)


@require_http_methods(["GET", "POST"])
@requires("decide_repair")
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """请本人补充."""
    repair, user, seen = _repair(request, number), user_of(request), seen_of(request)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = filling(
            request,
            form,
            lambda: repair_asking.ask(repair_id=repair.pk, actor=user, opinion=form.cleaned_data["opinion"], seen=seen),
            done=f"{number} 已请当事人补充，等待期间期限停止计算",
            then=reverse("repair-list"),
        )
        if done is not None:
            return done
    status = 422 if request.method == "POST" else 200
    return render(request, "records/repair_ask.html", {"repair": repair, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@requires("handle_repair", "decide_repair")
def promise(request: HttpRequest, number: str) -> HttpResponse:
    """承诺不实: found with a form by one, confirmed or dropped by another. After the end nobody's name is shown."""
    repair, user, form = _repair(request, number), user_of(request), FalsePromiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        done = filling(
            request,
            form,
            lambda: acts.find(repair_id=repair.pk, actor=user, **facts),
            done=f"{number} 的承诺不实已认定，由另一人确认",
            then=reverse("repair-promise", args=[number]),
        )
        if done is not None:
            return done
    return _promise_page(request, repair, form=form, status=422 if request.method == "POST" else 200)


def _promise_page(
    request: HttpRequest,
    repair: Repair,
    *,
    form: FalsePromiseForm | None = None,
    drop: DropForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user, found = user_of(request), promises.of(repair)
    until, article, why_none = acts.consequence(found.found_on if found else clock.today())
    context = {
        "repair": repair,
        "found": found,
        "form": form or FalsePromiseForm(),
        "drop_form": drop or DropForm(),
        "until": until,
        "article": article,
        "why_none": why_none,
        "steps": available(acts.STEPS, found, user) if found else {},
        "mine": found is not None and found.found_by_id == user.pk,
        "finds": user.may("handle_repair", repair.record.department_id),
        "history": promises.told(found) if found else [],
    }
    return render(request, "records/repair_promise.html", context, status=status)


@require_POST
@requires("decide_repair")
def judge(request: HttpRequest, number: str) -> HttpResponse:
    """确认或者不予确认. A reason that may not stand comes back with what was typed."""
    repair, user, seen = _repair(request, number), user_of(request), seen_of(request)
    found = get_object_or_404(FalsePromise.objects.of_departments(user), repair=repair)
    then = reverse("repair-promise", args=[number])
    if request.POST.get("judged") == "confirm":
        return acting(
            request,
            lambda: acts.confirm(promise_id=found.pk, actor=user, seen=seen),
            done="已确认，已告知当事人",
            then=then,
        )
    drop = DropForm(request.POST)
    if not drop.is_valid() and found.status == F.FOUND and found.found_by_id != user.pk:
        return _promise_page(request, repair, drop=drop, status=422)
    return acting(
        request,
        lambda: acts.drop(promise_id=found.pk, actor=user, opinion=drop.cleaned_data.get("opinion", ""), seen=seen),
        done="不予确认，没有任何后果",
        then=then,
    )
