"""表里的行: a preview by verdict, and one page of the rows of a sheet."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from daoli_credit.law import clock
from records.models import BatchRow, ImportBatch
from records.models.batch import B, Verdict
from records.models.record import S
from records.rules import problem, values

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


def rows(batch: ImportBatch, verdict: str, cause: str = "", q: str = "", state: str = "") -> QuerySet[BatchRow]:
    """一类的行, in the order of the sheet, or those of it whose record stands at `state`. The row of a record that has
    ended is gone here as everywhere."""
    if batch.status in {B.UPLOADED, B.READING}:
        return BatchRow.objects.none()
    over = Q(record__status=S.ENDED) | Q(record__status=S.EFFECTIVE, record__use_until__lt=clock.today())
    of_kind = found(batch, q).filter(verdict=verdict)
    if cause:
        codes = of_kind.order_by().values_list("cause", flat=True).distinct()
        of_kind = of_kind.filter(cause__in=[code for code in codes if problem.title(code) == cause])
    if state:
        of_kind = of_kind.filter(record__status=state)
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
