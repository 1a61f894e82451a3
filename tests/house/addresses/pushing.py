"""Objects of the feeds pages, and a record that waits for its service to be registered."""

from django.urls import reverse

from tests import make, make_feeds
from tests.cast import Cast


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address of an object of each kind."""
    waiting = make.effective(cast, serial=7, service="", served_on="")
    owed = make_feeds.owed(cast, serial=8)
    feed = [
        *("feed-deliveries", "feed-pause", "feed-resume", "feed-reconcile", "feed-receipts"),
        *("demo-drill", "feed-recall", "feed-hurry", "feed-retry-all", "feed-copies"),
        *("feed-differences", "feed-say-again", "feed-coming", "feed-sheet", "feed-holding", "feed-log"),
    ]
    refused = make_feeds.refused(cast, serial=9)
    return {
        "feed-record": reverse("feed-record", args=[owed.record.number]),
        "feed-answer": reverse("feed-answer", args=[refused.key]),
        "record-serve": reverse("record-serve", args=[waiting.number]),
        **{name: reverse(name, args=[owed.feed_id]) for name in feed},
        **{name: reverse(name, args=[owed.feed_id, owed.key]) for name in ("feed-delivery", "feed-retry")},
    }
