"""清除报文: what is settled is never sent again, so after its term only its digest is kept."""

from django.db import transaction
from django.db.models import QuerySet

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.feeds.models import Delivery
from daoli_credit.feeds.rules.patience import BODY_TERM
from daoli_credit.feeds.workflows.sweeping import locked
from daoli_credit.law import clock
from records.outgoing import HANDLER

DROPPED = register("feed.bodies-dropped", "到期清除推送报文")
AT_ONCE = 5000


def due() -> QuerySet[Delivery]:
    """到期的: settled long enough ago, and still with their bytes; the oldest first, by an index of these alone."""
    settled = Delivery.objects.filter(settled_at__lt=clock.now() - BODY_TERM, body__isnull=False)
    return settled.order_by("settled_at")


@transaction.atomic
def drop() -> int:
    """清除到期的报文, the oldest first. Returns how many; 0 also when another worker is at it. Harmless twice."""
    if not locked("drop bodies"):
        return 0
    chosen = list(due().values_list("pk", flat=True)[:AT_ONCE])
    count = Delivery.objects.filter(pk__in=chosen).update(body=None, body_dropped_at=clock.now())
    if count:
        events.record(
            act=DROPPED, noun="feed", object_id="all", actor=User.objects.system(), department=HANDLER, count=count
        )
    return count
