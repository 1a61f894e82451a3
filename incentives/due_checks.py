"""核查一边的日程: answers to applications for sharing, sharing that ends, and feedback that is owed."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Min, Q
from django.urls import reverse

from daoli_credit.accounts.due import Due, Reach, register
from daoli_credit.law import clock
from incentives.models import Sharing
from incentives.models.sharing import H
from incentives.selectors.checks import unanswered


def sharings(reach: Reach, until: date) -> Iterator[Due]:
    """共享授权: the provider's answer, and for the department that uses it the day after which nothing is seen."""
    answering, using = reach.ids("answer_sharing"), reach.ids("apply_sharing")
    asked = Q(status=H.ASKED, provider__in=answering, due_on__lte=until)
    ends = Q(status=H.ACTIVE, department__in=using, active_until__gte=clock.today(), active_until__lte=until)
    rows = Sharing.objects.filter(asked | ends).order_by("pk")
    for number, status, due, last, provider, department in rows.values_list(
        "number", "status", "due_on", "active_until", "provider_id", "department_id"
    ):
        address = reverse("sharing", args=[number])
        if status == H.ASKED and due is not None:
            yield Due(due, "sharing", number, "共享申请最晚答复", provider, address)
        elif last is not None:
            yield Due(last, "sharing", number, "共享授权到期，要续的请申请", department, address, by_itself=True)


def feedback(reach: Reach, until: date) -> Iterator[Due]:
    """措施反馈: one line for a check, on its earliest day; none where everything found has ended since."""
    rows = (
        unanswered()
        .filter(check_made__department__in=reach.ids("check_applicants"))
        .values_list("check_made__number", "check_made__department")
        .annotate(on=Min("due_on"))
        .filter(on__lte=until)
        .order_by("on", "check_made__number")
    )
    for number, department, on in rows:
        yield Due(on, "feedback", number, "核查查到的措施最晚反馈", department, reverse("check", args=[number]))


register("sharing", "共享授权", sharings)
register("feedback", "措施反馈", feedback)
