"""读信用记录. A selector that shows a person's record takes the look-up row that answers for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from daoli_credit import questions
from daoli_credit.accounts import access
from daoli_credit.accounts.models import Department, User
from daoli_credit.audit.acts import sentence
from daoli_credit.audit.models import Event, LookUp
from daoli_credit.audit.selectors import history
from daoli_credit.law import clock, pack, workdays
from daoli_credit.law.rows import Item
from daoli_credit.workflow import noun
from records import days, identity
from records.identity import Identity, NotThisPerson
from records.models import BatchRow, CatalogueItem, CreditRecord, Revision, ServedDocument, Take
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


@dataclass(frozen=True)
class Told:
    """办理经过的一步, as a sentence."""

    said: str
    who: str
    at: str
    opinion: str
    act: str

    @property
    def internal(self) -> bool:
        """Who had it in hand is the department's own business, not a step that the person is told of."""
        return self.act.startswith("review.")


@dataclass(frozen=True)
class Page:
    """一条记录的全部: what its page shows, because of a look-up."""

    record: CreditRecord
    item: Item
    who: Identity
    content: list[tuple[str, str]]
    ends: list[tuple[str, str, str]]
    history: Sequence[Told]
    facts: Sequence[tuple[str, str]]
    returned: Told | None
    documents: Sequence[ServedDocument]


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


def _when(event: Event) -> str:
    """业务日和时刻. An event of the demo story says on which day it was played."""
    at = event.at.astimezone(clock.CHINA)
    return f"{at:%Y-%m-%d %H:%M}" if event.day == at.date() else f"{event.day}（演示日期）"


@questions.prepared
def _row_of(record: int) -> QuerySet[BatchRow]:
    who = ("batch__uploaded_by", "batch__uploaded_key", "batch__committed_by")
    return BatchRow.objects.filter(record=record).select_related(*who)


@questions.prepared
def _first_revision(record: int) -> QuerySet[Revision]:
    return Revision.objects.filter(record=record).order_by("number")[:1]


@questions.prepared
def _documents(record: int) -> QuerySet[ServedDocument]:
    return ServedDocument.objects.filter(record=record).select_related("message").order_by("kind")


@questions.prepared
def _told(noun: str, record: str) -> QuerySet[Event]:
    return history(noun, record)


def _in_a_set(record: CreditRecord, steps: list[Told]) -> list[Told]:
    """办理经过 with the acts that were done on a whole import: their one event holds a root and no single number."""
    row = _row_of(record.pk) if record.row_id else []
    if not row:
        return steps
    batch, begun = row[0].batch, ("record.entered", "record.submitted")
    told = [
        Told(f"{sentence(act)}（批量导入 {batch.number}）", str(who), _moment(batch.committed_at), "", act)
        for act, who in zip(begun, (batch.sender, batch.committed_by), strict=True)
    ]
    first = next(iter(_first_revision(record.pk)), None)
    if first and record.reviewed_by and "record.approved" not in {step.act for step in steps}:
        before = [step.act in {"record.returned", "record.revised", "record.submitted"} for step in steps]
        at = before.index(False) if False in before else len(before)
        said = Told(sentence("record.approved"), str(record.reviewed_by), _moment(first.made_at), "", "record.approved")
        steps = [*steps[:at], said, *steps[at:]]
    return [*told, *steps]


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(clock.CHINA):%Y-%m-%d %H:%M}" if at else ""


def page(record: CreditRecord, because: LookUp) -> Page:
    """记录页. Raises NotThisPerson when the look-up is about somebody else."""
    if bytes(because.person_key) not in record.person_keys():
        raise NotThisPerson("查询记录与信用主体不符")
    item = pack.current().item(record.item_id)
    steps = [
        Told(sentence(event.act), event.actor_label, _when(event), event.opinion, event.act)
        for event in _told(noun(CreditRecord), str(record.pk))
    ]
    steps = _in_a_set(record, steps)
    sent_back = [step for step in steps if step.act == "record.returned"]
    return Page(
        record=record,
        item=item,
        who=identity.masked(record.subject),
        content=words(item, {"document_number": record.document_number, **record.content}),
        ends=ends(record),
        history=steps,
        facts=[
            ("系统编号", record.number),
            ("认定部门", record.department.name),
            ("内容版本", f"第 {record.revision} 版"),
            ("规则版本", record.edition),
        ],
        returned=sent_back[-1] if sent_back and record.status == S.RETURNED else None,
        documents=_documents(record.pk),
    )


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
