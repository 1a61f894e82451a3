"""成批办理: what `records.workflows.record` does for one record, for a set, with a handful of statements."""

import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.law import clock, pack
from daoli_credit.workflow import RuleBroken, Stale, WrongState
from daoli_credit.workflow_sets import making_many, taking_many
from records import identity_sets
from records.copying import AT_ONCE, copy_in, in_pieces
from records.models import BatchRow, CreditRecord, ImportBatch, Sample
from records.models.batch import Verdict
from records.models.record import Records
from records.models.revision import Kind
from records.rules import ready
from records.rules.collectable import not_firm
from records.workflows import day_notes, numbering, opening, takes, telling
from records.workflows import record as record_acts
from records.workflows.comparing import Comparing
from records.workflows.preparing import Entrants, Portion, portions
from records.workflows.record import STEPS

# What the act itself says of a record, before what the sheet says of it.
COLUMNS = (
    "id", "number", "row_id", "subject_id", "status", "revision", "item_id", "department_id", "entered_by_id",
    "submitted_by_id", "submitted_on", "first_submitted_on", "end_kind", "was_returned", "created_at", *ready.COLUMNS,
)  # fmt: skip
DIFFERENT = "备好的行与预览不符，整批未办"
PREVIEWED = (
    "batch_id", "line", "verdict", "cause", "problems", "who", "number_tail", "document_number", "determined_on",
)  # fmt: skip


def _cell(value: Any) -> str:
    """One value in the text form of COPY."""
    if value is None:
        return "\\N"
    if isinstance(value, bytes):
        return f"\\\\x{value.hex()}"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, dict | list):
        return ready.escaped(json.dumps(value, ensure_ascii=False))
    return ready.escaped(str(value))


# like the saving of as many new `Revision`s
APPEND = """
INSERT INTO records_revision (record_id, number, kind, day, made_at)
SELECT id, coalesce((SELECT max(number) FROM records_revision WHERE record_id = id_of.id), 0) + 1, %s, %s, now()
FROM unnest(%s::bigint[]) AS id_of (id) ORDER BY id
"""


def insert(rows: Sequence[Model]) -> None:
    """存下一组新行 of one noun, their own numbers among what they say, by COPY."""
    if rows:
        fields = type(rows[0])._meta.concrete_fields
        names = [str(one.attname) for one in fields]
        lines = ("\t".join([_cell(getattr(row, name)) for name in names]) + "\n" for row in rows)
        copy_in(type(rows[0])._meta.db_table, [str(one.column) for one in fields], in_pieces(lines))


def line_of(row: BatchRow) -> str:
    """一行: a row of the preview in the text form of COPY."""
    return "\t".join(_cell(getattr(row, name)) for name in PREVIEWED) + "\n"


def keep_rows(pieces: Iterable[bytes]) -> None:
    """存下各行的结论."""
    copy_in("records_batchrow", PREVIEWED, pieces)


def enter(*, batch: ImportBatch, actor: User, progress: Callable[[int], None]) -> Sequence[int]:
    """成批录入并报送: the records come in as reported, by COPY, in one step with one event (count and Merkle root).

    Portion after portion in the one transaction that the caller has opened, so that what is remembered does not grow
    with the sheet. Raises RuleBroken when the register has moved since the preview, WrongState when what was kept is
    not what the preview says, and IntegrityError when somebody else was quicker: nothing of the set stands then.
    Whatever `progress` raises stops it between two portions.
    """
    today, now = clock.today(), clock.now()
    wanted = BatchRow.objects.filter(batch=batch, verdict=Verdict.NEW).count()
    ids, done, moved = array("q"), 0, 0
    entrants = Entrants(Comparing(batch.item_id, batch.department_id))
    with making_many(
        STEPS["submit"], CreditRecord, ids, department=batch.in_department, actor=actor, about=batch.number
    ) as status:
        enterer = batch.uploaded_by_id or actor.pk  # a system enters nothing: who confirms it does
        said = [status, 1, batch.item_id, batch.department_id, enterer, actor.pk, today, today, "", False]
        act = "\t".join(map(_cell, [*said, now.isoformat()]))
        for portion in portions(batch):
            progress(done)
            entrants.meet(portion)
            done, moved = done + len(portion.people), moved + entrants.moved(portion)
            if moved:  # nothing will stand; how many there are is all that is still asked
                continue
            if len(portion.row_ids) != len(portion.people):
                raise WrongState(DIFFERENT)
            entrants.register(portion)
            ids.extend(identity_sets.next_ids("records_creditrecord", len(portion.people)))
            placed = zip(ids[-len(portion.people) :], numbering.next_numbers(today, len(portion.people)), strict=True)
            copy_in("records_creditrecord", COLUMNS, _records(portion, placed, entrants.subjects, act))
        if moved:
            said_so = f"核对之后有 {moved} 行的情况变了（别人已经录入）"
            raise RuleBroken(f"{said_so}；请点“重新核对”，看过新的结果再确认")
        if done != wanted:
            raise WrongState(DIFFERENT)
    return ids


