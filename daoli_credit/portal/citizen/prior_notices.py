"""我的事先告知: what is intended and on what it rests, my words, and what came of them."""

from collections.abc import Callable

from django.contrib import messages as said
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from daoli_credit.accounts.access import citizen
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.audit import events
from daoli_credit.portal.citizen import own
from daoli_credit.workflow import AlreadyDone, RuleBroken, Stale, WrongState, available
from incentives.models import PreAdverseNotice
from incentives.rules import notice_gate
from incentives.rules.notice_steps import STEPS
from incentives.selectors import notice_page
from incentives.statement_forms import StatementForm
from incentives.workflows import notice_answering as answering


def _found(request: HttpRequest, number: str) -> PreAdverseNotice:
    mine = PreAdverseNotice.objects.about(user_of(request).person_keys())
    return get_object_or_404(
        mine.select_related(*notice_page.RELATED, "notice_message", "decision_message"), number=number
    )


@transaction.atomic
def _shown(request: HttpRequest, number: str, form: StatementForm, *, status: int = 200) -> HttpResponse:
    user, notice = user_of(request), _found(request, number)
    look = events.own_look(actor=user, person_key=user.person_keys()[0], shown=["measures"])
    facts = {
        "page": notice_page.page(notice, look, own=True),
        "notice": notice,
        "steps": available(STEPS, notice, user),
        "form": form,
        "waiver": notice_gate.waiver(notice),
        "seen": own.worded(user, own.shown(user, by_others=True).filter(case_number=notice.number)),
    }
    return render(request, "citizen/prior_notice.html", facts, status=status)


@require_GET
@citizen
def notice(request: HttpRequest, number: str) -> HttpResponse:
    """我的事先告知: the notice as told, until when I may answer, my words, the decision and its reasons."""
    return _shown(request, number, StatementForm())


@require_POST
@citizen
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """本人办一步: state, answer, waive or take back. A refused statement comes back whole."""
    row, user = _found(request, number), user_of(request)
    form = StatementForm(request.POST if name == "state" else None)
    if name == "state" and not form.is_valid():
        return _shown(request, number, form, status=422)
    text = form.cleaned_data["text"] if form.is_bound else ""
    doors: dict[str, tuple[Callable[[], PreAdverseNotice], str]] = {
        "state": (
            lambda: answering.state(notice_id=row.pk, actor=user, text=text),
            "意见已提交，副本在您的消息里；期限内还可以补充",
        ),
        "waive": (lambda: answering.waive(notice_id=row.pk, actor=user), "已登记放弃陈述申辩，24 小时内可以撤回"),
        "take-back": (lambda: answering.take_back(notice_id=row.pk, actor=user), "已撤回，期限内可以陈述申辩"),
    }
    if name == "state" and form.cleaned_data["that_is_all"]:
        doors["state"] = (
            lambda: answering.answer(notice_id=row.pk, actor=user, text=text),
            "意见已提交，您表示没有别的要补充；副本在您的消息里",
        )
    if name not in doors:
        raise Http404("没有这一步")
    take, done = doors[name]
    try:
        take()
    except AlreadyDone as why:
        said.info(request, str(why))
    except RuleBroken as why:
        if name != "state":
            said.error(request, str(why))
            return redirect("me-prior-notice", number)
        form.add_error("text", str(why))
        return _shown(request, number, form, status=422)
    except (WrongState, Stale) as why:
        current = reverse("me-prior-notice", args=[number])
        return render(request, "409.html", {"reason": str(why), "current": current}, status=409)
    else:
        said.success(request, done)
    return redirect("me-prior-notice", number)
