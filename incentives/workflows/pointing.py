"""记要点: what the person said becomes points as it comes in, and each gets its answer in legal review, once."""

from collections.abc import Sequence

from daoli_credit.accounts.models import Message
from daoli_credit.law import clock
from incentives.models import Defence, Listing, Point
from incentives.rules import points, to_answer
from incentives.rules.to_answer import Reply


def take_down(listing: Listing, text: str, *, message: Message | None, defence: Defence | None = None) -> None:
    """记下各点, after those that are there. Without a message the whole is one point, in the hearing's record."""
    places: list[tuple[int, int | None]] = [*points.split(text)] if message else [(0, None)]
    first = Point.objects.filter(listing=listing).count() + 1
    for place, (begins, ends) in enumerate(places, first):
        Point.objects.create(listing=listing, defence=defence, message=message, place=place, begins=begins, ends=ends)


def reply(listing: Listing, replies: Sequence[Reply]) -> None:
    """逐点回应: one reply for each point, all of them; `to_answer.refusal` was asked before."""
    for point, given in zip(to_answer.points(listing), replies, strict=False):
        point.outcome, point.reply, point.replied_on = given.outcome, given.reason.strip(), clock.today()
        point.save(update_fields=["outcome", "reply", "replied_on"])
