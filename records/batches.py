"""读批次: what the pages of an import show. Identities come masked; records under review want their look-ups."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from daoli_credit import questions
from daoli_credit.accounts.models import User
from daoli_credit.audit.models import Event, LookUp
from daoli_credit.law import clock, pack
from records import identity, selectors
from records.identity import Identity, NotThisPerson
from records.models import BatchRow, CreditRecord, ImportBatch, Receipt, Sample
from records.models.batch import B, Verdict
from records.models.record import Records, S
from records.models.subject import learn
from records.rules import problem, values

# 应用事项 of the looks of a page of an import's records.
REVIEWING = "import-review"
PER_PAGE = 50  # records to be reviewed together
# a row of the sheet, and no more of its record than where it is found
SHOWN = (
    "batch", "line", "verdict", "cause", "problems", "who", "number_tail", "document_number", "determined_on",
    "record__number",
)  # fmt: skip
TAB_WORDS = {
    Verdict.NEW: "可入库",
    Verdict.WRONG: "有差错",
    Verdict.CHANGED: "内容不同",
    Verdict.PERSON: "需人工核对",
    Verdict.SAME: "重复",
    Verdict.APART: "非个人主体",
}
BAD = (Verdict.WRONG, Verdict.CHANGED, Verdict.PERSON)


@dataclass(frozen=True)
class Step:
    """进度的一格."""

    title: str
    note: str
    state: str


@dataclass(frozen=True)
class Cause:
    """一类差错: its name and how many rows have it first."""

    title: str
    rows: int


@dataclass(frozen=True)
class Preview:
    """预览: rows by verdict."""

    counts: dict[str, int]
    causes: list[Cause]

    def of(self, *verdicts: Verdict) -> int:
        """How many rows have one of these verdicts."""
        return sum(self.counts.get(verdict, 0) for verdict in verdicts)

    @property
    def good(self) -> int:
        """可入库."""
        return self.of(Verdict.NEW)

    @property
    def bad(self) -> int:
        """要修改或者核对的."""
        return self.of(*BAD)

    @property
    def worked(self) -> int:
        """可入库的和要修改的: where the bar of mistakes ends."""
        return self.good + self.bad

    @property
    def rest(self) -> int:
        """重复的和非个人主体."""
        return self.of(Verdict.SAME, Verdict.APART)

    @property
    def total(self) -> int:
        """全部."""
        return sum(self.counts.values())

    @property
    def tabs(self) -> list[tuple[str, str, int]]:
        """Verdict, its word and its rows, in the order of the page."""
        return [(verdict.value, word, self.of(verdict)) for verdict, word in TAB_WORDS.items()]

    @property
    def first(self) -> str:
        """The tab that is shown when nobody chose one: what needs work, else what is good."""
        return next((verdict.value for verdict in (*BAD, *TAB_WORDS) if self.of(verdict)), Verdict.NEW.value)


def preview(batch: ImportBatch, q: str = "") -> Preview:
    """预览, of all rows or of those that `found` finds by `q`; of a sheet that is still being judged there is none."""
    if batch.status in {B.UPLOADED, B.READING}:
        return Preview({}, [])
    bad = found(batch, q).exclude(verdict=Verdict.NEW)
    counts = dict(bad.order_by().values_list("verdict").annotate(Count("pk")))
    if not q and batch.status in {B.CHECKED, B.COMMITTING}:
        # every row of the sheet has its verdict: no need to count the good ones
        good = batch.total - sum(counts.values())
    else:
        good = found(batch, q).filter(verdict=Verdict.NEW).count()
    if good:
        counts[Verdict.NEW.value] = good
    causes: dict[str, int] = {}
    for cause, n in bad.order_by().filter(verdict=Verdict.WRONG).values_list("cause").annotate(Count("pk")):
        causes[problem.title(cause)] = causes.get(problem.title(cause), 0) + n
    return Preview(counts, [Cause(*one) for one in sorted(causes.items(), key=lambda one: (-one[1], one[0]))])


def found(batch: ImportBatch, q: str) -> QuerySet[BatchRow]:
    """按行号或者文书号找; without `q` all rows. Never by a person."""
    if not q:
        return batch.rows.all()
    if _is_line(q):
        return batch.rows.filter(Q(line=int(q)) | Q(document_number=q))
    return batch.rows.filter(Q(document_number__icontains=values.document_number(q)) | Q(document_number__icontains=q))


def _is_line(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def rows(batch: ImportBatch, verdict: str, cause: str = "", q: str = "") -> QuerySet[BatchRow]:
    """一类的行, in the order of the sheet. The row of a record that has ended is gone here as everywhere."""
    if batch.status in {B.UPLOADED, B.READING}:
        return BatchRow.objects.none()
    over = Q(record__status=S.ENDED) | Q(record__status=S.EFFECTIVE, record__use_until__lt=clock.today())
    of_kind = found(batch, q).filter(verdict=verdict)
    if cause:
        codes = of_kind.order_by().values_list("cause", flat=True).distinct()
        of_kind = of_kind.filter(cause__in=[code for code in codes if problem.title(code) == cause])
    return of_kind.exclude(Q(record__isnull=False) & over).select_related("record").only(*SHOWN).order_by("line")


@dataclass(frozen=True)
class Lines:
    """一页的行, and the lines at which the pages beside it end and begin."""

    rows: list[BatchRow]
    earlier: int | None
    later: int | None


def turned(rows: QuerySet[BatchRow], *, at: str, before: str, size: int) -> Lines:
    """翻页, by the number of the line: the rows from `at` on, or those just before `before`, or the first ones.

    However long the sheet is, what is read is what is on the page (ADR 0037).
    """
    if _is_line(before):
        some = list(rows.filter(line__lt=int(before)).order_by("-line")[: size + 1])
        shown = some[:size][::-1]
        return Lines(shown, shown[0].line if len(some) > size else None, int(before))
    begins = int(at) if _is_line(at) else 0
    some = list(rows.filter(line__gte=begins)[: size + 1])
    back = begins > 0 and rows.filter(line__lt=begins).exists()
    return Lines(some[:size], begins if back else None, some[size].line if len(some) > size else None)


def listed(user: User, status: str, q: str) -> QuerySet[ImportBatch]:
    """历次批次, newest first; by status, and by number, name of the file or item."""
    some = ImportBatch.objects.visible_to(user)
    if status:
        some = some.filter(status=status)
    if q:
        some = some.filter(Q(number__icontains=q) | Q(file_name__icontains=q) | Q(item__title__icontains=q))
    return some.select_related("item", "department", "uploaded_by", "uploaded_key")


def waiting_for(user: User) -> QuerySet[ImportBatch]:
    """待确认的: read and judged, to be entered or cancelled by a clerk of the department."""
    return ImportBatch.objects.filter(department_id__in=user.departments("submit_record"), status=B.CHECKED)


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
        over = record.use_until is not None and record.use_until < clock.today()
        content = selectors.words(item, record.content)
        shown.append(Opened(record, identity.masked(record.subject), content, selectors.ends(record), over))
    return shown


def _read(batch: ImportBatch) -> str:
    """How far the reading is; of a text that streams nobody knows the length before its end."""
    if batch.total:
        return f"{batch.done} / {batch.total} 行"
    return f"已核对 {batch.done} 行" if batch.done else "等待"


def _decided(batch: ImportBatch, found: Preview, now: int) -> str:
    """What has been decided of the preview."""
    if batch.status == B.COMMITTING:
        return "正在入库"
    return "等您决定" if now == 2 else f"可入库 {found.good} 行" if now > 2 else ""


def receipt_holds(receipt: Receipt) -> bool:
    """回执与存证一致: the text has the digest that its event carries; the event is proved as docs/evidence.md says."""
    digest = hashlib.sha256(receipt.text.encode()).digest()
    event = Event.objects.filter(pk=receipt.event, act="import.receipted", object_id=str(receipt.pk)).first()
    return event is not None and bytes(event.root or b"") == digest == bytes(receipt.digest)


def steps(batch: ImportBatch, found: Preview, open_ones: int) -> list[Step]:
    """进度; `open_ones` wait for review."""
    order = {B.UPLOADED: 1, B.READING: 1, B.FAILED: 1, B.CHECKED: 2, B.COMMITTED: 3, B.CANCELLED: 0, B.UNDONE: 0}
    order[B.COMMITTING] = order[B.CHECKED]
    now, at = order[B(batch.status)], batch.uploaded_at.astimezone(clock.CHINA)
    if batch.status == B.COMMITTED and not open_ones:
        now = 4
    notes = (
        ("上传文件", f"{at:%m-%d %H:%M}"),
        ("认出表头，逐行核对", _read(batch)),
        ("确认结果", _decided(batch, found, now)),
        ("逐件复核", f"还有 {open_ones} 件" if open_ones else "已办完" if now == 4 else ""),
    )
    return [
        Step(title, note, "done" if place < now else "now" if place == now else "next")
        for place, (title, note) in enumerate(notes)
    ]
