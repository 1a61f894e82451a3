"""谁看过: every look at the person, newest first, and asking why."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts import messages as letters
from daoli_credit.accounts.access import citizen
from daoli_credit.accounts.views.answers import acting, user_of
from daoli_credit.audit import events
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.law import clock
from daoli_credit.looks import selectors
from daoli_credit.looks.models import Explanation
from daoli_credit.looks.rules import clocks
from daoli_credit.looks.workflows import explaining as acts
from daoli_credit.portal.citizen import own
from daoli_credit.workflow import AlreadyDone, available, noun

PER_PAGE = 20
FILTERS = (("", "全部"), ("others", "别人查看"), ("own", "自己查看"))


class QuestionForm(forms.Form):
    """您想问的: may be left empty."""

    question = forms.CharField(
        label="您想问的",
        required=False,
        max_length=300,
        help_text="可以不写。最多 300 字，请不要写证件号码和电话",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "最多 300 字，请写短一些"},
    )


@require_GET
@citizen
@transaction.atomic
def listing(request: HttpRequest) -> HttpResponse:
    """谁看过我的信息."""
    user, chosen = user_of(request), request.GET.get("of", "")
    if user.person_key is None:
        return redirect("sign-in-unverified")
    rows = own.shown(user)
    mine = Q(kind=LookUp.Kind.OWN)
    found = {"": rows, "own": rows.filter(mine), "others": rows.exclude(mine)}
    times = rows.aggregate(all=Count("pk"), own=Count("pk", filter=mine))
    counts = {"": times["all"], "own": times["own"], "others": times["all"] - times["own"]}
    pages = Paginator(found.get(chosen, rows), PER_PAGE)
    pages.count = counts.get(chosen, times["all"])
    page = pages.get_page(request.GET.get("page"))
    facts = {
        "page": page,
        "rows": own.worded(user, page.object_list),
        "filters": [(value, label, counts[value]) for value, label in FILTERS],
        "chosen": chosen,
    }
    return render(request, "citizen/looks.html", facts)


@require_http_methods(["GET", "POST"])
@citizen
def explain(request: HttpRequest, look_id: int) -> HttpResponse:
    """请说明这次查询. A look that is not about this person, or not told today, is as if it never was."""
    user = user_of(request)
    if selectors.own_look(user, look_id) is None:
        raise Http404("没有这次查询")
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            one = acts.ask(look_id=look_id, actor=user, question=form.cleaned_data["question"])
        except AlreadyDone as said:
            messages.info(request, str(said))
            return redirect("me-looks")
        except OpinionRefused as why:
            form.add_error("question", str(why).replace("意见里", "这里"))
        else:
            messages.success(request, "已请本单位说明；答复会发消息告诉您，也在这里看")
            return redirect("me-explanation", one.number)
    facts = {"form": form, "line": selectors.line(look_id), "limit": clocks.limit(), "basis": clocks.basis()}
    return render(request, "citizen/look_explain.html", facts, status=422 if form.errors else 200)


def _own(request: HttpRequest, number: str) -> Explanation:
    found = Explanation.objects.about(user_of(request).person_keys())
    return get_object_or_404(found.select_related("department", "question", "answer", "answered_by"), number=number)


@require_GET
@citizen
@transaction.atomic
def explanation(request: HttpRequest, number: str) -> HttpResponse:
    """我请求的一件说明: where it stands, by which day, and the answer word for word."""
    user, one = user_of(request), _own(request, number)
    events.own_look(actor=user, person_key=user.person_keys()[0], shown=["explanation"])
    facts = {
        "one": one,
        "line": selectors.line(one.look_id),
        "question": letters.text(one.question) if one.question else "",
        "answer": letters.text(one.answer) if one.answer else "",
        "due": clocks.due(one),
        "overdue": one.status == "raised" and clocks.overdue(one, clock.today()),
        "basis": clocks.basis(),
        "steps": available(acts.STEPS, one, user),
        "history": selectors.steps_of(noun(Explanation), one.pk),
    }
    return render(request, "citizen/explanation.html", facts)


@require_POST
@citizen
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """撤回请求."""
    one, user = _own(request, number), user_of(request)
    return acting(
        request,
        lambda: acts.withdraw(explanation_id=one.pk, actor=user),
        done="已撤回，没有任何不利后果",
        then=reverse("me-explanation", args=[number]),
    )
