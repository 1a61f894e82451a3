"""造推送单: by the true sweep."""

from typing import Any

from daoli_credit.feeds import bodies
from daoli_credit.feeds.channels import Channel
from daoli_credit.feeds.models import Delivery
from daoli_credit.feeds.models.delivery import Held
from daoli_credit.feeds.workflows import delivery as states
from daoli_credit.feeds.workflows import sweeping
from tests import make, make_assessments
from tests.cast import Cast

CHANNEL = Channel("hlj", "信用中国（黑龙江）", "http://127.0.0.1:1", "k" * 32, "1")
CONNECTED = {"hlj": {"title": CHANNEL.title, "url": CHANNEL.url, "key": CHANNEL.key, "key_id": CHANNEL.key_id}}


def refused(cast: Cast, **typed: Any) -> Delivery:
    """A delivery that the platform has refused: held, and the determining department's to answer."""
    one = owed(cast, **typed)
    bodies.store(one, b"{}")
    one.attempts = 1
    states.hold(one, Held.REJECTED, "对方退回：事项代码不在目录里")
    return one


def owed(cast: Cast, **typed: Any) -> Delivery:
    """A delivery of a new record in force, waiting to be sent."""
    make_assessments.feed(CHANNEL.code)
    record = make.effective(cast, **typed)
    sweeping.sweep(CHANNEL)
    return Delivery.objects.get(feed=CHANNEL.code, record=record)
