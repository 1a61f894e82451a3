"""列入案件的日程: the answer period, the post, and the office's own steps where the list type limits them."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from daoli_credit.accounts.due import Due, Reach, register
from daoli_credit.law import clock
from incentives.models import Listing
from incentives.models.status import S
from incentives.selectors import course


def _next(listing: Listing) -> tuple[date, str, bool] | None:
    """下一个日子: the end of the answer period, then the day after which the post may be checked, then the step."""
    if listing.status == S.NOTIFIED and listing.answer_due_on and listing.transit_due_on:
        if clock.today() <= listing.answer_due_on:
            return listing.answer_due_on, "列入案件陈述申辩届满", listing.answer_provisional
        if clock.today() <= listing.transit_due_on:
            return listing.transit_due_on, "列入案件在途等待届满，次日起核对", listing.answer_provisional
        return clock.today(), "列入案件在途等待已满，可以核对", False
    due = course.due(listing)
    return (due[1], f"列入案件最晚{due[0]}", False) if due else None


def listings(reach: Reach, until: date) -> Iterator[Due]:
    """办理中的列入案件."""
    for one in Listing.objects.running().filter(department_id__in=reach.ids("view_listings")):
        found = _next(one)
        if found and found[0] <= until:
            on, says, provisional = found
            yield Due(
                on, "listing", one.number, says, one.department_id, reverse("listing", args=[one.number]), provisional
            )


register("listing", "列入案件", listings)
