"""定时任务: each harmless when two beats run; a slow platform never holds up another."""

import logging
import time

from celery import shared_task
from django.db import DatabaseError

from daoli_credit.audit import restored
from daoli_credit.feeds import channels, selectors
from daoli_credit.feeds.adapters import Unreachable
from daoli_credit.feeds.workflows import dropping, preparing, reconciling, sending, settling, sweeping
from records.workflows import removals

log = logging.getLogger(__name__)
AT_MOST = 20.0  # seconds of sending in one task; the next one goes on
STALE_AFTER = 15  # a sending task that could not begin by then is dropped: another is due anyway


@shared_task
def sweep() -> int:
    """扫描, after what the day has ended, then one sending task per feed. Returns how many deliveries were made."""
    made = 0
    if restored.behind():
        return 0  # an older database knows nothing of what has ended since: nothing leaves it
    _end_what_is_prepared()
    for channel in channels.all_of_them():
        while portion := sweeping.sweep(channel):
            made += portion
        send.apply_async((channel.code,), expires=STALE_AFTER)
        if selectors.asked_to_reconcile(channel.code):
            reconcile.apply_async((channel.code,), expires=STALE_AFTER)
    return made


def _end_what_is_prepared() -> None:
    """到日撤回: whatever goes wrong with it, the rest of the sweep goes on, and the page shows what is late."""
    try:
        ended = 0
        for channel in channels.all_of_them():
            preparing.prepare(channel)
            ended += preparing.take(channel)
        if ended:
            removals.journal()
    except (DatabaseError, OSError):
        log.exception("到日的撤回没有办成，下一次扫描再办")


@shared_task
def send(code: str) -> int:
    """发送 to one feed until nothing is due, or it is somebody else's turn. Returns how many rows were sent."""
    return 0 if restored.behind() else sending.send_due(channels.of(code), at_most=AT_MOST)


@shared_task
def poll() -> int:
    """取回执 from every feed until there are no more, and hold what has waited for its receipt too long."""
    heard = 0
    for channel in channels.all_of_them():
        settling.overdue(channel)
        begun = time.monotonic()
        try:
            while count := settling.poll(channel):
                heard += count
                if time.monotonic() - begun > AT_MOST:
                    break
        except Unreachable as why:
            log.warning("平台 %s 的回执没有取到：%s", channel.code, why)
    return heard


@shared_task
def drop_bodies() -> int:
    """清除到期的报文. Returns how many were dropped."""
    dropped = 0
    while count := dropping.drop():
        dropped += count
    return dropped


@shared_task
def reconcile(code: str = "") -> int:
    """对账 with one feed, or with each. Returns how many differences there are."""
    found = [channels.of(code)] if code else channels.all_of_them()
    return sum(reconciling.reconcile(channel).differences for channel in found)
