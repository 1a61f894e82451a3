"""一条记录的全部: what its page shows, because of a look-up, and the steps that brought it there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from daoli_credit import questions
from daoli_credit.audit import told
from daoli_credit.audit.acts import sentence
from daoli_credit.audit.models import Event, LookUp
from daoli_credit.audit.selectors import history
from daoli_credit.law import clock, pack
from daoli_credit.law.rows import Item
from daoli_credit.workflow import noun
from records import identity, selectors
from records.identity import Identity, NotThisPerson
from records.models import BatchRow, CreditRecord, Revision, ServedDocument
from records.models.record import S


class Told(told.Told):
    """办理经过的一步 of a record."""

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
    begun_so = [
        Told(f"{sentence(act)}（批量导入 {batch.number}）", str(who), _moment(batch.committed_at), "", act)
        for act, who in zip(begun, (batch.sender, batch.committed_by), strict=True)
    ]
    first = next(iter(_first_revision(record.pk)), None)
    if first and record.reviewed_by and "record.approved" not in {step.act for step in steps}:
        before = [step.act in {"record.returned", "record.revised", "record.submitted"} for step in steps]
        at = before.index(False) if False in before else len(before)
        said = Told(sentence("record.approved"), str(record.reviewed_by), _moment(first.made_at), "", "record.approved")
        steps = [*steps[:at], said, *steps[at:]]
    return [*begun_so, *steps]


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(clock.CHINA):%Y-%m-%d %H:%M}" if at else ""


def page(record: CreditRecord, because: LookUp) -> Page:
    """记录页. Raises NotThisPerson when the look-up is about somebody else."""
    if bytes(because.person_key) not in record.person_keys():
        raise NotThisPerson("查询记录与信用主体不符")
    item = pack.current().item(record.item_id)
    steps = [
        Told(sentence(event.act), event.actor_label, told.when(event), event.opinion, event.act)
        for event in _told(noun(CreditRecord), str(record.pk))
    ]
    steps = _in_a_set(record, steps)
    sent_back = [step for step in steps if step.act == "record.returned"]
    return Page(
        record=record,
        item=item,
        who=identity.masked(record.subject),
        content=selectors.words(item, {"document_number": record.document_number, **record.content}),
        ends=selectors.ends(record),
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
