"""逐行判断: each row by the one validator, then against the other rows of the sheet and against the register."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from daoli_credit.law import pack
from records import identity, identity_sets
from records.models import BatchRow, CreditRecord, ImportBatch
from records.models.batch import Verdict
from records.rules import intake
from records.rules.columns import Columns
from records.rules.intake import Checked
from records.rules.problem import Problem

STRIDE = 500
LONG_NUMBER = re.compile(r"\d(?:[\s.\-]?\d){9,}[XxＸｘ]?")
SHOWN = 60

Passed = list[tuple[int, Checked]]
Content = tuple[date, bytes]

OTHER_NAME = Problem(
    "other-name",
    "id_number",
    "这个证件号码在本系统登记的是另一个姓名",
    "请对照证件核对姓名和号码；确属更名或者登记有误的，在“单条录入”里录这一行，点“交区信用办核对”，系统不替您猜",
)
LEFT = Problem(
    "left",
    "id_number",
    "区信用办已核定，这个人不再是信用主体，记录不收",
    "请从表里删去这一行；认为核定有误的，请联系区信用办",
)
TWO_NAMES = Problem(
    "two-names",
    "id_number",
    "同一个证件号码在这张表里有两个姓名",
    "请对照证件核对是哪一行写错了，改好后连同其他行一起再传；涉及的各行都没有入库",
)
DIFFERS = Problem(
    "differs",
    "document_number",
    "这份文书对这个人的记录已经在本系统，内容与这一行不同，没有覆盖",
    "请对照决定书：表里写错的，改表再传；已有记录写错的，请在那条记录上退回或者更正",
)
DIFFERS_HERE = Problem(
    "differs-here",
    "document_number",
    "同一份文书、同一个人在这张表里有两种内容，系统不替您选",
    "请对照决定书，只留正确的一行再传；涉及的各行都没有入库",
)
KNOWN = Problem("known", "document_number", "这份文书对这个人的记录已经在本系统，内容相同", "不用处理，不会重复入库")
REPEATED = Problem("repeated", "document_number", "与前面的行完全相同", "不用处理，只入库一次")
BEYOND = Problem("no-column", "", "最后一个标题的右边还有内容", "请给它加上标题，或者删去")


@dataclass(frozen=True)
class Finding:
    """一行通过规则以后的结论."""

    verdict: Verdict
    problem: Problem | None = None


NEW = Finding(Verdict.NEW)


def compare(item: str, department_id: int, rows: Passed) -> dict[int, Finding]:
    """与登记和本表比对: a finding for every line. Nothing that disagrees is chosen between; a person must look."""
    names: dict[str, set[str]] = defaultdict(set)
    here: dict[tuple[str, str], set[Content]] = defaultdict(set)
    for _, row in rows:
        names[row.identity.id_number].add(row.identity.name)
        here[row.identity.id_number, row.document_number].add((row.determined_on, row.digest()))
    keys = identity_sets.keys_of(names)
    people = identity_sets.known({(row.identity.id_number, row.identity.name) for _, row in rows}, keys)
    held = _held(item, department_id, {who.subject_id for who in people.values()})
    seen: set[tuple[str, str]] = set()
    found: dict[int, Finding] = {}
    for line, row in rows:
        number, document = row.identity.id_number, row.document_number
        who = people.get((number, row.identity.name))
        there = held.get((who.subject_id, document), set()) if who else set()
        if who and who.left:
            found[line] = Finding(Verdict.PERSON, LEFT)
        elif who and not who.agrees:
            found[line] = Finding(Verdict.PERSON, OTHER_NAME)
        elif who is None and len(names[number]) > 1:
            found[line] = Finding(Verdict.PERSON, TWO_NAMES)
        elif there:
            same = (row.determined_on, row.digest()) in there
            found[line] = Finding(Verdict.SAME, KNOWN) if same else Finding(Verdict.CHANGED, DIFFERS)
        elif len(here[number, document]) > 1:
            found[line] = Finding(Verdict.CHANGED, DIFFERS_HERE)
        else:
            found[line] = Finding(Verdict.SAME, REPEATED) if (number, document) in seen else NEW
        seen.add((number, document))
    return found


def _held(item: str, department_id: int, subjects: set[int]) -> dict[tuple[int, str], set[Content]]:
    held: dict[tuple[int, str], set[Content]] = defaultdict(set)
    there = CreditRecord.objects.filter(item=item, department=department_id, subject__in=subjects)
    for subject, document, day, digest in there.values_list(
        "subject_id", "document_number", "determined_on", "content_digest"
    ):
        held[subject, document].add((day, bytes(digest)))
    return held


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


def judge(
    batch: ImportBatch,
    edition: pack.Pack,
    columns: Columns,
    rows: Sequence[tuple[int, Sequence[str]]],
    *,
    today: date,
    progress: Callable[[int], None],
) -> tuple[list[BatchRow], Passed]:
    """判断全表 under one edition: a row for every line, unsaved, and what may go in."""
    item = edition.item(batch.item_id)
    titles = {field.name: field.zh for field in (*edition.identity, *item.fields)}
    made: dict[int, BatchRow] = {}
    passed: Passed = []
    raws: dict[int, Masking] = {}
    for count, (line, cells) in enumerate(rows, 1):
        raw = columns.raw(cells)
        raws[line] = Masking(raw, titles)
        verdict = intake.check(item.code, {**raw, **batch.stated}, today=today, edition=edition)
        problems = (*verdict.problems, BEYOND) if columns.beyond(cells) else verdict.problems
        if verdict.apart:
            apart = Problem("apart", "party_type", verdict.apart, "")
            made[line] = _row(batch, line, Verdict.APART, raws[line], [apart])
        elif problems or verdict.checked is None:
            made[line] = _row(batch, line, Verdict.WRONG, raws[line], problems)
        else:
            passed.append((line, verdict.checked))
        if count % STRIDE == 0:
            progress(count)
    found = compare(item.code, batch.department_id, passed)
    good: Passed = []
    for line, row in passed:
        finding = found[line]
        made[line] = _row(batch, line, finding.verdict, raws[line], [finding.problem] if finding.problem else [])
        made[line].document_number, made[line].determined_on = row.document_number, row.determined_on
        if finding is NEW:
            good.append((line, row))
    return [made[line] for line in sorted(made)], good
