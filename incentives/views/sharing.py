"""共享授权的页面: the list, an application, its answer, the office's decision, and who uses what one provides."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.views.answers import filling, seen_of, user_of
from daoli_credit.law import clock, pack
from daoli_credit.law.list_rows import Matter
from daoli_credit.workflow import allowed
from incentives.matter_forms import ActivateForm, AgreeForm, AskForm, OpinionForm, RefuseForm
from incentives.models import Sharing
from incentives.models.sharing import H
from incentives.rules import matters
from incentives.rules import sharing as rules
from incentives.selectors import sharings
from incentives.workflows import sharing as acts

SEES = ("apply_sharing", "answer_sharing", "check_applicants", "approve_assessment", "draft_assessment")
PER_PAGE = 20
DONE = {
    "agree": "已同意提供，等区信用办决定",
    "refuse": "已答复不同意，申请部门会看到理由",
    "withdraw": "申请已撤回",
    "activate": "已启用",
    "decline": "未启用，理由已记下",
    "give-up": "不再使用，从现在起看不到",
    "stop": "已停止提供，从现在起对方看不到",
}
ENDING: dict[str, Callable[..., Sharing]] = {
    "withdraw": acts.withdraw,
    "decline": acts.decline,
    "give-up": acts.give_up,
    "stop": acts.stop,
}


def _visible(request: HttpRequest, number: str) -> Sharing:
    found = Sharing.objects.visible_to(user_of(request)).select_related(*sharings.RELATED)
    return get_object_or_404(found, number=number)


@require_GET
@requires(*SEES)
def listing(request: HttpRequest) -> HttpResponse:
    """共享授权: what one's department asked for, was asked for or decides; what waits for this person first."""
    user, status = user_of(request), request.GET.get("status", "")
    rows = Sharing.objects.visible_to(user)
    counts = [(value, label, n) for value, label in H.choices if (n := rows.filter(status=value).count())]
    if status in H.values:
        rows = rows.filter(status=status)
    page = Paginator(rows.select_related(*sharings.RELATED), PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "page": page,
        "lines": sharings.lines(list(page)),
        "waiting": sharings.lines(sharings.waiting_for(user)),
        "counts": counts,
        "status": status,
        "total": sum(n for *_, n in counts),
        "answers": user.may_anywhere("answer_sharing") or user.may_anywhere("apply_sharing"),
    }
    return render(request, "matters/sharings.html", facts)


@require_GET
@requires("apply_sharing", "answer_sharing")
def users(request: HttpRequest) -> HttpResponse:
    """谁在用我的目录事项."""
    return render(request, "matters/sharing_users.html", {"uses": sharings.uses(user_of(request))})


def _asking(user: User, department: str, matter: str, provider: str) -> tuple[Department, Matter, Department]:
    """The three of an application; 404 for a department that is not one's own and a matter that it does not have."""
    mine = Department.objects.in_use(clock.today()).filter(pk__in=user.departments("apply_sharing"))
    body = get_object_or_404(mine, code=department)
    row = pack.current().matters.get(matter)
    if row is None or row.department != body.code or provider not in matters.of_others(row, body.code):
        raise Http404
    return body, row, get_object_or_404(Department, code=provider)


@require_http_methods(["GET", "POST"])
@requires("apply_sharing")
def new(request: HttpRequest, department: str, matter: str, provider: str) -> HttpResponse:
    """申请共享: in one matter, of one provider; begins with what is in force, if anything is."""
    user = user_of(request)
    body, row, of = _asking(user, department, matter, provider)
    items = matters.of_others(row, body.code)[of.code]
    form = AskForm(
        request.POST if request.method == "POST" else None, matter=row, items=items, initial=_begin(user, body, row, of)
    )
    if form.is_valid():
        typed, made = form.cleaned_data, []
        wish = rules.Wish(
            items=typed["items"],
            fields=typed["fields_"],
            duty=typed["duty"],
            purpose=typed["purpose"],
            until=typed["until"],
        )
        answer = filling(
            request,
            form,
            lambda: made.append(acts.ask(body=body, provider=of, matter=matter, wish=wish, actor=user)),
            done=f"申请已送到{of.name}",
            then=reverse("sharing-list"),
        )
        if answer:
            return answer
    facts = {"form": form, "body": body, "matter": row, "provider": of, "missing": matters.missing(row)}
    return render(request, "matters/sharing_new.html", facts, status=422 if form.is_bound else 200)


