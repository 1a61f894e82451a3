"""读信用记录: the lists, the queue of review, and what a record says in words. Every person in a list is masked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from daoli_credit import questions
from daoli_credit.accounts import access
from daoli_credit.accounts.models import Department, User
from daoli_credit.law import clock, workdays
from daoli_credit.law.rows import Item
from records import days, identity
from records.identity import Identity
from records.models import CatalogueItem, CreditRecord, Take
from records.models.record import UNDONE, Records, S
from records.rules import values

HANDLING = "record-handling"
OVERDUE_AFTER = 5
FOUND = 50  # one document may be about many people


@dataclass(frozen=True)
class Line:
    """报送记录的一行: identity masked."""

    record: CreditRecord
    who: Identity
    holder: str = ""


# what a row of a list shows, and no more: the content of twenty records is read for nobody
SHOWN = (
    "number", "status", "document_number", "determined_on", "was_returned", "disputed_on", "suspended_on",
    "contested_on", "revision", "item__title", "subject__token", "subject__envelope",
)  # fmt: skip


def in_rows(records: Records) -> Records:
    """As a list wants them: `lined` makes lines of the rows."""
    return records.select_related("subject", "item").only(*SHOWN)


def lines(records: Records) -> list[Line]:
    """列表行, masked."""
    return lined(in_rows(records))


def lined(found: Iterable[CreditRecord]) -> list[Line]:
    """列表行 of rows that were read as `in_rows` reads them."""
    found = list(found)
    waiting = [record.pk for record in found if record.status == S.SUBMITTED]
    takes = Take.objects.filter(record__in=waiting).running(clock.today()).select_related("taker") if waiting else []
    holders = {take.record_id: str(take.taker) for take in takes}
    return [Line(record, identity.masked(record.subject), holders.get(record.pk, "")) for record in found]


def waiting_for_review(user: User) -> Records:
    """待本人复核: submitted in a department where the user reviews, or assigns reviews; what came back first."""
    queue = CreditRecord.objects.waiting_for(user, "review_record", "assign_review")
    return queue.order_by("-was_returned", "submitted_on", "pk")


def one_by_one(waiting: Records) -> Records:
    """单件: what waits by itself; the rows of a sheet wait under their sheet, unless they came back."""
    return waiting.filter(Q(row__isnull=True) | Q(was_returned=True))


@questions.prepared_for(access.depends_on)
def _next(user: User, after: int) -> Records:
    waiting = one_by_one(waiting_for_review(user)).exclude(pk=after)
    return waiting.exclude(entered_by=user).exclude(submitted_by=user).only("number")[:1]


def next_to_review(user: User, after: CreditRecord) -> str:
    """下一件: the number of what stands on top of this reviewer's queue, beside the one that is open."""
    return next((one.number for one in _next(user, after.pk)), "")


def listed(user: User, status: str = "") -> list[Records]:
    """报送记录, in stretches of one department and one status, as their index has them. Which of them are shown is
    asked of `visible_to` afterwards: together with its days the planner takes another way, past every newer record."""
    statuses = [status] if status else [one for one in S if one != S.ENDED]
    units = sorted(user.departments("view_records"))
    return [CreditRecord.objects.filter(department=unit, status=one) for unit in units for one in statuses]


def numbered(user: User, q: str) -> Records:
    """按编号或者文书号找, the whole number, of the user's own departments; never by a person."""
    items = list(CatalogueItem.objects.values_list("code", flat=True))
    units = sorted(user.departments("view_records"))
    # item, department and document begin the index of the natural key: one leap for each item
    same = CreditRecord.objects.filter(
        item__in=items, department__in=units, document_number=values.document_number(q)
    ).exclude(end_kind=UNDONE)
    found = Q(number=q.upper()) | Q(pk__in=list(same.values_list("pk", flat=True)[:FOUND]))
    return CreditRecord.objects.visible_to(user).filter(found).order_by("-pk")[:FOUND]


def in_review(user: User) -> Records:
    """本人报送后等待复核的."""
    return CreditRecord.objects.waiting_for(user, "view_records").filter(submitted_by=user)


def own_drafts(user: User) -> Records:
    """待本人修改或者报送, what came back first."""
    mine = CreditRecord.objects.visible_to(user).filter(entered_by=user, status__in=[S.DRAFT, S.RETURNED])
    return mine.order_by("-was_returned", "-pk")


def last_authority(department: Department, fields: Sequence[str]) -> dict[str, str]:
    """认定机关一栏 as this department last wrote it, so that nobody types an eighteen-character code twice."""
    last = CreditRecord.objects.filter(department=department).order_by("-pk").values_list("content", flat=True).first()
    return {name: str(last[name]) for name in fields if last and name in last}


def words(item: Item, content: dict[str, object]) -> list[tuple[str, str]]:
    """内容的中文名目, in the item's own order."""
    pairs = []
    for field in item.fields:
        value = content.get(field.name)
        if value:
            pairs.append((field.zh, "、".join(value) if isinstance(value, list) else str(value)))
    return pairs


def ends(record: CreditRecord) -> list[tuple[str, str, str]]:
    """三个期限和最早修复日, each with its reason as computed from the pack."""
    rows = [
        ("公示", record.public_until, "不向社会公示", "public_until"),
        ("共享使用", record.use_until, "长期", "use_until"),
        ("留存", record.keep_until, "终止后另算", "keep_until"),
        ("最早可申请修复", record.repair_from, "无需申请", "repair_from"),
    ]
    if not record.severity:
        rows.pop()
    return [
        (title, f"至 {day}" if day and key != "repair_from" else str(day or otherwise), record.reasons.get(key, ""))
        for title, day, otherwise, key in rows
    ]


def _too_long_ago(on: date) -> date:
    """The last day of report for which five working days are over."""
    day = on - timedelta(days=OVERDUE_AFTER + 1)
    while workdays.due(day, OVERDUE_AFTER).on >= on:
        day -= timedelta(days=1)
    return day


def waits_too_long(on: date) -> set[tuple[int, date]]:
    """复核超期: department and day of report of what waits for review longer than five working days."""
    return set(days.waiting(_too_long_ago(on)))


def waiting_by_department(on: date) -> dict[str, int]:
    """The same: how many, by department code. Counts work, not people, and no further than a thousand."""
    return days.counted(_too_long_ago(on))
