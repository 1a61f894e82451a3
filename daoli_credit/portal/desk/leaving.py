"""停用账号的页: it names what the leaver leaves to others, so it stands above all the nouns."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from daoli_credit.accounts import service_keys
from daoli_credit.accounts.access import officers
from daoli_credit.accounts.people_forms import CloseForm
from daoli_credit.accounts.selectors import people
from daoli_credit.accounts.views.answers import filling
from daoli_credit.accounts.views.people import person, signed_in
from daoli_credit.accounts.workflows.people import close as closing
from daoli_credit.portal.desk import handing_over


@require_http_methods(["GET", "POST"])
@officers("system")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """停用账号: shows what is taken away and what is left, and asks for the reason."""
    user = person(pk)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = filling(
            request, form,
            lambda: closing(user_id=pk, why=form.cleaned_data["why"], actor=signed_in(request)),
            done=f"{user}的账号已停用：职责、委托和会话当即全部收回", then=reverse("person", args=[pk]),
        )  # fmt: skip
        if answer:
            return answer
    facts = {
        "form": form,
        "person": user,
        "page": people.page(user),
        "left": handing_over.left_by(user),
        "keys": service_keys.seen_by(user),
    }
    return render(request, "accounts/person_close.html", facts, status=422 if request.method == "POST" else 200)
