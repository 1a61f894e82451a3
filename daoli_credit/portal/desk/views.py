"""工作台首页: what waits for this person, over all nouns."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daoli_credit.accounts import messages
from daoli_credit.accounts.access import staff
from daoli_credit.accounts.models import User
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.law import clock
from daoli_credit.portal import waiting as counting
from daoli_credit.portal.menu import Item, groups
from education import selectors as campaigns
from incentives.models import Listing
from incentives.selectors import case
from incentives.selectors.case import waiting_for
from records import promises, repairs, selectors
from records.models.record import Records, S

SHOWN = 8
# Rooms of the menu whose waiting work has a section of its own on this page.
OWN_SECTIONS = {"待复核", "信用修复", "异常查询", "查询与说明", "名单程序", "宣传活动"}


def _returned(user: User) -> Records:
    return selectors.own_drafts(user).filter(status=S.RETURNED)


COUNTED = (
    selectors.waiting_for_review,
    selectors.own_drafts,
    _returned,
    selectors.in_review,
    repairs.waiting_for,
    promises.waiting_for,
    *counting.LOOKS,
)


def _rooms(request: HttpRequest) -> list[Item]:
    """这个人的各个房间, but for the one they stand in."""
    return [item for _, items in groups(request) for item in items if not item.current]


@require_GET
@staff
def home(request: HttpRequest) -> HttpResponse:
    """工作台."""
    user = user_of(request)
    waiting = selectors.waiting_for_review(user)
    drafts = selectors.own_drafts(user)
    reviews, own, came_back, in_review, repairs_count, false_count, *looks = counting.of(user, "desk", COUNTED)
    listings = waiting_for(user) if user.may_anywhere("view_listings") else []
    mending = repairs.waiting_for(user)
    rooms, plans = _rooms(request), user.departments("plan_campaign")
    return render(
        request,
        "desk/home.html",
        {
            "listings": case.lines(
                Listing.objects.visible_to(user).filter(pk__in=[one.pk for one in listings[:SHOWN]])
            ),
            "listings_count": len(listings),
            "today": clock.today(),
            "waiting_rooms": [room for room in rooms if room.count and room.label not in OWN_SECTIONS],
            "rooms": rooms,
            "reviews": user.may_anywhere("review_record"),
            "enters": user.may_anywhere("submit_record"),
            "plans": bool(plans),
            "key_dates": campaigns.due(plans, today=clock.today()) if plans else [],
            "waiting": selectors.lines(waiting[:SHOWN]) if user.may_anywhere("review_record") else [],
            "waiting_count": reviews,
            "drafts": selectors.lines(drafts[:SHOWN]) if own else [],
            "drafts_count": own,
            "in_review_count": in_review,
            "handles": user.may_anywhere("handle_repair") or user.may_anywhere("decide_repair"),
            "repairs": repairs.lines(mending)[:SHOWN] if repairs_count else [],
            "repairs_count": repairs_count + false_count,
            "promises": promises.to_confirm(user)[:SHOWN] if false_count else [],
            "audits": user.officer == "audit",
            "unread": messages.unread(user),
            "looks_count": sum(looks),
            "returned_count": came_back,
        },
    )
