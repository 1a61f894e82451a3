"""恢复备份: a database older than what was said of it outside serves nobody until that is settled."""

import time

from django.db import connection

from daoli_credit.audit import events, roots
from daoli_credit.audit.acts import register
from daoli_credit.audit.events import Actor
from daoli_credit.audit.models import Seal
from daoli_credit.law import clock

SETTLED = register("evidence.restored", "恢复备份以后，库外的根另存")
CHECK_EVERY = 30.0  # seconds; a database can be restored under a running process

_asked: dict[tuple[str, str], tuple[float, bool]] = {}


def behind() -> bool:
    """数据库旧于库外的根, or one of the two was altered. Asked at most twice a minute by a process."""
    here = (str(roots.place()), str(connection.settings_dict["NAME"]))
    until, known = _asked.get(here, (0.0, False))
    if time.monotonic() < until:
        return known
    _asked.clear()
    _asked[here] = (time.monotonic() + CHECK_EVERY, not _agree())
    return _asked[here][1]


def forget() -> None:
    """重新看: the next question is asked of the database."""
    _asked.clear()


def _agree() -> bool:
    try:
        roots.agree(roots.newest())
    except roots.RootsDisagree:
        return False
    return True


def settle(*, actor: Actor) -> str:
    """旧根另存, and the roots of this database begin a new file; both lie side by side and show what was lost.

    Returns the name of the file that was set aside, "" when database and roots agree. Harmless twice.
    """
    forget()
    if _agree():
        return ""
    last, mine = roots.newest(), Seal.objects.order_by("-pk").first()
    name = roots.set_aside(f"{clock.now():%Y%m%d-%H%M%S}")
    events.record(
        act=SETTLED,
        noun="evidence",
        object_id=name,
        actor=actor,
        opinion=f"库外已到第 {last['id'] if last else 0} 次封存，数据库到第 {mine.pk if mine else 0} 次",
    )
    roots.publish()
    return name
