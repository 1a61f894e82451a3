"""终止以后对方仍有: by its own word a platform holds what is over here, and the withdrawal has had its time.

Asked by the day and not by what was done about it: a dead timetable, a withdrawal that is held and one that nobody
made raise the alarm all the same, at the reconciliation of that hour.
"""

from django.db.models import Exists, OuterRef

from daoli_credit.accounts.models import Department
from daoli_credit.feeds.models import Delivery, Discrepancy, Feed, TheirCopy
from daoli_credit.feeds.models.delivery import Lane, State
from daoli_credit.feeds.models.reconciliation import Difference
from daoli_credit.feeds.rules import health
from daoli_credit.law import clock
from records.models import CreditRecord
from records.outgoing import HANDLER

NOT_MADE = "已到期或终止，撤回还没有建单：请系统管理员看定时任务是否在运行"
ON_ITS_WAY = "撤回还没有送到或者没有回执：请看这个平台的推送，并要求对方先撤下"
HELD = "撤回待人工处理：请立即处理，并要求对方先撤下"
SAID_DONE = "对方说过已撤下，清单里仍有：请立即要求撤下"


def look(feed: Feed) -> int:
    """报警 for each such copy, over when it is gone. Returns how many there are; the caller has locked the feed."""
    number = OuterRef("record_number")
    here = CreditRecord.objects.filter(number=number)
    told = Discrepancy.objects.filter(feed=feed, record_number=number, alarm=True, cleared_at__isnull=True)
    away = Delivery.objects.filter(feed=feed, record__number=number, lane=Lane.WITHDRAWAL)
    fresh = away.filter(created_at__gt=clock.now() - health.WITHDRAWAL_WITHIN)
    found = TheirCopy.objects.filter(
        Exists(here),
        ~Exists(CreditRecord.objects.in_force(on=clock.today()).filter(number=number)),
        ~Exists(told.exclude(kind=Difference.ENDED)),
        ~Exists(fresh),
        feed=feed,
        unseen_at__isnull=True,
    )
    theirs = dict(found.values_list("record_number", "revision"))
    was = Discrepancy.objects.filter(feed=feed, kind=Difference.ENDED, cleared_at__isnull=True)
    was.exclude(record_number__in=theirs).update(cleared_at=clock.now())
    if theirs:
        _alarm(feed, theirs)
    return len(theirs)


def _alarm(feed: Feed, theirs: dict[str, int]) -> None:
    rows = Delivery.objects.filter(feed=feed, record__number__in=theirs, lane=Lane.WITHDRAWAL).order_by("number")
    last = {number: (state, ours) for number, state, ours in rows.values_list("record__number", "state", "number")}
    office = Department.objects.get(code=HANDLER)
    for number, revision in theirs.items():
        state, ours = last.get(number, ("", None))
        cause = _cause(state)
        facts = {"ours": ours, "theirs": revision, "cause": cause, "owner": office, "alarm": True}
        one, new = Discrepancy.objects.get_or_create(
            feed=feed,
            record_number=number,
            kind=Difference.ENDED,
            cleared_at=None,
            defaults={**facts, "found_at": clock.now()},
        )
        if not new and one.cause != cause:
            one.cause = cause
            one.save(update_fields=["cause"])


def _cause(state: str) -> str:
    if not state:
        return NOT_MADE
    if state == State.HELD:
        return HELD
    return SAID_DONE if state == State.CONFIRMED else ON_ITS_WAY
