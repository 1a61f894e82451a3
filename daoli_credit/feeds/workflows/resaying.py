"""重新推送: what a platform lost, changed or kept against our word is said to it again, by the decision of a person.

The reconciliation repairs nothing by itself. Said again, a record has the same content under a higher number; of what
is over the withdrawal is said again. The other platforms hear the same, which changes nothing for them (ADR 0026).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.feeds.models import Delivery, Discrepancy
from daoli_credit.feeds.models.delivery import UNSETTLED
from daoli_credit.feeds.models.reconciliation import Difference
from daoli_credit.workflow import AlreadyDone, RuleBroken
from records import outgoing
from records.models import CreditRecord, Revision
from records.models.revision import WITHDRAWALS
from records.workflows import restoring

VERB = "operate_feeds"
SAID_AGAIN = register("feed.said-again", "重新推送有差异的记录", duty=VERB)
MOST = 200
LOOKED_THROUGH = 2_000
# what was repaired there is for its department to settle
KINDS = (Difference.MISSING, Difference.EXTRA, Difference.REVISION, Difference.CONTENT, Difference.ENDED)


@dataclass(frozen=True)
class Plan:
    """会做什么, counted before anybody presses: said again, withdrawn again, on their way, left to them, next time."""

    again: Sequence[CreditRecord]
    away: Sequence[CreditRecord]
    moving: int
    left: int
    later: int

    @property
    def count(self) -> int:
        """几条."""
        return len(self.again) + len(self.away)


def _open(code: str, kind: str, number: str) -> QuerySet[Discrepancy]:
    found = Discrepancy.objects.filter(feed=code, cleared_at__isnull=True, kind__in=KINDS)
    found = found.filter(kind=kind) if kind else found
    return found.filter(record_number=number) if number else found


def plan(code: str, *, kind: str = "", number: str = "") -> Plan:
    """会重新送出和再撤回哪些 of the open differences of a kind, or of one record: the first two hundred that can be."""
    found = _open(code, kind, number)
    newest = Revision.objects.filter(record=OuterRef("pk")).order_by("-number")
    here = CreditRecord.objects.filter(number__in=found.values("record_number")).annotate(
        last_kind=Subquery(newest.values("kind")[:1]),
        told=Exists(Delivery.objects.filter(feed=code, revision=Subquery(_newest().values("pk")[:1]))),
        moves=Exists(Delivery.objects.filter(feed=code, record=OuterRef("pk"), state__in=UNSETTLED)),
    )
    still = here.filter(told=True, moves=False).order_by("pk")
    last = dict(still.values_list("pk", "last_kind")[:LOOKED_THROUGH])
    records = list(CreditRecord.objects.filter(pk__in=last).select_related("department", "item").order_by("pk"))
    kinds = dict(found.filter(record_number__in=[one.number for one in records]).values_list("record_number", "kind"))
    over = [one for one in records if last[one.pk] in WITHDRAWALS]
    standing = [one for one in records if last[one.pk] not in WITHDRAWALS]
    stops = outgoing.refusals_to(code, standing) if standing else {}
    again = [one for one in standing if not stops[one.pk]]
    away = [one for one in over if kinds[one.number] != Difference.MISSING]
    moving, everything = here.count() - still.count(), found.values("record_number").distinct().count()
    left = len(records) - len(again) - len(away) + everything - here.count()
    later = everything - moving - left - min(MOST, len(again) + len(away))
    return Plan(again[:MOST], away[: max(MOST - len(again), 0)], moving=moving, left=left, later=later)


def _newest() -> QuerySet[Revision]:
    # of the record of the question around the question around it
    return Revision.objects.filter(record=OuterRef(OuterRef("pk"))).order_by("-number")


@transaction.atomic
def say_again(
    *, code: str, actor: User, opinion: str, kind: str = "", number: str = "", seen: int | None = None
) -> int:
    """重新推送 or 再撤回 what differs, with one event and its count. Returns how many.

    Raises PermissionDenied, AlreadyDone while it is on its way, RuleBroken without a reason, when nothing can be, or
    when it is no longer as many as the actor has `seen`.
    """
    if not actor.may_anywhere(VERB):
        raise PermissionDenied("这一步要有“推送值守”这项职责")
    if not opinion.strip():
        raise RuleBroken("重新推送要写明原因：核对了什么、与对方怎样商定的")
    numbers = _open(code, kind, number).values("record_number")
    rows = CreditRecord.objects.filter(number__in=numbers).order_by("pk").select_for_update(of=("self",), no_key=True)
    # two clicks stand in line, and the second finds it under way
    list(rows.values_list("pk", flat=True)[:LOOKED_THROUGH])
    found = plan(code, kind=kind, number=number)
    if not found.count and found.moving:
        raise AlreadyDone("已经重新推送，还没有送到；送到以后下一次对账自动消除")
    if not found.count:
        raise RuleBroken("这些差异不能由我方重新推送：不是我方送出的，或者这条记录现在不能送；请对方核对处理")
    if seen is not None and found.count != seen:
        raise RuleBroken(f"按的时候是 {found.count} 条，您看到的是 {seen} 条；请看清现在的条数再按")
    for one in (*found.again, *found.away):
        restoring.say_again(record_id=one.pk, above=_highest(code, one))
    events.record(
        act=SAID_AGAIN,
        noun="feed",
        object_id=code,
        actor=actor,
        department=outgoing.HANDLER,
        opinion=opinion.strip(),
        count=found.count,
    )
    return found.count


def _highest(code: str, record: CreditRecord) -> int:
    theirs = Discrepancy.objects.filter(feed=code, record_number=record.number, cleared_at__isnull=True)
    return max((n or 0 for pair in theirs.values_list("ours", "theirs") for n in pair), default=0)
