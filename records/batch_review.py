"""待复核的一批: what waits of an import, and each record opened with the look-up that answers for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from daoli_credit import questions
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock, pack
from records import identity, selectors
from records.identity import Identity, NotThisPerson
from records.models import CreditRecord, ImportBatch, Sample
from records.models.record import Records, S
from records.models.subject import learn

# 应用事项 of the looks of a page of an import's records.
REVIEWING = "import-review"
PER_PAGE = 50  # records to be reviewed together


def records(batch: ImportBatch) -> Records:
    """本批的记录."""
    return CreditRecord.objects.filter(row__batch=batch)


def states(batch: ImportBatch) -> list[tuple[str, str, int]]:
    """本批记录今天的情况: status, its word, how many."""
    found = dict(records(batch).order_by().values_list("status").annotate(Count("pk")))
    return [(value, label, found[value]) for value, label in S.choices if value in found]


@questions.prepared
def _to_review(batch: int) -> QuerySet[CreditRecord]:
    waiting = CreditRecord.objects.filter(row__batch=batch, status=S.SUBMITTED)
    return waiting.select_related("subject").order_by("document_number", "pk")[:PER_PAGE]


def to_review(batch: ImportBatch) -> list[CreditRecord]:
    """下一页待核对的记录, document by document."""
    found = _to_review(batch.pk)
    learn([record.subject for record in found])
    return found


@questions.prepared
def _sample(batch: int) -> QuerySet[Sample]:
    return Sample.objects.filter(batch=batch)


def sample(batch: ImportBatch) -> Sample | None:
    """这一批的抽查, if one was drawn."""
    return next(iter(_sample(batch.pk)), None)


@dataclass(frozen=True)
class Opened:
    """打开的一件: full content, identity masked, because of a look-up."""

    record: CreditRecord
    who: Identity
    content: list[tuple[str, str]]
    ends: list[tuple[str, str, str]]
    over: bool

    @property
    def document(self) -> str:
        """文书号: rows are grouped by it."""
        return self.record.document_number

    @property
    def terms(self) -> str:
        """分类和期限, in one line."""
        one = self.record
        severity = f"{one.get_severity_display()}类（{one.severity_basis}） · " if one.severity else ""
        return severity + " · ".join(f"{title}：{day}" for title, day, _ in self.ends)

    @property
    def tick(self) -> str:
        """This record as it is shown, as its form sends it."""
        return f"{self.record.pk}:{self.record.revision}"


def opened(found: Sequence[CreditRecord], because: Sequence[LookUp]) -> list[Opened]:
    """打开一页. Raises NotThisPerson when a look-up is about somebody else, ValueError when one is missing."""
    shown = []
    for record, look in zip(found, because, strict=True):
        if bytes(look.person_key) not in record.person_keys() or look.case_number != record.number:
            raise NotThisPerson("查询记录与信用主体不符")
        item = pack.current().item(record.item_id)
        over = record.is_over(clock.today())
        content = selectors.words(item, record.content)
        shown.append(Opened(record, identity.masked(record.subject), content, selectors.ends(record), over))
    return shown
