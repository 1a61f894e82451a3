"""成批办理: what `records.workflows.record` does for one record, for a set, with a handful of statements."""

import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock, ends, pack
from daoli_credit.law.ends import Ends
from daoli_credit.workflow import RuleBroken, Stale, WrongState, taking_many
from records import identity_sets
from records.models import BatchRow, CreditRecord, ImportBatch, Revision
from records.models.record import Records, S
from records.models.revision import Kind
from records.rules.intake import Checked
from records.workflows import numbering, telling
from records.workflows import record as record_acts
from records.workflows.record import STEPS

COLUMNS = (
    "id", "status", "revision", "number", "item_id", "department_id", "subject_id", "document_number",
    "determined_on", "conduct_on", "content", "remarks", "content_digest", "severity", "severity_basis", "service",
    "served_on", "edition", "public_until", "use_until", "keep_until", "repair_from", "reasons", "entered_by_id",
    "submitted_by_id", "submitted_on", "end_kind", "was_returned", "created_at",
)  # fmt: skip
ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _cell(value: Any) -> str:
    """One value in the text form of COPY."""
    if value is None:
        return "\\N"
    if isinstance(value, bytes):
        return f"\\\\x{value.hex()}"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False).translate(ESCAPED)
    return str(value).translate(ESCAPED)


def copy_in(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """COPY: the rows in one stream, past no constraint and no trigger."""
    lines = io.StringIO("".join("\t".join(map(_cell, row)) + "\n" for row in rows))
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", lines)


def keep_rows(rows: Sequence[BatchRow]) -> None:
    """存下各行的结论."""
    columns = (
        "batch_id", "line", "verdict", "cause", "problems", "who", "number_tail", "document_number", "determined_on"
    )  # fmt: skip
    copy_in("records_batchrow", columns, [[getattr(row, name) for name in columns] for row in rows])


class _EndsOnce:
    """The ends of equal facts are computed once; a sheet of one kind has few different days."""

    def __init__(self, edition: pack.Pack, item_code: str) -> None:
        self.edition, self.item = edition, edition.item(item_code)
        self.known: dict[tuple[str, date, date | None, date | None], Ends] = {}

    def of(self, row: Checked) -> Ends:
        facts = (row.severity, row.determined_on, row.conduct_on, row.term_end)
        if facts not in self.known:
            self.known[facts] = ends.compute(
                self.item,
                row.severity or None,
                determined_on=row.determined_on,
                conduct_on=row.conduct_on,
                term_end=row.term_end,
                pack=self.edition,
            )
        return self.known[facts]


def enter(*, batch: ImportBatch, rows: Sequence[tuple[int, Checked]], edition: pack.Pack, actor: User) -> list[int]:
    """成批录入并报送: drafts by COPY, then the one step of the whole set, with its one event (count and Merkle root).

    The caller holds the batch, has compared with the register, and checked right and item. Raises IntegrityError
    when somebody else was quicker: nothing of the set stands then.
    """
    today, now = clock.today(), clock.now()
    people = {row.identity.id_number: row.identity for _, row in rows}
    keys = identity_sets.keys_of(people)
    known = identity_sets.known({(one.id_number, one.name) for one in people.values()}, keys)
    subjects = {number: who.subject_id for (number, _), who in known.items()}
    subjects |= identity_sets.register((one for number, one in people.items() if number not in subjects), keys)
    ids = identity_sets.next_ids("records_creditrecord", len(rows))
    numbers, computed = numbering.next_numbers(today, len(rows)), _EndsOnce(edition, batch.item_id)
    lines = []
    for pk, number, (_, row) in zip(ids, numbers, rows, strict=True):
        until = computed.of(row)
        lines.append((
            pk, S.DRAFT, 1, number, batch.item_id, batch.department_id, subjects[row.identity.id_number],
            row.document_number, row.determined_on, row.conduct_on, row.content, list(row.remarks), row.digest(),
            row.severity, row.severity_basis, row.service, row.served_on, edition.edition, until.public_until,
            until.use_until, until.keep_until, until.repair_from, dict(until.reasons), batch.uploaded_by_id,
            actor.pk, today, "", False, now.isoformat(),
        ))  # fmt: skip
    copy_in("records_creditrecord", COLUMNS, lines)
    drafts = CreditRecord.objects.filter(pk__gte=ids[0], pk__lte=ids[-1], pk__in=ids)
    with taking_many(STEPS["submit"], drafts, department=batch.in_department, actor=actor, about=batch.number):
        pass
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE records_batchrow row SET record_id = made.id"
            " FROM unnest(%s::bigint[], %s::int[]) AS made (id, line) WHERE row.batch_id = %s AND row.line = made.line",
            [ids, [line for line, _ in rows], batch.pk],
        )
    return ids


