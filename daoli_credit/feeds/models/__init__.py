"""推送的名词."""

from daoli_credit.feeds.models.attempt import Attempt
from daoli_credit.feeds.models.delivery import Delivery
from daoli_credit.feeds.models.feed import Feed
from daoli_credit.feeds.models.prepared import Prepared
from daoli_credit.feeds.models.receipt import Receipt
from daoli_credit.feeds.models.reconciliation import Discrepancy, Reconciliation, TheirCopy

__all__ = ["Attempt", "Delivery", "Discrepancy", "Feed", "Prepared", "Receipt", "Reconciliation", "TheirCopy"]
