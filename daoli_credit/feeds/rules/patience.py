"""耐心: how long a row is tried again, how long a receipt is waited for, and when a feed is left alone for a while."""

from datetime import datetime, timedelta

from django.conf import settings

# A row is tried again after each of these: eleven times over more than 25 hours, then a person looks.
DELAYS = tuple(timedelta(seconds=s) for s in (5, 10, 60, 600, 1800, 3600, 7200, 14400, 28800, 36000))
RECEIPT_WITHIN = timedelta(hours=24)
BREAKS_AFTER = 5
SHORTEST_BREAK, LONGEST_BREAK = timedelta(seconds=30), timedelta(minutes=15)
CLAIM_AT_MOST = timedelta(seconds=1)  # on a slow machine fewer go at once
BODY_TERM = timedelta(days=30)  # what is settled is never sent again; its digest stays for the reconciliation
AHEAD = timedelta(days=30)  # so far ahead withdrawals are prepared for their day
PREPARE_AGAIN = timedelta(minutes=1)  # and when the day has turned, whatever the time
ASK_AGAIN = timedelta(minutes=10)  # what may not leave today is asked again, without counting as an attempt


def next_try(attempts: int, now: datetime) -> datetime | None:
    """下次尝试 after so many attempts; None when it has been tried long enough."""
    return now + DELAYS[attempts - 1] if attempts <= len(DELAYS) else None


def broken_until(failures: int, now: datetime) -> datetime | None:
    """熔断至 after so many failures in a row; None while the feed is still trusted."""
    if failures < BREAKS_AFTER:
        return None
    doubled: timedelta = SHORTEST_BREAK * (1 << min(failures - BREAKS_AFTER, 10))
    return now + min(doubled, LONGEST_BREAK)


def lease(now: datetime) -> datetime:
    """租约至: well beyond the HTTP timeout, so that nobody else takes what may still be on the wire."""
    return now + timedelta(seconds=settings.FEED_TIMEOUT * 4)


def still_claiming(begun: datetime, now: datetime) -> bool:
    """还可以再认领一件: a claim keeps the feed's row, and a withdrawal must not stand behind it for long."""
    return now < begun + CLAIM_AT_MOST


def still_time(lease_until: datetime, now: datetime) -> bool:
    """来得及: a worker that was stopped and wakes late must not send what somebody else may have taken over."""
    return now + timedelta(seconds=settings.FEED_TIMEOUT * 2) < lease_until
