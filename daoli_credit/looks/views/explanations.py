"""一件查询说明 on the desk of the department that looked."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from daoli_credit.accounts import messages as letters
from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import seen_of, user_of
from daoli_credit.law import clock
from daoli_credit.looks import selectors
from daoli_credit.looks.forms import AnswerForm
from daoli_credit.looks.models import Explanation
from daoli_credit.looks.rules import clocks
from daoli_credit.looks.views.reading import by_form
from daoli_credit.looks.workflows import explaining as acts
from daoli_credit.workflow import available, noun


@require_http_methods(["GET", "POST"])
@requires("explain_looks")
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一件说明. The page says nothing about who asked: the look's own case number is enough to answer."""
    user = user_of(request)
    found = Explanation.objects.visible_to(user).select_related("department", "looked_by", "question", "answer")
    one = get_object_or_404(found, number=number)

    def page(form: forms.Form, status: int = 200) -> HttpResponse:
        facts = {
            "one": one,
            "line": selectors.line(one.look_id),
            "question": letters.text(one.question) if one.question else "",
            "answer": letters.text(one.answer) if one.answer else "",
            "due": clocks.due(one),
            "overdue": one.status == "raised" and clocks.overdue(one, clock.today()),
            "basis": clocks.basis(),
            "mine": one.looked_by_id == user.pk,
            "steps": available(acts.STEPS, one, user),
            "history": selectors.steps_of(noun(Explanation), one.pk),
            "form": form,
        }
        return render(request, "looks/explanation.html", facts, status=status)

    if request.method == "GET":
        return page(AnswerForm())
    form = AnswerForm(request.POST)
    return by_form(
        request,
        form,
        lambda: acts.answer(explanation_id=one.pk, actor=user, seen=seen_of(request), **form.cleaned_data),
        again=lambda wrong: page(wrong, 422),
        done=f"{number} 已说明，本人会收到原文",
        then=reverse("look-desk"),
        in_turn="answer" in available(acts.STEPS, one, user),
    )
