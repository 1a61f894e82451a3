"""休假委托: what I have lent, what is lent to me, and a form for the next leave."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from daoli_credit.accounts.access import staff
from daoli_credit.accounts.models import Delegation
from daoli_credit.accounts.models.user import Officer
from daoli_credit.accounts.people_forms import LendForm
from daoli_credit.accounts.selectors import people
from daoli_credit.accounts.views.answers import acting, filling
from daoli_credit.accounts.views.people import signed_in
from daoli_credit.accounts.workflows import lending as acts
from daoli_credit.law import clock


@require_http_methods(["GET", "POST"])
@staff
def delegations(request: HttpRequest) -> HttpResponse:
    """休假委托. A wrong form comes back whole."""
    user, today = signed_in(request), clock.today()
    form = LendForm(request.POST or None, user=user, initial={"from_on": today})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        answer = filling(
            request, form,
            lambda: acts.lend(
                duties=form.chosen(), taker_id=typed["taker"].pk, from_on=typed["from_on"],
                until_on=typed["until_on"], reason=typed["reason"], actor=user,
            ),
            done=f"已委托给{typed['taker']}，过了 {typed['until_on']} 自动失效",
            then=reverse("delegations"),
        )  # fmt: skip
        if answer:
            return answer
    found = people.page(user)
    facts = {
        "form": form, "lends": bool(form.held), "given": found.given, "taken": found.taken, "today": today,
        "over": Delegation.objects.filter(giver=user).exclude(pk__in=[one.pk for one in found.given])
        .select_related("taker", "department").order_by("-until_on", "-pk")[:10],
    }  # fmt: skip
    return render(request, "accounts/delegations.html", facts, status=422 if request.method == "POST" else 200)


@require_POST
@staff
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """提前结束: one's own, or any for the security officer; another's is not there."""
    user = signed_in(request)
    secures = user.officer == Officer.SECURITY
    loan = get_object_or_404(Delegation.objects.all() if secures else Delegation.objects.filter(giver=user), pk=pk)
    then = reverse("person", args=[loan.giver_id]) if secures else reverse("delegations")
    return acting(request, lambda: acts.end(loan_id=pk, actor=user), done="委托已经结束，当即生效", then=then)
