"""工作台首页: what waits for this person, over all nouns."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daoli_credit.accounts import messages
from daoli_credit.accounts.access import staff
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.law import clock
from daoli_credit.looks import selectors as looks
from daoli_credit.portal.menu import Item, groups
from incentives.models import Listing
from incentives.selectors import case
from incentives.selectors.case import waiting_for
from records import leaves, repairs, selectors
from records.models.record import S

SHOWN = 8
# Rooms of the menu whose waiting work has a section of its own on this page.
OWN_SECTIONS = {"待复核", "信用修复", "异常查询", "查询与说明", "名单程序", "宣传活动"}


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
    in_review = selectors.in_review(user)
    listings = waiting_for(user) if user.may_anywhere("view_listings") else []
    mending = repairs.waiting_for(user)
    rooms = _rooms(request)
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
            "plans": user.may_anywhere("plan_campaign"),
            "waiting": selectors.lines(waiting[:SHOWN]) if user.may_anywhere("review_record") else [],
            "waiting_count": leaves.counted(waiting),
            "drafts": selectors.lines(drafts[:SHOWN]),
            "drafts_count": drafts.count(),
            "in_review_count": leaves.counted(in_review),
            "handles": user.may_anywhere("handle_repair") or user.may_anywhere("decide_repair"),
            "repairs": repairs.lines(mending)[:SHOWN],
            "repairs_count": mending.count(),
            "audits": user.officer == "audit",
            "unread": messages.unread(user),
            "looks_count": looks.waiting_for(user),
            "returned_count": drafts.filter(status=S.RETURNED).count(),
        },
    )