def _records(
    portion: Portion, placed: Iterable[tuple[int, str]], subjects: Mapping[str, int], act: str
) -> Iterator[bytes]:
    """The records of a portion as COPY reads them; `placed` gives each its id and its number."""
    places = zip(placed, portion.row_ids, strict=True)
    for shared, lines in portion.parts:
        for at in range(0, len(lines), AT_ONCE):
            text: list[bytes] = []
            some = map(ready.of_record, lines[at : at + AT_ONCE])
            # the lines come first, so that no place is taken too many
            for (number, record, place), ((pk, name), row) in zip(some, places, strict=False):
                head = f"{pk}\t{name}\t{row}\t{subjects[number.decode()]}\t{act}\t".encode()
                text += head, record, b"\t", shared[place], b"\n"
            yield b"".join(text)


def _locked(seen: Mapping[int, int], ids: Sequence[int]) -> Records:
    """The rows of a set whose step is being taken: all there, and as the actor saw them."""
    if set(ids) != set(seen):
        raise WrongState("这一页里有的记录已经不在，整页未办；请看最新情况")
    records = CreditRecord.objects.filter(pk__in=ids)
    if any(seen[pk] != revision for pk, revision in records.values_list("pk", "revision")):
        raise Stale("内容已变更：您打开之后有人改过其中的记录，整页未办；请看过最新内容再办")
    return records


def approve(*, batch: ImportBatch, seen: Mapping[int, int], actor: User, opinion: str = "") -> int:
    """成批复核通过: a page of records that this reviewer has opened, each as it was shown. All of them or none.

    Raises PermissionDenied, WrongState, Stale, and RuleBroken for the enterer or submitter, for records that were
    not opened, and for records whose use would already have ended.
    """
    today = clock.today()
    wanted = CreditRecord.objects.filter(pk__in=seen, row__batch=batch)
    with taking_many(
        STEPS["approve"],
        wanted,
        department=batch.in_department,
        actor=actor,
        opinion=opinion,
        about=batch.number,
        facts={"reviewed_by": actor, "effective_on": today},
    ) as ids:
        records = list(_locked(seen, ids).select_related("department", "subject").prefetch_related("subject__key_rows"))
        if not records:
            raise RuleBroken("没有选中记录")
        if any(actor.pk in {one.submitted_by_id, one.entered_by_id} for one in records):
            raise RuleBroken("复核人不能复核自己上传或者确认入库的记录，请由另一人复核")
        if why_not := not_firm(pack.current().item(batch.item_id)):
            raise RuleBroken(why_not)
        takes.demand_free([batch, *records], actor)
        if not _sampled(batch, actor) and (missed := opening.unopened(records, actor)):
            raise RuleBroken(f"有 {len(missed)} 件还没有在您的页面上打开过，整页未办；不利信息逐件核对，不抽查")
        if over := [one.number for one in records if one.is_over(today)]:
            raise RuleBroken(f"{'、'.join(over[:5])} 等 {len(over)} 件的共享使用期已经届满，不能再生效；请先退回这几件")
        if left := [one.number for one in records if one.subject.left_on is not None]:
            raise RuleBroken(f"{'、'.join(left[:5])} 等 {len(left)} 件的当事人已不是信用主体，请先退回这几件")
        takes.done(ids)
        _append(ids, Kind.EFFECTIVE, today)
        events.led_to(actor=actor, case_numbers=[one.number for one in records], result=STEPS["approve"].act)
        for one in records:
            one.reviewed_by, one.effective_on = actor, today
        telling.tell_all_of_effect(records)
    return len(ids)


def _sampled(batch: ImportBatch, actor: User) -> bool:
    """抽查通过的 by this reviewer: never so of adverse information (`records.workflows.sampling`)."""
    return any(one.passed and one.judged_by_id == actor.pk for one in Sample.objects.filter(batch=batch))


def _append(ids: Sequence[int], kind: Kind, day: date) -> None:
    """追加版本, for a set whose rows are locked."""
    with connection.cursor() as cursor:
        cursor.execute(APPEND, [kind, day, list(ids)])


def send_back(
    *, batch: ImportBatch, seen: Mapping[int, int], actor: User, opinion: str, reasons: Sequence[str] = ()
) -> int:
    """退回几件: all of them or none, each with its own event, for the clerk must find the reason at the record.

    Raises PermissionDenied, WrongState, Stale, RuleBroken.
    """
    mine = set(CreditRecord.objects.filter(pk__in=seen, row__batch=batch).values_list("pk", flat=True))
    if not seen:
        raise RuleBroken("没有勾选要退回的记录")
    if mine != set(seen):
        raise WrongState("勾选的记录里有的不在这一批，没有退回；请看最新情况")
    with transaction.atomic():
        takes.demand_free([batch], actor)
        notes: list[day_notes.Note] = []
        for pk, revision in sorted(seen.items()):
            notes += record_acts.sent_back(pk, actor, opinion, revision, reasons)[1]
        day_notes.keep(notes)
    return len(seen)
