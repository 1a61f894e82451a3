"""市民的本人声明: written beside a record, and taken back."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from daoli_credit.accounts.access import citizen
from daoli_credit.accounts.views.answers import acting, user_of
from daoli_credit.audit import events
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.law import pack
from daoli_credit.portal.citizen import own
from daoli_credit.workflow import AlreadyDone, RuleBroken
from records import statements
from records.workflows import statement as acts


class StatementForm(forms.Form):
    """声明."""

    words = forms.CharField(
        label="您的声明",
        help_text="看到这一条的人都会看到它。请不要写证件号码和电话，也不要写别人的事",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "请写下声明；不想再附的，请撤下"},
    )


@require_http_methods(["GET", "POST"])
@citizen
@transaction.atomic
def write(request: HttpRequest, number: str) -> HttpResponse:
    """附本人声明."""
    user = user_of(request)
    record = get_object_or_404(own.records(user).select_related("item", "department", "subject"), number=number)
    standing = statements.of(record)
    form = StatementForm(request.POST or None, initial={"words": standing})
    if request.method == "POST" and form.is_valid():
        try:
            acts.make(record_id=record.pk, actor=user, words=form.cleaned_data["words"])
        except AlreadyDone as said:
            messages.info(request, str(said))
            return redirect("me-record", number)
        except (RuleBroken, OpinionRefused) as why:
            form.add_error("words", str(why))
        else:
            messages.success(request, "声明已附在这一条上，收录方会收到")
            return redirect("me-record", number)
    events.own_look(actor=user, person_key=user.person_keys()[0], shown=["record"])
    facts = {
        "record": record,
        "item": pack.current().item(record.item_id),
        "form": form,
        "standing": standing,
        "longest": statements.longest(),
    }
    return render(request, "citizen/statement.html", facts, status=422 if request.method == "POST" else 200)


@require_POST
@citizen
def take_back(request: HttpRequest, number: str) -> HttpResponse:
    """撤下声明."""
    user = user_of(request)
    record = get_object_or_404(own.records(user), number=number)
    return acting(
        request,
        lambda: acts.take_back(record_id=record.pk, actor=user),
        done="声明已撤下，收录方会收到",
        then=reverse("me-record", args=[number]),
    )
