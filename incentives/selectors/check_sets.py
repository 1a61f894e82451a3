"""读成批核查: its result as it may be shown today, and what the worker has to look after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from daoli_credit.law import clock
from incentives import sealed_checks, sources
from incentives.models import CheckAnswer, CheckSet, CheckSheet
from incentives.models.check import OWN, Said
from incentives.models.check_set import K
from incentives.rules import check_due, inbound
from records.models import CreditRecord

NOTHING = "本系统没有可用于本事项的信息"
FOUND = "有可以或者应当适用的措施，见核查单"
ENDED = "核查时所见的记录已终止"
# 上级平台, in the order in which one word stands for several of them
ABOVE = {Said.FOUND: "有答复，见核查单", Said.SILENT: "未答复", Said.NOTHING: "没有可用于本事项的信息"}
LOST_AFTER = timedelta(minutes=5)


@dataclass(frozen=True)
class Line:
    """结果的一行: never a verdict, and no content."""

    application: str
    number: str
    check: str
    says: str
    above: str = ""

    @property
    def found(self) -> bool:
        """本系统有内容，或者上级平台有."""
        return self.says != NOTHING or self.above == ABOVE[Said.FOUND]


def result(one: CheckSet) -> list[Line]:
    """结果各行, in the order of the sheet. Raises NotKept after its time."""
    rows = sealed_checks.lines(one)
    mine = CheckAnswer.objects.filter(check_made__of_set=one, record__isnull=False)
    standing = set(
        mine.filter(record__in=CreditRecord.objects.provided(on=clock.today()))
        .values_list("check_made__number", flat=True)
        .distinct()
    )
    words = _above(one)
    return [
        Line(
            application,
            number,
            check,
            NOTHING if not found else FOUND if check in standing else ENDED,
            words.get(check, ABOVE[Said.SILENT]) if words is not None else "",
        )
        for application, number, check, found in rows
    ]


KINDS = {"": "全部", "found": "查到内容", "silent": "上级平台未答复", "nothing": "没有可用于本事项的信息"}


def by_kind(lines: Sequence[Line]) -> dict[str, Sequence[Line]]:
    """结果按答复分开: what opens under each chip. Whoever a platform did not answer about is under no “nothing”."""
    silent = ABOVE[Said.SILENT]
    return {
        "": lines,
        "found": [one for one in lines if one.found],
        "silent": [one for one in lines if one.above == silent],
        "nothing": [one for one in lines if not one.found and one.above != silent],
    }


def _above(one: CheckSet) -> dict[str, str] | None:
    """上级平台对各人的答复 by check, what one found before what another did not answer; None where none is asked."""
    asked = {source.code for source in sources.all_of_them() if inbound.wanted(source, one.matter)}
    said: dict[str, dict[str, str]] = {}
    rows = CheckAnswer.objects.filter(check_made__of_set=one).exclude(source=OWN).order_by("answered_at", "place")
    # asked again, the last word of each platform stands
    last: dict[tuple[str, str], datetime] = {}
    for check, source, at, word in rows.values_list("check_made__number", "source", "answered_at", "said"):
        if last.get((check, source), at) <= at:
            last[check, source] = at
            said.setdefault(check, {})[source] = word
    if not asked and not said:
        return None
    found = {}
    for check, by_source in said.items():
        words = {*by_source.values(), *([Said.SILENT] if asked - by_source.keys() else [])}
        found[check] = next(text for word, text in ABOVE.items() if word in words)
    return found


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
