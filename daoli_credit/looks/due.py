"""查询监督的日程: explanations to give, and delays that end."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from daoli_credit.accounts.due import Due, Reach, register
from daoli_credit.law import clock
from daoli_credit.looks.models import Explanation, LookDelay
from daoli_credit.looks.models.delay import D
from daoli_credit.looks.models.explanation import E
from daoli_credit.looks.rules import clocks


def explanations(reach: Reach, until: date) -> Iterator[Due]:
    """查询说明的答复."""
    for one in Explanation.objects.filter(department_id__in=reach.ids("explain_looks"), status=E.RAISED):
        due = clocks.due(one)
        if due and due <= until:
            address = reverse("explanation", args=[one.number])
            yield Due(due, "explanation", one.number, "查询说明最晚答复", one.department_id, address)


def delays(reach: Reach, until: date) -> Iterator[Due]:
    """暂缓告知的止日: on the next day the person reads the look."""
    found = LookDelay.objects.filter(
        department_id__in=reach.ids("delay_look", "approve_delay"),
        status=D.SIGNED,
        until_on__gte=clock.today(),
        until_on__lte=until,
    )
    for number, on, body in found.values_list("number", "until_on", "department_id"):
        says = "暂缓告知届满，次日起本人看得到"
        yield Due(on, "delay", number, says, body, reverse("delay", args=[number]), by_itself=True)


register("explanation", "查询说明", explanations)
register("delay", "暂缓告知", delays)
