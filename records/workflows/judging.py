"""逐行判断: each row by the one validator, then against the other rows of the sheet and against the register."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from typing import Protocol

from daoli_credit.law import pack
from records import identity, sealed_sheets
from records.identity import Identity
from records.models import BatchRow, ImportBatch
from records.models.batch import Verdict
from records.rules import footing, intake
from records.rules.columns import Columns
from records.rules.columnwise import Sheet
from records.rules.problem import Problem
from records.rules.ready import Made, Maker, Ready, escaped, opened, parted
from records.sealed_sheets import Part
from records.workflows import many
from records.workflows.beside import Beside
from records.workflows.collecting import seldom_collected
from records.workflows.comparing import Comparing, Finding, differs

STRIDE = 2000
LONG_NUMBER = re.compile(r"\d(?:[\s.\-]?\d){9,}[XxＸｘ]?")
SHOWN = 60
OF_PEOPLE = frozenset(intake.IDENTITY_FIELDS)


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
        # whoever has shifted the columns has a name under any of these titles
        shifted = one.field in OF_PEOPLE and one.cause != "apart" and not value.isascii()
        if value and (one.field == "party_name" or shifted):
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


def _shown(who: Identity) -> str:
    """The masked person of a good row, as COPY writes it."""
    tail = identity.mask_number(who.id_number)[-18:] if len(who.id_number) > 7 else ""
    return f"{escaped(identity.mask_name(who.name))}\t{tail}"


class Keeping(Protocol):
    """存放: where the verdicts go, portion after portion, each in a transaction of its own."""

    def portion(self, part: Part | None, lines: bytes, done: int) -> None:
        """存下一段: its rows that passed, the preview of all its rows as COPY writes it, and how many rows are done."""

    def instead(self, part: Part, lines: bytes, doubtful: Sequence[int], differing: Part | None) -> None:
        """换下一段里可疑的几行: the part without them, and their preview anew; those that differ from the register
        are kept apart, so that any of them is found again without reading the sheet.
        """


class Judge:
    """判断一张表 under one edition: portion after portion, then all of it against itself and the register."""

    def __init__(
        self, batch: ImportBatch, edition: pack.Pack, columns: Columns, keeping: Keeping, *, today: date
    ) -> None:
        self._batch, self._edition, self._columns, self._today = batch, edition, columns, today
        self._item = edition.item(batch.item_id)
        self._titles = {field.name: field.zh for field in (*edition.identity, *self._item.fields)}
        self._sheet = Sheet(self._item.code, columns, batch.stated, today=today, edition=edition)
        self._maker = Maker(self._item.code, edition)
        self._comparing = Comparing(self._item.code, batch.department_id)
        self._beside = Beside()
        self._keeping = keeping
        self._waiting: Callable[[], None] | None = None
        self._number = 0
        self._known: set[int] = set()
        self.count = 0

    def close(self) -> None:
        """Nothing goes on beside any more."""
        self._beside.close()

    def judge(self, rows: Sequence[tuple[int, Sequence[str]]]) -> None:
        """判断一段, while the one before is laid down; both are done when this returns."""
        self._keep()
        passed, lines, numbers = list[tuple[bytes, bytes]](), list[str](), set[str]()
        see, said = self._comparing.see, f"{Verdict.NEW.value}\t\t[]"
        last: Identity | None = None
        shown = ""
        for (line, cells), made in zip(rows, self._sheet.ready(rows), strict=True):
            row = self._one(line, cells) if made is None else made
            if isinstance(row, BatchRow):
                lines.append(many.line_of(row))
                continue
            who = row.who
            if who is not last:
                last, shown = who, _shown(who)
                numbers.add(who.id_number)
            see(who.id_number, who.name, who.id_type, row.document)
            passed.append((row.head, row.tail))
            lines.append(f"{self._batch.pk}\t{line}\t{said}\t{shown}\t{row.document}\t{row.day}\n")
        self._number += 1
        self.count += len(rows)
        self._waiting = partial(self._lay_down, self._number, passed, lines, numbers, self.count)
        self._beside.wait()

    def _lay_down(
        self, number: int, passed: Sequence[tuple[bytes, bytes]], lines: Sequence[str], numbers: set[str], done: int
    ) -> None:
        """存下一段, by the other hand: sealed, and asked whether the register knows anybody in it."""
        if numbers and self._comparing.knows(numbers):
            self._known.add(number)
        part = sealed_sheets.sealed_part(self._batch, number, passed) if passed else None
        self._keeping.portion(part, "".join(lines).encode(), done)

    def _keep(self) -> None:
        if self._waiting:
            self._beside.give(self._waiting)
            self._waiting = None

    def _one(self, line: int, cells: Sequence[str]) -> Made | BatchRow:
        """A row by the one validator: ready, or as the preview will tell what is wrong with it."""
        if why := footing.why_not_a_row(self._columns, cells):
            return _row(self._batch, line, Verdict.APART, Masking({}, self._titles), [Problem("foot", "", why, "")])
        raw = self._columns.raw(cells)
        verdict = intake.check(self._item.code, {**raw, **self._batch.stated}, today=self._today, edition=self._edition)
        problems = (*verdict.problems, BEYOND) if self._columns.beyond(cells) else verdict.problems
        if not problems and verdict.checked is not None:
            return self._maker.of(line, verdict.checked)
        if verdict.apart:
            problems = (Problem("apart", "party_type", verdict.apart, ""),)
        kind = Verdict.APART if verdict.apart else Verdict.WRONG
        return _row(self._batch, line, kind, Masking(raw, self._titles), problems)

    def judged(self) -> None:
        """全表的结论: what is doubtful beside other rows or beside the register is taken out of what passed."""
        self._keep()
        self._beside.wait()
        parts = sealed_sheets.parts(self._batch)
        about_each_other = self._comparing.settle(lambda: sealed_sheets.rows(self._batch, parts))
        for part in parts if about_each_other or self._known else ():
            if not about_each_other and part.number not in self._known:
                continue
            rows = [opened(row) for row in sealed_sheets.opened(self._batch, part)]
            if found := self._comparing.of(rows):
                good = (parted("\t".join(row)) for row in rows if int(row.line) not in found)
                told = "".join(self._found(row, found[int(row.line)]) for row in rows if int(row.line) in found)
                others = [(int(row.line), "\t".join(row)) for row in rows if differs(found.get(int(row.line)))]
                self._keeping.instead(
                    sealed_sheets.sealed_part(self._batch, part.number, good),
                    told.encode(),
                    list(found),
                    sealed_sheets.differing_part(self._batch, others) if others else None,
                )

    def _found(self, row: Ready, finding: Finding) -> str:
        raw = {"party_name": row.name, "id_number": row.id_number, "document_number": row.plain_document}
        made = _row(self._batch, int(row.line), finding.verdict, Masking(raw, self._titles), [finding.problem])
        made.document_number, made.determined_on = row.plain_document, date.fromisoformat(row.determined_on)
        return many.line_of(made)


def judge(
    batch: ImportBatch,
    edition: pack.Pack,
    columns: Columns,
    rows: Iterable[tuple[int, Sequence[str]]],
    keeping: Keeping,
    *,
    today: date,
) -> int:
    """判断全表, as its rows come: every line, and what may go in. Returns how many rows; holds few at a time."""
    judging, coming = Judge(batch, edition, columns, keeping, today=today), iter(rows)
    with seldom_collected(), closing(judging):
        while some := list(islice(coming, STRIDE)):
            judging.judge(some)
        judging.judged()
    return judging.count
