"""安全事件的日程: a clock in hours, shown on the day on which it runs out."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from daoli_credit.accounts.due import Due, Reach, register
from daoli_credit.law import clock
from daoli_credit.supervision import incident_clock
from daoli_credit.supervision.models import Incident


def incidents(reach: Reach, until: date) -> Iterator[Due]:
    """还没有通知监管部门的安全事件."""
    bodies = reach.ids("draft_assessment", "approve_assessment")
    for one in Incident.objects.filter(department_id__in=bodies, told_authority_at__isnull=True):
        due = incident_clock.of(one).due
        on = due.astimezone(clock.CHINA).date() if due else clock.today()
        if on <= until:
            says = f"安全事件最晚 {due.astimezone(clock.CHINA):%H:%M} 通知" if due else "安全事件应立即通知"
            yield Due(on, "incident", one.number, says, one.department_id, reverse("incident", args=[one.number]))


register("incident", "安全事件", incidents)
