"""造推送单: by the true sweep."""

from typing import Any

from daoli_credit.feeds.channels import Channel
from daoli_credit.feeds.models import Delivery
from daoli_credit.feeds.workflows import sweeping
from tests import make, make_assessments
from tests.cast import Cast

CHANNEL = Channel("hlj", "信用中国（黑龙江）", "http://127.0.0.1:1", "k" * 32, "1")
CONNECTED = {"hlj": {"title": CHANNEL.title, "url": CHANNEL.url, "key": CHANNEL.key, "key_id": CHANNEL.key_id}}


def owed(cast: Cast, **typed: Any) -> Delivery:
    """A delivery of a new record in force, waiting to be sent."""
    make_assessments.feed(CHANNEL.code)
    record = make.effective(cast, **typed)
    sweeping.sweep(CHANNEL)
    return Delivery.objects.get(feed=CHANNEL.code, record=record)