def _locked(seen: Mapping[int, int], ids: Sequence[int]) -> Records:
    """The rows of a set whose step is being taken: all there, and as the actor saw them."""
    if set(ids) != set(seen):
        raise WrongState("这一页里有的记录已经不在，整页未办；请看最新情况")
    records = CreditRecord.objects.filter(pk__in=ids)
    if any(seen[pk] != revision for pk, revision in records.values_list("pk", "revision")):
        raise Stale("内容已变更：您打开之后有人改过其中的记录，整页未办；请看过最新内容再办")
    return records


def unopened(records: Sequence[CreditRecord], actor: User) -> list[CreditRecord]:
    """没有打开过的: records whose content this reviewer has never been shown. Adverse rows are not sampled."""
    numbers = [record.number for record in records]
    looks = LookUp.objects.filter(actor_id=actor.audit_id, kind=LookUp.Kind.LOOK, case_number__in=numbers)
    opened = {(look.case_number, bytes(look.person_key)) for look in looks}
    return [one for one in records if not any((one.number, key) in opened for key in one.person_keys())]


def approve(*, batch: ImportBatch, seen: Mapping[int, int], actor: User, opinion: str = "") -> int:
    """成批复核通过: a page of records that this reviewer has opened, each as it was shown. All of them or none.

    Raises PermissionDenied, WrongState, Stale, and RuleBroken for the enterer or submitter, for records that were
    not opened, and for records whose use would already have ended.
    """
    today = clock.today()
    wanted = CreditRecord.objects.filter(pk__in=seen, row__batch=batch)
    with taking_many(
        STEPS["approve"], wanted, department=batch.in_department, actor=actor, opinion=opinion, about=batch.number
    ) as ids:
        records = list(_locked(seen, ids).select_related("department", "subject").prefetch_related("subject__key_rows"))
        if not records:
            raise RuleBroken("没有选中记录")
        if any(actor.pk in {one.submitted_by_id, one.entered_by_id} for one in records):
            raise RuleBroken("复核人不能复核自己上传或者确认入库的记录，请由另一人复核")
        if missed := unopened(records, actor):
            raise RuleBroken(f"有 {len(missed)} 件还没有在您的页面上打开过，整页未办；不利信息逐件核对，不抽查")
        if over := [one.number for one in records if one.use_until is not None and one.use_until < today]:
            raise RuleBroken(f"{'、'.join(over[:5])} 等 {len(over)} 件的共享使用期已经届满，不能再生效；请先退回这几件")
        if left := [one.number for one in records if one.subject.left_on is not None]:
            raise RuleBroken(f"{'、'.join(left[:5])} 等 {len(left)} 件的当事人已不是信用主体，请先退回这几件")
        CreditRecord.objects.filter(pk__in=ids).update(reviewed_by=actor, effective_on=today)
        _append(ids, Kind.EFFECTIVE, today)
        events.led_to(actor=actor, case_numbers=[one.number for one in records], result=STEPS["approve"].act)
        for one in records:
            one.reviewed_by, one.effective_on = actor, today
        telling.tell_all_of_effect(records)
    return len(ids)


def _append(ids: Sequence[int], kind: Kind, day: date) -> None:
    """追加版本, for a set whose rows are locked."""
    last = dict(Revision.objects.filter(record__in=ids).order_by().values_list("record").annotate(Max("number")))
    Revision.objects.bulk_create(Revision(record_id=pk, number=last.get(pk, 0) + 1, kind=kind, day=day) for pk in ids)


def send_back(*, batch: ImportBatch, seen: Mapping[int, int], actor: User, opinion: str) -> int:
    """退回几件: all of them or none, each with its own event, for the clerk must find the reason at the record.

    Raises PermissionDenied, WrongState, Stale, RuleBroken.
    """
    mine = set(CreditRecord.objects.filter(pk__in=seen, row__batch=batch).values_list("pk", flat=True))
    if not seen:
        raise RuleBroken("没有勾选要退回的记录")
    if mine != set(seen):
        raise WrongState("勾选的记录里有的不在这一批，没有退回；请看最新情况")
    with transaction.atomic():
        for pk, revision in sorted(seen.items()):
            record_acts.send_back(record_id=pk, actor=actor, opinion=opinion, seen=revision)
    return len(seen)
