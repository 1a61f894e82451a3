"""全部召回: everything that one platform holds of ours is withdrawn, in portions; resumed, it is said again.

Both stand in the feed's row and are done by the sweep: no broker can lose half of them, and no transaction is long.
"""

from django.db.models import Exists, OuterRef, Subquery

from daoli_credit.feeds.models import Delivery, Feed
from daoli_credit.feeds.models.delivery import UNSETTLED, Lane, State
from daoli_credit.feeds.workflows import delivery as states
from daoli_credit.law import clock
from records.models import CreditRecord, Holding, Revision
from records.models.revision import Kind
from records.workflows import restoring


def go_on(feed: Feed, most: int) -> int:
    """召回或者重新推送的下一批, inside the sweep's transaction. Returns how many revisions were said for it."""
    if feed.recalled_at is None:
        return 0
    return _recall(feed, most) if not feed.enabled else _say_again(feed, most)


def held_by(code: str) -> int:
    """召回会撤回多少条: the count that is shown before anybody presses."""
    return Holding.objects.filter(recipient=code, gone_at__isnull=True).count()


def _recall(feed: Feed, most: int) -> int:
    going = Delivery.objects.filter(feed=feed, record=OuterRef("record"), lane=Lane.WITHDRAWAL, state__in=UNSETTLED)
    held = Holding.objects.filter(recipient=feed.code, gone_at__isnull=True).exclude(Exists(going))
    found = list(held.order_by("pk")[:most])
    for one in found:
        last = Delivery.objects.filter(feed=feed, record=one.record_id).order_by("-number").first()
        revision = restoring.say_again(record_id=one.record_id, above=max(one.revision, last.number if last else 0))
        states.supersede_older(*states.owe(feed, [revision], State.WAITING, recall=True))
    return len(found)


def _say_again(feed: Feed, most: int) -> int:
    newest = Revision.objects.filter(record=OuterRef("record")).order_by("-number").values("pk")[:1]
    recalled = Delivery.objects.filter(
        feed=feed, lane=Lane.WITHDRAWAL, revision__kind=Kind.RESTATED, revision=Subquery(newest)
    )
    in_force = CreditRecord.objects.in_force(on=clock.today())
    found = list(recalled.filter(record__in=in_force).order_by("pk")[:most])
    for one in found:
        restoring.say_again(record_id=one.record_id, above=one.number)
    if not found:
        feed.recalled_at = None
        feed.save(update_fields=["recalled_at"])
    return len(found)
