"""依法调取的页面: registered by one, signed by another, extracted, handed over; the person stays masked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import Department
from daoli_credit.accounts.views.answers import acting, filling, seen_of, user_of
from daoli_credit.audit.selectors import history
from daoli_credit.audit.told import by_moment
from daoli_credit.law import clock
from daoli_credit.paper.sheet import pdf
from daoli_credit.workflow import available, noun
from records import lawful_requests, sealed_requests
from records.models import LawfulRequest
from records.models.attachment import MIME
from records.models.lawful_request import R
from records.request_forms import HandForm, RefuseForm, RequestForm, WithdrawForm
from records.views.attachments import CLOSED
from records.workflows import giving, requesting

PER_PAGE = 20
VERBS = ("handle_request", "approve_request")
STEPS = {**requesting.STEPS, **giving.STEPS}


@dataclass(frozen=True)
class Door:
    """一步的门: its function, its form if it has one, and what is said when it is done."""

    act: Callable[..., LawfulRequest]
    done: str
    form: type[Form] | None = None


DOORS = {
    "approve": Door(requesting.approve, "已同意提供，经办人可以提取"),
    "refuse": Door(requesting.refuse, "已登记不予提供，可以打印告知函", RefuseForm),
    "withdraw": Door(requesting.withdraw, "已登记撤回", WithdrawForm),
    "extract": Door(giving.extract, "已提取；取得内容交给对方以后，请登记回执"),
    "renew": Door(giving.renew, "已重新提取"),
    "hand-over": Door(giving.hand_over, "已交付，写入对外提供登记；本部门不再留存所提供的内容", HandForm),
}


def _visible(request: HttpRequest, number: str) -> LawfulRequest:
    related = ("department", "registered_by", "decided_by", "extracted_by", "handed_by")
    found = LawfulRequest.objects.visible_to(user_of(request)).select_related(*related)
    return get_object_or_404(found, number=number)


@require_GET
@requires(*VERBS)
def listing(request: HttpRequest) -> HttpResponse:
    """依法调取: of the user's departments; what runs stands on top, nobody is named."""
    user, today = user_of(request), clock.today()
    state, words = request.GET.get("state", ""), request.GET.get("q", "").strip()[: lawful_requests.LONGEST]
    state = state if state in dict(lawful_requests.STATES) else ""
    found = lawful_requests.listed(user, state=state, words=words)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "page": page,
        "lines": [(one, lawful_requests.is_late(one, today)) for one in page],
        "kinds": lawful_requests.KINDS,
        "counts": lawful_requests.counts(user),
        "state": state,
        "words": words,
        "gone": lawful_requests.destroyed(user, PER_PAGE) if not (state or words) else [],
        "registers": user.may_anywhere("handle_request"),
    }
    return render(request, "records/requests.html", facts)


def _body(request: HttpRequest) -> Department:
    """为哪个部门登记: the one of the address, or the only one."""
    mine = Department.objects.in_use(clock.today()).filter(pk__in=user_of(request).departments("handle_request"))
    code = request.GET.get("department", "")
    found = (mine.filter(code=code) if code else mine.order_by("pk")).first()
    if found is None:
        raise Http404("没有这个部门")
    return found


@require_http_methods(["GET", "POST"])
@requires("handle_request")
def new(request: HttpRequest) -> HttpResponse:
    """登记. A wrong form comes back whole, save for the file, which a browser must choose again."""
    user, body = user_of(request), _body(request)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = RequestForm(*posted, items=lawful_requests.items_of(body), initial={"received_on": clock.today()})
    if request.method == "POST" and form.is_valid() and (file := form.file()) is not None:
        answer = filling(
            request,
            form,
            lambda: requesting.ask(body=body, asked=form.asked(), who=form.who(), document=file, actor=user),
            done="已登记，等另一人签批",
            then=reverse("request-list"),
        )
        if answer is not None:
            return answer
    facts = {"form": form, "department": body}
    return render(request, "records/request_new.html", facts, status=422 if form.errors else 200)


