"""逐行判断: each row by the one validator, then against the other rows of the sheet and against the register."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from daoli_credit.law import pack
from records import identity, sealed_sheets
from records.models import BatchRow, ImportBatch
from records.models.batch import Verdict
from records.rules import intake
from records.rules.columns import Columns
from records.rules.columnwise import Sheet
from records.rules.problem import Problem
from records.rules.ready import Maker, Ready, escaped, opened
from records.sealed_sheets import Part
from records.workflows import many
from records.workflows.comparing import Comparing

STRIDE = 2000
LONG_NUMBER = re.compile(r"\d(?:[\s.\-]?\d){9,}[XxＸｘ]?")
SHOWN = 60


BEYOND = Problem("no-column", "", "最后一个标题的右边还有内容", "请给它加上标题，或者删去")


def veil(text: str) -> str:
    """遮盖长号码: whatever column somebody put a number into, only its first and last four stay."""
    return LONG_NUMBER.sub(lambda found: f"{found[0][:4]}…{found[0][-4:]}", text)


@dataclass(frozen=True)
class Masking:
    """一行的遮盖: turns what the clerk typed into what may be kept of it."""

    raw: Mapping[str, str]
    titles: Mapping[str, str]

    def _said(self, text: str) -> str:
        name = self.raw.get("party_name", "").strip()
        return veil(text.replace(name, identity.mask_name(name)) if len(name) > 1 else text)

    def problem(self, one: Problem) -> dict[str, str]:
        """A problem as it is kept and shown."""
        value = self.raw.get(one.field, "").strip()
        shown = self._said(value)[:SHOWN] or ("（空）" if one.field else "")
        if value and (one.field == "party_name" or (one.field == "id_number" and not value.isascii())):
            shown = identity.mask_name(value)
        return {
            "cause": one.cause,
            "column": self.titles.get(one.field, ""),
            "value": shown,
            "message": self._said(one.message),
            "fix": one.fix,
        }


def _row(batch: ImportBatch, line: int, kind: Verdict, masking: Masking, problems: Sequence[Problem]) -> BatchRow:
    name, number = masking.raw.get("party_name", "").strip(), masking.raw.get("id_number", "").strip()
    # of companies no person is kept, and of what may not be taken in at all nothing but the line
    refused = any(one.cause.startswith("prohibited:") for one in problems)
    of_a_person = kind != Verdict.APART and not refused
    return BatchRow(
        batch=batch,
        line=line,
        verdict=kind,
        cause=problems[0].cause if problems else "",
        problems=[masking.problem(one) for one in problems],
        who=identity.mask_name(name) if name and of_a_person else "",
        number_tail=identity.mask_number(number)[-18:] if len(number) > 7 and of_a_person else "",
        document_number="" if refused else veil(masking.raw.get("document_number", ""))[:128],
    )


@dataclass(frozen=True)
class Judged:
    """判断过的全表: `good` may go in, `other` are the lines of the preview that may not, as COPY writes them."""

    good: list[Part]
    other: list[str]


def _new(batch: ImportBatch, row: Ready) -> str:
    who, tail = escaped(identity.mask_name(row.name)), identity.mask_number(row.id_number)[-18:]
    shown = f"{who}\t{tail if len(row.id_number) > 7 else ''}\t{row.document}\t{row.determined_on}"
    return f"{batch.pk}\t{row.line}\t{Verdict.NEW.value}\t\t[]\t{shown}\n"


def preview(batch: ImportBatch, judged: Judged) -> Iterator[str]:
    """预览各行, as COPY writes them."""
    yield from (_new(batch, opened(row)) for row in sealed_sheets.rows(batch, judged.good))
    yield from judged.other


class Judge:
    """判断一张表 under one edition: portion after portion, then all of it against itself and the register."""

    def __init__(self, batch: ImportBatch, edition: pack.Pack, columns: Columns, *, today: date) -> None:
        self._batch, self._edition, self._columns, self._today = batch, edition, columns, today
        self._item = edition.item(batch.item_id)
        self._titles = {field.name: field.zh for field in (*edition.identity, *self._item.fields)}
        self._sheet = Sheet(self._item.code, columns, batch.stated, today=today, edition=edition)
        self._maker = Maker(self._item.code, edition)
        self._comparing = Comparing(self._item.code, batch.department_id)
        self._other: list[str] = []
        self._parts: list[Part] = []

    def judge(self, rows: Sequence[tuple[int, Sequence[str]]]) -> None:
        """判断一段."""
        passed = []
        for (line, cells), ready in zip(rows, self._sheet.ready(rows), strict=True):
            row = self._one(line, cells) if ready is None else ready
            if row is not None:
                passed.append(row)
        self._comparing.add(passed)
        self._parts.append(sealed_sheets.sealed_part(self._batch, len(self._parts) + 1, passed))

    def _one(self, line: int, cells: Sequence[str]) -> str | None:
        """A row by the one validator: ready, or set down among the others."""
        raw = self._columns.raw(cells)
        verdict = intake.check(self._item.code, {**raw, **self._batch.stated}, today=self._today, edition=self._edition)
        problems = (*verdict.problems, BEYOND) if self._columns.beyond(cells) else verdict.problems
        masking = Masking(raw, self._titles)
        if verdict.apart:
            problems, kind = (Problem("apart", "party_type", verdict.apart, ""),), Verdict.APART
        elif problems or verdict.checked is None:
            kind = Verdict.WRONG
        else:
            return self._maker.of(line, verdict.checked)
        self._other.append(many.line_of(_row(self._batch, line, kind, masking, problems)))
        return None

    def judged(self, typed: Callable[[int], Sequence[str]]) -> Judged:
        """全表的结论; `typed` gives the cells of a line."""
        found = self._comparing.found(lambda: sealed_sheets.rows(self._batch, self._parts))
        for at, part in enumerate(self._parts if found else ()):
            rows = sealed_sheets.opened(self._batch, part)
            good = [row for row in rows if int(row.partition("\t")[0]) not in found]
            if len(good) < len(rows):
                self._parts[at] = sealed_sheets.sealed_part(self._batch, part.number, good)
        for line, (finding, row) in found.items():
            masking = Masking(self._columns.raw(typed(line)), self._titles)
            other = _row(self._batch, line, finding.verdict, masking, [finding.problem])
            other.document_number, other.determined_on = row.plain_document, date.fromisoformat(row.determined_on)
            self._other.append(many.line_of(other))
        return Judged(self._parts, self._other)


def judge(
    batch: ImportBatch,
    edition: pack.Pack,
    columns: Columns,
    rows: Sequence[tuple[int, Sequence[str]]],
    *,
    today: date,
    progress: Callable[[int], None],
) -> Judged:
    """判断全表: every line, and what may go in."""
    judging = Judge(batch, edition, columns, today=today)
    for at in range(0, len(rows), STRIDE):
        judging.judge(rows[at : at + STRIDE])
        progress(min(at + STRIDE, len(rows)))
    lines: dict[int, Sequence[str]] = {}
    return judging.judged(lambda line: (lines or lines.update(rows) or lines)[line])
