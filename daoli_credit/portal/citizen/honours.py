"""我的荣誉: read the invitation, consent or not, see what it brought, take it back with one click."""

from collections.abc import Callable

from django.contrib import messages as said
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts.access import citizen
from daoli_credit.accounts.views.answers import acting, user_of
from daoli_credit.accounts.views.tries import tried
from daoli_credit.audit import events
from daoli_credit.audit.models import Event
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken, WrongState, noun
from incentives.honour_forms import CodeForm, ConsentForm
from incentives.models import Benefit, Nomination
from incentives.rules import honour
from incentives.selectors import good_record, nominations
from incentives.workflows import benefiting, consenting
from records.identity import Identity

WRONG = "邀请码不对，或者已经用过、换过、过期。请照最新的邀请信再输一次；没有邀请信的，不用办任何事。"


class _Wrong(Exception):
    """没有这个邀请码."""


@require_GET
@citizen
@transaction.atomic
def mine(request: HttpRequest) -> HttpResponse:
    """我的荣誉: what stands, what there is to take and where, what really came, and how to take it all back."""
    user = user_of(request)
    if user.person_key is None:
        return redirect("sign-in-unverified")
    key = user.person_keys()[0]
    look = events.own_look(actor=user, person_key=key, shown=["honour", good_record.SHOWN])
    facts = {
        "honours": nominations.own(user),
        "good": good_record.good_record(user.person_keys(), clock.today(), look),
        "today": clock.today(),
    }
    return render(request, "citizen/honours.html", facts)


def _reading(request: HttpRequest, nomination: Nomination, form: ConsentForm, *, status: int = 200) -> HttpResponse:
    """看清楚: what would be recorded, who would see it, until when, what it brings; and that a no is just a no."""
    facts = {
        "nomination": nomination,
        "form": form,
        "rewards": nominations.placed(nomination.item_id),
        "until": honour.use_until(
            nomination.source, determined_on=nomination.determined_on, valid_until=nomination.valid_until
        ),
    }
    return render(request, "citizen/honour_invitation.html", facts, status=status)


def _find(code: str) -> Nomination:
    try:
        return consenting.invited(code)
    except consenting.NoSuchInvitation as why:
        raise _Wrong(WRONG) from why


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@citizen
def code(request: HttpRequest) -> HttpResponse:
    """输入邀请码. A right code opens the page to read and writes nothing; the code travels on in the form."""
    user = user_of(request)
    if user.person_key is None:
        return redirect("sign-in-unverified")
    form, status = CodeForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = form.cleaned_data["code"]
            found, status = tried(
                request,
                form,
                lambda: _find(typed),
                name=f"honour:{user.pk}",
                wrong=_Wrong,
                what="荣誉邀请码：没有通过",
                field="code",
            )
            if found:
                return _reading(request, found, ConsentForm(initial={"code": typed, "number": found.number}))
    return render(request, "citizen/honour_code.html", {"form": form}, status=status)


@never_cache
@sensitive_post_parameters("code", "name", "id_number")
@require_POST
@citizen
def answer(request: HttpRequest) -> HttpResponse:
    """同意或者不同意: only with the code in hand. A refusal writes down nobody."""
    user = user_of(request)
    if user.person_key is None:
        return redirect("sign-in-unverified")
    guess, typed = CodeForm(request.POST), request.POST.get("code", "")
    if _done_before(request):
        said.info(request, "您已经同意登记，不用再办")
        return redirect("me-honours")
    nomination, status = tried(
        request,
        guess,
        lambda: _find(typed),
        name=f"honour:{user.pk}",
        wrong=_Wrong,
        what="荣誉邀请码：没有通过",
        field="code" if guess.is_valid() else None,
    )
    if nomination is None:
        return render(request, "citizen/honour_code.html", {"form": guess}, status=429 if status == 429 else 409)
    try:
        if request.POST.get("answer") == "no":
            consenting.refuse(nomination_id=nomination.pk, code=request.POST["code"], actor=user)
            said.success(request, "好的，没有登记任何信息，也没有记下是谁。这没有任何后果。")
        elif form := _consented(request, nomination):
            return _reading(request, nomination, form, status=422)
    except WrongState as why:
        return render(request, "409.html", {"reason": str(why), "current": reverse("me-honour-code")}, status=409)
    return redirect("me-honours")


def _done_before(request: HttpRequest) -> bool:
    """A second click on one's own consent; the code of it is spent, and that is no guess."""
    mine_ = Nomination.objects.about(user_of(request).person_keys())
    return mine_.filter(number=request.POST.get("number", "")).exists()


def _consented(request: HttpRequest, nomination: Nomination) -> ConsentForm | None:
    """同意: None when it is done, the form with its errors when it is not. Raises WrongState."""
    form = ConsentForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        who = Identity(given["name"], given["id_type"], given["id_number"])
        try:
            consenting.consent(
                nomination_id=nomination.pk,
                code=given["code"],
                who=who,
                public=given["public"],
                actor=user_of(request),
            )
        except RuleBroken as why:
            form.add_error(None, str(why))
        else:
            said.success(request, "已同意登记。推荐单位核实、决定并送达以后才生效；您随时可以撤回。")
            return None
    return form


ENDINGS: dict[str, tuple[Callable[..., object], str]] = {
    "withdraw": (consenting.withdraw, "已撤回，即刻停止使用；没有任何后果"),
    "hide": (consenting.hide, "已撤回公开的同意；荣誉和激励不受影响"),
}


@require_POST
@citizen
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """撤回同意, 撤回公开: one click. A second click hears that it is done, also when nobody is known here any more."""
    if name not in ENDINGS:
        raise Http404("没有这一步")
    user = user_of(request)
    mine_ = Nomination.objects.filter(subject__key_rows__digest__in=user.person_keys()).distinct()
    nomination = mine_.filter(number=number).first()
    if nomination is None:
        if _left_before(user.audit_id, number):
            said.info(request, "已经撤回，没有任何后果")
            return redirect("me-honours")
        raise Http404("没有这一件")
    take, done = ENDINGS[name]
    return acting(request, lambda: take(nomination_id=nomination.pk, actor=user), done=done, then=reverse("me-honours"))


def _left_before(audit_id: str, number: str) -> bool:
    gone = Nomination.objects.filter(number=number, subject__isnull=True).values_list("pk", flat=True).first()
    told = Event.objects.filter(noun=noun(Nomination), object_id=str(gone), act="honour.withdrawn", actor_id=audit_id)
    return gone is not None and told.exists()


@require_POST
@citizen
def benefit(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """收到了、没有收到: mine alone to say."""
    user = user_of(request)
    row = get_object_or_404(Benefit.objects.about(user.person_keys()), number=number)
    doors: dict[str, tuple[Callable[[], object], str]] = {
        "receive": (lambda: benefiting.receive(benefit_id=row.pk, actor=user), "谢谢，已记下您收到了"),
        "deny": (lambda: benefiting.deny(benefit_id=row.pk, actor=user), "已记下您没有收到，实施单位会看到"),
    }
    if name not in doors:
        raise Http404("没有这一步")
    take, done = doors[name]
    return acting(request, take, done=done, then=reverse("me-honours"))
