"""我的名单登记: what a court or another body decided about me, as it was registered, with remedy and exit."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from daoli_credit.accounts.access import citizen
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.audit import events
from daoli_credit.portal.citizen import own
from incentives.models import Registration
from incentives.selectors import ends, outside


@require_GET
@citizen
@transaction.atomic
def registration(request: HttpRequest, number: str) -> HttpResponse:
    """一件登记, once it is confirmed: who decided, how I was told, what I can do, and how it ended."""
    user = user_of(request)
    related = ("department", "record", "subject", "item")
    found = Registration.objects.about(user.person_keys()).select_related(*related)
    made = get_object_or_404(found, number=number)
    look = events.own_look(actor=user, person_key=user.person_keys()[0], shown=["listing"])
    facts = {
        "page": outside.page(made, look),
        "made": made,
        "marks": ends.marks(made.record),
        "seen": own.worded(user, own.shown(user, by_others=True).filter(case_number=made.number)),
    }
    return render(request, "citizen/registration.html", facts)