def _begin(user: User, body: Department, matter: Matter, provider: Department) -> dict[str, Any]:
    """A renewal begins with what is in force; a first application with nothing ticked but the articles."""
    until = rules.latest(clock.today())
    mine = Sharing.objects.visible_to(user).active(clock.today())
    found = mine.filter(department=body, matter=matter.code, provider=provider).first()
    begin: dict[str, Any] = {"duty": rules.cited_in_order(matter), "until": until}
    if found is not None:
        begin |= {"items": found.agreed_items, "fields_": found.agreed_fields, "purpose": found.purpose}
    return begin


def _forms(page: sharings.Page) -> dict[str, forms.Form]:
    return {
        "agree": AgreeForm(items=page.asked_items, shown=page.asked_fields),
        "refuse": RefuseForm(),
        "activate": ActivateForm(initial={"until": page.last_day}),
        **{name: OpinionForm() for name in ENDING},
    }


def _page(request: HttpRequest, row: Sharing, *, bad: tuple[str, forms.Form] | None = None) -> HttpResponse:
    page = sharings.page(row, user_of(request))
    every = _forms(page)
    if bad:
        every[bad[0]] = bad[1]
    ends = [(name, step, every[name]) for name, step in page.steps.items() if name in ENDING]
    facts = {
        "page": page,
        "row": row,
        "forms": every,
        "ends": ends,
        "bad": bad[1] if bad else None,
        "bad_act": bad[0] if bad else "",
        "today": clock.today(),
        "renews": row.is_active(clock.today()) and user_of(request).may("apply_sharing", row.department_id),
    }
    return render(request, "matters/sharing.html", facts, status=422 if bad else 200)


@require_GET
@requires(*SEES)
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一件共享授权."""
    return _page(request, _visible(request, number))


@require_POST
@requires("apply_sharing", "answer_sharing", "approve_assessment")
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """办一步: the answer, the decision, or the end."""
    row, user, seen = _visible(request, number), user_of(request), seen_of(request)
    if name not in DONE:
        raise Http404
    if not allowed(rules.STEPS[name], row, user):
        raise PermissionDenied(f"您没有“{rules.STEPS[name].title}”这项职责")
    form = _bound(request, row, name)
    if not form.is_valid():
        return _page(request, row, bad=(name, form))
    typed = form.cleaned_data
    facts: dict[str, Any] = {"sharing_id": row.pk, "actor": user, "seen": seen}

    def take() -> Sharing:
        if name == "agree":
            return acts.agree(items=typed["items"], fields=typed.get("fields_", []), **facts)
        if name == "refuse":
            return acts.refuse(reason=typed["reason"], opinion=typed["opinion"], **facts)
        if name == "activate":
            return acts.activate(until=typed["until"], **facts)
        return ENDING[name](opinion=typed["opinion"], **facts)

    then = reverse("sharing", args=[number])
    answer = filling(request, form, take, done=f"{number} {DONE[name]}", then=then)
    return answer or _page(request, row, bad=(name, form))


def _bound(request: HttpRequest, row: Sharing, name: str) -> forms.Form:
    page = sharings.page(row, user_of(request))
    if name == "agree":
        return AgreeForm(request.POST, items=page.asked_items, shown=page.asked_fields)
    kinds: dict[str, type[forms.Form]] = {"refuse": RefuseForm, "activate": ActivateForm}
    return kinds.get(name, OpinionForm)(request.POST)
