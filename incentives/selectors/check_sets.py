"""读成批核查: its result as it may be shown today, and what the worker has to look after."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from daoli_credit.law import clock
from incentives import sealed_checks
from incentives.models import CheckAnswer, CheckSet, CheckSheet
from incentives.models.check_set import K
from incentives.rules import check_due
from records.models import CreditRecord

NOTHING = "本系统没有可用于本事项的信息"
FOUND = "有可以或者应当适用的措施，见核查单"
ENDED = "核查时所见的记录已终止"
LOST_AFTER = timedelta(minutes=5)


@dataclass(frozen=True)
class Line:
    """结果的一行: never a verdict, and no content."""

    application: str
    number: str
    check: str
    says: str


def result(one: CheckSet) -> list[Line]:
    """结果各行, in the order of the sheet. Raises NotKept after its time."""
    rows = sealed_checks.lines(one)
    mine = CheckAnswer.objects.filter(check_made__of_set=one, record__isnull=False)
    standing = set(
        mine.filter(record__in=CreditRecord.objects.provided(on=clock.today()))
        .values_list("check_made__number", flat=True)
        .distinct()
    )
    return [
        Line(application, number, check, NOTHING if not check else FOUND if check in standing else ENDED)
        for application, number, check in rows
    ]


def abandoned() -> list[int]:
    """没有人办的: told to nobody, or whose worker died over them."""
    lost = clock.now() - LOST_AFTER
    waiting = Q(status__in=[K.UPLOADED, K.APPROVED], asked_at__lt=clock.now() - timedelta(seconds=30))
    waiting |= Q(status=K.READING, reading_since__lt=lost)
    return list(CheckSet.objects.filter(waiting).order_by("pk").values_list("pk", flat=True)[:20])


def forget_old() -> int:
    """删去过期的结果. Returns how many sets."""
    before = clock.now() - check_due.SHEET_KEPT
    old = CheckSheet.objects.filter(result=True, check_set__done_at__lt=before)
    sets = set(old.values_list("check_set", flat=True))
    CheckSheet.objects.filter(check_set__in=sets, result=True).delete()
    return len(sets)
