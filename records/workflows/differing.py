"""内容不同的行: what a sheet says otherwise of a record in force is proposed as a correction, never written (ADR 0023).

The rows are opened as they were judged, wherever in the sheet they stand. When the rules have moved since, the sheet as
uploaded is the truth: it is read again, as far as they are asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from daoli_credit import cipher
from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.law import clock, pack
from daoli_credit.workflow import AlreadyDone, RuleBroken
from records import amendments, identity, sealed_sheets
from records.identity import Identity
from records.models import Amendment, BatchRow, CreditRecord, ImportBatch
from records.models.amendment import A, AmendmentKind
from records.models.record import SeverityClass
from records.reading.sheet import Unreadable
from records.rules import amendable, columns, differences, intake, ready
from records.rules.differences import Difference
from records.rules.objectable import fields as points
from records.rules.objectable import text
from records.workflows import amendment
from records.workflows.comparing import DIFFERS
from records.workflows.importing import opened

GONE = "这份文书的记录已经不在效，这里不再显示"
ONLY_EMPTY = "这一行只是有的栏目空着，或者只有分类依据、送达不同；没有可以提出的更正，请看那条记录"
NOW_WRONG = "按今天的规则，这一行有差错；请重新核对"
WAITS = "这条信息已经有一件更正在等待复核"
SEVERAL = "这份文书对这个人有几条记录，不知道是哪一条；请在那条记录上提出更正"


@dataclass(frozen=True)
class Differing:
    """一行: its record, what differs, and why it cannot be proposed ("" when it can)."""

    line: int
    record: CreditRecord | None = None
    differences: Sequence[Difference] = ()
    changes: Mapping[str, str] = field(default_factory=dict)
    why_not: str = ""
    waiting: Amendment | None = None


def rows(batch: ImportBatch, lines: Sequence[int]) -> list[Differing]:
    """这些行与登记的不同, in the order of the sheet. Raises RuleBroken when the sheet is no longer kept."""
    wanted = set(lines)
    wanted &= set(BatchRow.objects.filter(batch=batch, cause=DIFFERS.cause).values_list("line", flat=True))
    if not wanted:
        return []
    found: dict[int, Differing] = {}
    if batch.checked_under == pack.current().digest:
        kept = sealed_sheets.differing(batch, wanted)
        found = {line: _of(batch, line, _kept(row)) for line, row in kept.items()}
    if left := wanted - set(found):
        found |= _from_the_sheet(batch, left)
    return [found[line] for line in sorted(found)]


def _from_the_sheet(batch: ImportBatch, wanted: set[int]) -> dict[int, Differing]:
    """When the rules have moved since, or the sheet was judged before such rows were kept. Raises RuleBroken."""
    found: dict[int, Differing] = {}
    try:
        _, head, body = opened(batch)
        for line, cells in body:
            if line in wanted:
                said = _checked(batch, head.raw(cells))
                found[line] = _of(batch, line, said) if said else Differing(line, why_not=NOW_WRONG)
            if line >= max(wanted):
                break
    except (Unreadable, columns.BadColumns, sealed_sheets.NotKept) as why:
        raise RuleBroken(str(why)) from why
    return found


@dataclass(frozen=True)
class Said:
    """一行说的."""

    who: Identity
    document_number: str
    content: Mapping[str, Any]
    severity: str


def _kept(row: str) -> Said:
    """As it was judged."""
    one = ready.opened(row)
    return Said(Identity(one.name, one.id_type, one.id_number), one.plain_document, one.content, one.severity)


def _checked(batch: ImportBatch, raw: Mapping[str, str]) -> Said | None:
    """By today's rules."""
    checked = intake.check(batch.item_id, {**raw, **batch.stated}, today=clock.today()).checked
    if checked is None:
        return None
    return Said(checked.identity, checked.document_number, checked.content, checked.severity)


def _of(batch: ImportBatch, line: int, checked: Said) -> Differing:
    today, item = clock.today(), pack.current().item(batch.item_id)
    records = CreditRecord.objects.filter(
        item=batch.item_id,
        department=batch.department_id,
        document_number=checked.document_number,
        subject__key_rows__digest__in=cipher.person_keys(checked.who.id_number),
    )
    known = list(records.select_related("item", "department", "subject").distinct())
    standing = [one for one in known if one.status != "ended" and not one.is_over(today)]
    if len(standing) != 1:
        return Differing(line, why_not=SEVERAL if standing else GONE)
    (record,) = standing
    if not identity.agrees(record.subject, checked.who.name):
        return Differing(line, why_not="姓名与登记的不同；请重新核对")
    changes = {
        one.name: text(checked.content.get(one.name))
        for one in item.fields
        if not one.ignored and text(checked.content.get(one.name)) not in {"", text(record.content.get(one.name))}
    }
    if checked.severity != record.severity and "severity" in {point.field for point in points(record, item)}:
        changes["severity"] = dict(SeverityClass.choices)[checked.severity]
    titles = differences.OURS | {one.name: one.zh for one in item.fields}
    stood = differences.content_of(record)
    differing = [
        Difference(name, titles[name], differences.said(name, stood.get(name)), now) for name, now in changes.items()
    ]
    waiting = record.amendments.filter(status=A.PROPOSED).first()
    why_not = amendable.refusal(record, on=today) or (WAITS if waiting else "") or ("" if changes else ONLY_EMPTY)
    return Differing(line, record, differing, changes, why_not, waiting)


def propose(
    *, batch: ImportBatch, chosen: Mapping[int, int], actor: User, document: str, reason: str
) -> list[Amendment]:
    """提出勾选的: line → the record's revision as it was shown. All of them or none; one that waits already is done.

    Raises PermissionDenied, Stale, OpinionRefused, AlreadyDone when all of them wait already, and RuleBroken that
    names the line.
    """
    if not chosen:
        raise RuleBroken("没有勾选要提出更正的行")
    made: list[Amendment] = []
    found = {one.line: one for one in rows(batch, list(chosen))}
    with transaction.atomic():
        for line, seen in sorted(chosen.items()):
            one = found.get(line)
            if one is None or one.record is None:
                raise RuleBroken(f"第 {line} 行现在不能提出更正：{one.why_not if one else '不是内容不同的行'}")
            if one.waiting:
                continue
            if one.why_not:
                raise RuleBroken(f"第 {line} 行现在不能提出更正：{one.why_not}")
            look = events.look_up(
                actor=actor,
                person_key=one.record.person_keys()[0],
                matter=amendments.HANDLING,
                case_number=one.record.number,
                purpose="核对更正后的内容",
                shown=["record", "identity"],
                department=batch.department.code,
            )
            try:
                proposed = amendment.propose(
                    record_id=one.record.pk,
                    actor=actor,
                    kind=AmendmentKind.CORRECT,
                    document=document or one.record.document_number,
                    reason=reason,
                    seen=seen,
                    changes=one.changes,
                    because=look,
                )
            except RuleBroken as why:
                raise RuleBroken(f"第 {line} 行：{why}") from why
            except AlreadyDone:
                continue
            made.append(proposed)
    if not made:
        raise AlreadyDone("勾选的各行都已经有一件更正在等待复核")
    return made