@require_GET
@requires(*VERBS)
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一件调取: what was asked, by whom it was signed, what is next."""
    return _page(request, _visible(request, number))


def _page(request: HttpRequest, one: LawfulRequest, status: int = 200, **forms: Form) -> HttpResponse:
    user = user_of(request)
    steps = available(STEPS, one, user)
    if one.registered_by_id == user.pk:
        steps = {name: step for name, step in steps.items() if name not in {"approve", "refuse"}}
    facts: dict[str, Any] = {
        "one": one,
        "page": lawful_requests.page(one),
        "kind": lawful_requests.KINDS[R(one.status)],
        "steps": {name.replace("-", "_"): step for name, step in steps.items()},
        "fetches": one.status == R.EXTRACTED and user.may("handle_request", one.department_id),
        "letter": one.status in {R.HANDED, R.REFUSED},
        "delays": one.look_id is not None and user.may("delay_look", one.department_id),
        "refuse_form": RefuseForm(prefix=None),
        "withdraw_form": WithdrawForm(auto_id="id_withdraw_%s"),
        "hand_form": HandForm(),
        "history": by_moment(history(noun(LawfulRequest), one.pk)),
        **forms,
    }
    return render(request, "records/request.html", facts, status=status)


@require_POST
@requires(*VERBS)
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """办一步. 404 for what is no step, 403 without the duty, 422 for a wrong form, 409 out of turn."""
    if name not in DOORS:
        raise Http404("没有这一步")
    door, one, user, seen = DOORS[name], _visible(request, number), user_of(request), seen_of(request)
    if not user.may(STEPS[name].by.verb, one.department_id):
        raise PermissionDenied(f"您没有“{STEPS[name].title}”这项职责")
    then, typed = reverse("request", args=[number]), {}
    if door.form is not None:
        form = door.form(request.POST, auto_id="id_withdraw_%s" if name == "withdraw" else "id_%s")
        if not form.is_valid() and one.status in STEPS[name].source:
            return _page(request, one, 422, **{_named(name): form})
        typed = {field: form.cleaned_data.get(field, "") for field in form.fields}
    return acting(
        request,
        lambda: door.act(request_id=one.pk, actor=user, seen=seen, **typed),
        done=f"{number} {door.done}",
        then=then,
    )


def _named(name: str) -> str:
    return {"refuse": "refuse_form", "withdraw": "withdraw_form", "hand-over": "hand_form"}[name]


@never_cache
@require_POST
@requires(*VERBS)
def file(request: HttpRequest, number: str, what: str) -> HttpResponse:
    """取文件: the document as it came, the answer while it waits to be handed over, or the letter afterwards."""
    one = _visible(request, number)
    if what == "document":
        return _document(request, one)
    if what == "letter" and one.status in {R.HANDED, R.REFUSED}:
        return _saved(pdf(lawful_requests.letter(one)), f"{number}-letter.pdf", "application/pdf")
    if what != "answer":
        raise Http404("没有这个文件")
    return _answer(request, one)


def _answer(request: HttpRequest, one: LawfulRequest) -> HttpResponse:
    """The look stands before the page is set, and the setting is outside of any transaction."""
    got: list[bytes] = []

    def take() -> None:
        asked, who, said = giving.fetch(request_id=one.pk, actor=user_of(request))
        got.append(pdf(lawful_requests.answer(asked, who, said)))

    refused = acting(request, take, done="", then=reverse("request", args=[one.number]))
    return _saved(got[0], f"{one.number}.pdf", "application/pdf") if got else refused


def _document(request: HttpRequest, one: LawfulRequest) -> HttpResponse:
    kept = giving.read_document(request_id=one.pk, actor=user_of(request))
    return _saved(sealed_requests.opened(kept), f"{one.number}-document.{kept.format}", MIME[kept.format])


def _saved(data: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = CLOSED
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
