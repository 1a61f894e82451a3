"""说撤下了却仍有: by its own list a platform holds what is over here and what it said was gone.

Who holds a copy is read from the holdings, on the person's page too. So such a copy counts as held again until the
platform confirms another withdrawal, or its list names it no longer (docs/adr/0060).
"""

from collections.abc import Collection

from django.db.models import OuterRef, Subquery

from daoli_credit.feeds.models import Delivery, Discrepancy, Feed
from daoli_credit.feeds.models.delivery import Lane, State
from records.models import Holding
from records.workflows import holding


def put_right(feed: Feed, theirs: Collection[str]) -> None:
    """收录方照它的清单记, for what has ended here. The caller has locked the feed, and the alarms are raised."""
    alarms = Discrepancy.objects.filter(feed=feed, alarm=True, cleared_at__isnull=True).values("record_number")
    named = Holding.objects.filter(recipient=feed.code, record__number__in=alarms, gone_at__isnull=False)
    for one in named.order_by("record"):
        holding.is_back(record_id=one.record_id, recipient=feed.code)
    last = Delivery.objects.filter(feed=feed, record=OuterRef("record")).order_by("-number")
    back = Holding.objects.filter(recipient=feed.code, gone_at__isnull=True, revision=holding.HANDED)
    back = back.annotate(
        lane=Subquery(last.values("lane")[:1]),
        state=Subquery(last.values("state")[:1]),
        last=Subquery(last.values("number")[:1]),
    )
    for one in back.filter(lane=Lane.WITHDRAWAL, state=State.CONFIRMED).select_related("record").order_by("record"):
        if one.record.number not in theirs:
            facts = {"recipient": feed.code, "title": one.recipient_title, "revision": one.last}
            holding.confirm_gone(record_id=one.record_id, **facts)
