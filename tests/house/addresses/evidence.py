"""An event that is not sealed yet: its proof is refused in words."""

from django.urls import reverse

from daoli_credit.audit import events
from tests.cast import Cast


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address of the event."""
    event = events.record(act="user.signed-in", noun="user", object_id=cast.clerk.pk, actor=cast.clerk)
    return {name: reverse(name, args=[event.pk]) for name in ("evidence-event", "evidence-proof")}
