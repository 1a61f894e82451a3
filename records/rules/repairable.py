"""能不能修复: what stands between a record and its repair, computed and said in words; there is no discretion in it."""

from dataclasses import dataclass
from datetime import date

from daoli_credit.law import pack
from daoli_credit.law.list_rows import Measure
from daoli_credit.law.rows import Item
from records.models import CreditRecord, FalsePromise
from records.models.repair_offer import F

CREDIT_CHINA = "https://www.creditchina.gov.cn"

PROMISE = (
    "本人郑重承诺：申请中所述属实；违法行为已经纠正，法定义务已经履行；今后遵守法律、法规，诚实守信；"
    "如有虚假或者违反承诺，依法承担责任。本承诺可以公开。"
)

# The only reasons for which an application may wait; each is a fact that the person can change or disprove.
UNMET: dict[str, str] = {
    "unpaid": "罚款、没收款等款项没有缴清",
    "uncorrected": "违法行为没有纠正，或者整改还没有经认定部门确认",
    "duty": "决定书载明的其他义务没有履行完",
    "early-exit": "该名单的规定另有提前移出的条件，还没有满足",
    "unclear": "所述情况与认定部门已有的材料对不上，需要您说明",
}


@dataclass(frozen=True)
class Precheck:
    """预先核对. `why_not` is empty when the person may apply today; `earliest` is the first day that counts.

    `bar` is the 承诺不实 that stands against an application until that day; `ends_first` says that the record will have
    ended by itself before it.
    """

    earliest: date | None
    why_not: str
    reason: str
    published: bool
    bar: FalsePromise | None = None
    ends_first: bool = False

    @property
    def may_apply(self) -> bool:
        """Today, here."""
        return not self.why_not


def precheck(record: CreditRecord, on: date) -> Precheck:
    """预先核对一条记录: the earliest day comes from the pack, and nothing else is asked of the person beforehand."""
    reason = str(record.reasons.get("repair_from", ""))
    published = record.public_until is not None
    if record.repair_from is None:
        return Precheck(None, reason or "这条信息无须申请修复", reason, published)
    if on < record.repair_from:
        day = f"{record.repair_from:%Y年}{record.repair_from.month}月{record.repair_from.day}日"
        return Precheck(record.repair_from, f"还没有到最早可以申请的日期：{day}起可以申请", reason, published)
    if (bar := barred(record, on)) and bar.barred_until:
        day = f"{bar.barred_until:%Y年}{bar.barred_until.month}月{bar.barred_until.day}日"
        said = f"您在 {bar.repair.number} 里承诺不实，经两人认定（{bar.document}），{day}以前不能申请修复"
        ends_first = record.use_until is not None and record.use_until < bar.barred_until
        return Precheck(bar.barred_until, said, bar.article, published, bar, ends_first)
    return Precheck(record.repair_from, "", reason, published)


def barred(record: CreditRecord, on: date) -> FalsePromise | None:
    """失实承诺的限制: of this person, confirmed by two, until the day that the pack gives."""
    standing = FalsePromise.objects.filter(status=F.CONFIRMED, barred_until__gt=on)
    standing = standing.select_related("repair__record__department")
    return standing.filter(repair__record__subject_id=record.subject_id).order_by("-barred_until").first()


def staying(record: CreditRecord, item: Item) -> list[Measure]:
    """依法继续的限制: statutory bans that this document may carry and that repair cannot lift."""
    return [
        measure
        for measure in pack.current().measures.values()
        if f"item:{item.code}" in measure.target
        and measure.outlives
        and not measure.lifted_by_repair
        and _has(record, measure)
    ]


def _has(record: CreditRecord, measure: Measure) -> bool:
    field, wanted = measure.condition.get("field"), measure.condition.get("has")
    return field is None or wanted in (record.content.get(field) or [])
