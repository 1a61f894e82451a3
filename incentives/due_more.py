"""措施、提前移出、荣誉邀请、事先告知的日程: what the offices and the persons have to do by when. One query per noun."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from daoli_credit.accounts.due import Due, Reach, register
from daoli_credit.law import clock
from incentives.models import EarlyExit, MeasureTask, Nomination, PreAdverseNotice
from incentives.models.early_exit import X
from incentives.models.measure_task import T
from incentives.models.nomination_status import S
from incentives.models.pre_adverse_status import P
from records.models import CreditRecord


def lifting(reach: Reach, until: date) -> Iterator[Due]:
    """应解除的措施, by the last day; what the body still applies ends with its own term."""
    mine = MeasureTask.objects.filter(department_id__in=reach.ids("report_measure"), status=T.TO_LIFT)
    rows = mine.filter(lift_due_on__lte=until).values_list("number", "lift_due_on", "title", "department_id")
    for number, on, title, body in rows:
        if on is not None:
            yield Due(on, "measure", number, f"{title}：最晚解除", body, reverse("measure", args=[number]))


def leaving(reach: Reach, until: date) -> Iterator[Due]:
    """提前移出的决定."""
    asked = EarlyExit.objects.filter(
        department_id__in=reach.ids("view_listings"),
        record__in=CreditRecord.objects.in_force(on=clock.today()),
        status=X.ASKED,
        due_on__lte=until,
    )
    for number, on, body in asked.values_list("number", "due_on", "department_id"):
        if on is not None:
            yield Due(on, "exit", number, "提前移出最晚决定", body, reverse("early-exit", args=[number]))


def invitations(reach: Reach, until: date) -> Iterator[Due]:
    """荣誉邀请的有效期: over by itself, and nothing follows from it."""
    waiting = Nomination.objects.filter(department_id__in=reach.ids("nominate_honour"), status=S.INVITED)
    rows = waiting.filter(good_until__gte=clock.today(), good_until__lte=until)
    for number, on, body in rows.values_list("number", "good_until", "department_id"):
        says = "荣誉邀请到期，还要推荐的重发"
        yield Due(on, "honour", number, says, body, reverse("honour", args=[number]), by_itself=True)


def answers(reach: Reach, until: date) -> Iterator[Due]:
    """事先告知: the end of the person's answer, then the post; until then nothing adverse may be decided."""
    told = PreAdverseNotice.objects.filter(
        department_id__in=reach.ids("check_applicants", "approve_check"), status=P.NOTIFIED
    )
    for one in told:
        if one.answer_due_on is None or one.transit_due_on is None:
            continue
        today, on, says = clock.today(), one.answer_due_on, "事先告知答复期届满"
        if today > one.answer_due_on:
            on, says = max(one.transit_due_on, today), "事先告知在途等待届满，次日起核对"
        if on <= until:
            address = reverse("prior-notice", args=[one.number])
            yield Due(on, "prior-notice", one.number, says, one.department_id, address, one.answer_provisional)


register("measure", "措施解除", lifting)
register("exit", "提前移出", leaving)
register("honour", "荣誉邀请", invitations)
register("prior-notice", "事先告知", answers)
