"""期满销毁: everything of a record goes at the end of keeping, and a proof remains."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from daoli_credit import cipher
from daoli_credit.accounts.models import Message, User
from daoli_credit.audit import sealer, verify
from daoli_credit.audit.models import Event
from daoli_credit.feeds.models import Attempt, Delivery, Prepared
from daoli_credit.feeds.models.attempt import Outcome
from daoli_credit.law import clock
from incentives.models import Listing
from records import reach, sealed_attachments
from records.identity import Identity
from records.models import ArchiveCopy, CreditRecord, Deletion, Subject
from records.models.attachment import Paper
from records.workflows import archiving, attaching, false_promise, holding, proving, repair_offering, retention, takes
from records.workflows import listed as listed_acts
from records.workflows import record as record_acts
from records.workflows.settling import Answer
from tests import (
    make,
    make_amendments,
    make_contests,
    make_ends,
    make_exports,
    make_feeds,
    make_importing,
    make_listing,
    make_objections,
    make_repairs,
)
from tests.cast import Cast, assemble, identity


def _refused(statement: str, *values: Any, says: str) -> None:
    with pytest.raises(DatabaseError, match=says), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def _dump() -> Iterator[tuple[str, str]]:
    """Every row of every table as text, binary columns in hexadecimal, as in a dump."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
            " AND relnamespace = 'public'::regnamespace AND has_table_privilege(oid, 'SELECT')"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608
            for (row,) in cursor.fetchall():
                yield table, row


def _tables_with(*words: str) -> set[str]:
    return {table for table, row in _dump() if any(word in row for word in words)}


def _keys(who: Identity) -> list[str]:
    """The person key and the key of name and tail under every key of the ring, as a dump shows them."""
    keys = [*cipher.person_keys(who.id_number), *cipher.name_tail_keys(who.name, who.id_number)]
    return [key.hex() for key in keys]


def _of(cast: Cast, who: Identity, serial: int) -> CreditRecord:
    raw = make.raw_penalty(who, department=cast.market, serial=serial)
    record = record_acts.enter(department=cast.market, checked=make.checked(raw), actor=cast.clerk)
    record_acts.submit(record_id=record.pk, actor=cast.clerk, seen=record.revision)
    make.opened(record, cast.reviewer)
    return record_acts.approve(record_id=record.pk, actor=cast.reviewer, opinion="", seen=record.revision)


def _kept(record: CreditRecord, cast: Cast) -> date:
    """Ends it and seals it; the first day on which it may be deleted."""
    make_ends.noticed(cast, record)
    archiving.seal_ended(actor=User.objects.system())
    return ArchiveCopy.objects.get(record=record).keep_until + timedelta(days=1)


def _delete() -> int:
    return retention.delete_due(actor=User.objects.system())


def test_nothing_of_a_person_is_left_in_the_whole_database(cast: Cast) -> None:
    who = make_listing.someone("z")
    record = _of(cast, who, 401)
    words = (record.document_number, who.name, who.id_number, *_keys(who))
    holding.handed(record_id=record.pk, recipient="hlj", title="信用中国（黑龙江）")
    make_exports.made(cast)
    day = _kept(record, cast)
    holding.confirm_gone(record_id=record.pk, recipient="hlj", title="信用中国（黑龙江）", revision=2)
    assert {"records_subject", "records_subjectkey", "records_archivecopy"} & _tables_with(*words)
    with clock.at(day - timedelta(days=1)):
        assert _delete() == 0
    with clock.at(day):
        assert _delete() == 1
        assert _delete() == 0
    left = {table for table in _tables_with(*words) if not table.startswith("audit_lookup")}
    assert left == {"records_disclosure"}  # its own term, three years at least, and then by the owner's command
    named = _tables_with(record.number)
    assert {table for table in named if not table.startswith("audit_")} == {"records_disclosure", "records_deletion"}
    assert not Subject.objects.filter(pk=record.subject_id).exists()
    deletion = Deletion.objects.get(record_number=record.number)
    assert deletion.person_gone
    assert deletion.rows["records_revision"] == 2
    event = Event.objects.get(act="record.deleted", object_id=deletion.certificate)
    assert (event.count, event.noun) == (1, "deletion")
    assert proving.faults() == []
    out = StringIO()
    call_command("verify_deletions", stdout=out)
    assert "没有遗留" in out.getvalue()


def _reviewed_twice(cast: Cast, serial: int) -> CreditRecord:
    """With a scan, taken, opened, sent back and approved; later its person was told that a repair is possible."""
    record = make.draft(cast, serial=serial)
    made = sealed_attachments.prepared(b"%PDF-1.7\n%%EOF\n", Paper.DECISION, cast.clerk)
    attaching.attach(record_id=record.pk, made=made, actor=cast.clerk, seen=1)
    record_acts.submit(record_id=record.pk, actor=cast.clerk, seen=2)
    takes.take(work=CreditRecord.objects.get(pk=record.pk), actor=cast.reviewer)
    record_acts.send_back(record_id=record.pk, actor=cast.reviewer, opinion="核对金额", seen=2, reasons=["differs"])
    record_acts.submit(record_id=record.pk, actor=cast.clerk, seen=2)
    make.opened(record, cast.reviewer)
    record = record_acts.approve(record_id=record.pk, actor=cast.reviewer, opinion="", seen=2)
    assert record.repair_from is not None
    with clock.at(record.repair_from):
        repair_offering.offer(record_id=record.pk, actor=User.objects.system())
    return record


def _doubted(cast: Cast, serial: int) -> CreditRecord:
    """Its decision went to court and was overturned; the department had corrected itself before."""
    record = make.effective(cast, serial=serial)
    make_amendments.agreed(cast, make_amendments.proposed(cast, record))
    make_contests.marked(cast, record)
    make_contests.undone(cast, record)
    return record


def test_everything_that_can_hang_on_a_record_goes_with_it(cast: Cast) -> None:
    """Import row, documents, objection, repair, statement, public page, export, delivery, attempt: all at once."""
    reviewed = _reviewed_twice(cast, serial=409)  # first: a false promise bars what follows
    delivery = make_feeds.owed(cast, serial=402)
    record = delivery.record
    Attempt.objects.create(delivery=delivery, at=clock.now(), outcome=Outcome.FAILED)
    Prepared.objects.create(feed=delivery.feed, record=record, day=clock.today(), made_at=clock.now())
    objection = make_objections.raised(cast, record)
    make_objections.answer(cast, objection, Answer("fine", upheld=False, reason="与决定书一致"))
    batch = make_importing.committed(cast)
    row = batch.rows.filter(record__isnull=False).first()
    assert row is not None
    assert row.record is not None
    imported = row.record
    make.opened(imported, cast.reviewer)
    record_acts.approve(record_id=imported.pk, actor=cast.reviewer, opinion="", seen=imported.revision)
    repair = make_repairs.decided(cast, make_repairs.old(cast, serial=403))
    facts = {"facts": "罚款没有缴清", "document": "哈里市监认〔2026〕2号"}
    promise = false_promise.find(repair_id=repair.pk, actor=cast.clerk, on=clock.today(), **facts)
    false_promise.confirm(promise_id=promise.pk, actor=cast.reviewer, seen=promise.revision)
    repaired = repair.record
    guide = make_repairs.public(cast, serial=404)
    corrected = _doubted(cast, serial=410)
    made_of_it = [record, imported, repaired, guide, reviewed, corrected]
    export = make_exports.made(cast)
    for one in (record, imported, reviewed, corrected):
        make_ends.noticed(cast, CreditRecord.objects.get(pk=one.pk))
    make_ends.expired(guide)
    with clock.at(clock.today() + timedelta(days=365 * 12)):
        archiving.seal_ended(actor=User.objects.system())
        assert _delete() == len(made_of_it)
    # what the lists, checks and measures add is proven in tests/incentives/test_deleted_with_the_record.py
    reached = {one.table for one in reach.hanging() if not one.table.startswith("incentives_")}
    gone = {table for one in Deletion.objects.all() for table in one.rows}
    assert gone >= reached - {
        "records_statement", "records_holding", "records_removal", "records_archiveopening", "feeds_receipt",
    }  # fmt: skip
    assert not Delivery.objects.filter(record_id=record.pk).exists()
    assert not batch.rows.filter(document_number=imported.document_number).exists()
    assert not hasattr(type(export).objects.get(pk=export.pk), "file")
    assert not Message.objects.filter(noun="creditrecord", object_id__in=[str(one.pk) for one in made_of_it]).exists()
    assert proving.faults() == []


def test_a_person_of_whom_something_else_is_known_stays_known(cast: Cast) -> None:
    one, two = make.effective(cast, serial=405), make.effective(cast, serial=406)
    with clock.at(_kept(one, cast)):
        assert _delete() == 1
    assert Subject.objects.filter(pk=two.subject_id).exists()
    assert not Deletion.objects.get(record_number=one.number).person_gone
    assert CreditRecord.objects.filter(pk=two.pk).exists()


def test_a_listing_case_goes_with_its_record(cast: Cast) -> None:
    who = make_listing.someone("q")
    listing = make_listing.go_on(cast, make_listing.lapsed(cast, who=who), "effective")
    listing = Listing.objects.get(pk=listing.pk)
    assert listing.record is not None
    deciding_day = clock.today() + timedelta(days=60)
    with clock.at(deciding_day):
        listed_acts.revoke(record_id=listing.record.pk, actor=cast.decider, opinion="决定已撤销")
        archiving.seal_ended(actor=User.objects.system())
    copy = ArchiveCopy.objects.get(record=listing.record)
    assert copy.keep_until <= deciding_day + timedelta(days=3 * 366)  # ended early: kept for a remedy only
    with clock.at(copy.keep_until + timedelta(days=1)):
        assert _delete() == 1
    assert not Listing.objects.filter(pk=listing.pk).exists()
    assert not Subject.objects.filter(pk=listing.subject_id).exists()
    assert not _tables_with(who.name, who.id_number, "哈里人社责〔2026〕11号")


def test_what_somebody_still_holds_or_a_case_still_needs_waits_and_says_why(cast: Cast) -> None:
    make_ends.legal_of_market(cast)
    held, needed = make.effective(cast, serial=407), make.effective(cast, serial=408)
    holding.handed(record_id=held.pk, recipient="hlj", title="信用中国（黑龙江）")
    day = max(_kept(held, cast), _kept(needed, cast))
    make_ends.approved(cast, ArchiveCopy.objects.get(record=needed))
    with clock.at(day):
        assert _delete() == 0
        assert retention.held_back(day) == {retention.HELD: 1, retention.OPENING: 1}
        holding.confirm_gone(record_id=held.pk, recipient="hlj", title="信用中国（黑龙江）", revision=2)
        assert _delete() == 1


def test_sets_are_resumed_where_they_stopped(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [make.effective(cast, serial=serial) for serial in range(410, 415)]
    day = max(_kept(record, cast) for record in records)
    monkeypatch.setattr(retention, "SET", 2)
    with clock.at(day):
        assert retention.delete_due(actor=User.objects.system(), most=3) == 3
        assert _delete() == 2
    counts = list(Event.objects.filter(act="record.deleted").order_by("id").values_list("count", flat=True))
    assert counts == [2, 1, 2]
    assert proving.faults() == []


def test_the_database_deletes_nothing_by_any_other_way(cast: Cast) -> None:
    live, record = make.effective(cast, serial=420), make.effective(cast, serial=421)
    day = _kept(record, cast)
    copy = ArchiveCopy.objects.get(record=record)
    forged = (
        "INSERT INTO records_deletion (record_pk, record_number, archive_number, department, certificate, due_on,"
        " deleted_on, rows, person_gone) VALUES (%s, %s, %s, %s, 'XH2026-000001', %s, %s, '{}', false)"
    )
    body = cast.market.code
    _refused(forged, live.pk, live.number, "FC2026-000001", body, copy.keep_until, day, says="不能销毁")
    _refused(forged, record.pk, record.number, copy.number, body, clock.today(), day, says="保存期未满")
    early = (record.pk, record.number, copy.number, body, copy.keep_until, copy.keep_until)
    _refused(forged, *early, says="nothing_is_deleted_before_its_time")
    said = (record.pk, record.number, copy.number, body, copy.keep_until, day)
    _refused(f"{forged}; SET CONSTRAINTS ALL IMMEDIATE", *said, says="没有销毁")
    for table in ("records_revision", "records_serveddocument", "records_endnotice", "records_archivecopy"):
        _refused(f"DELETE FROM {table} WHERE record_id = %s", record.pk, says="只增不改")  # noqa: S608
    _refused("DELETE FROM records_creditrecord WHERE id = %s", record.pk, says="不能删除")
    with clock.at(day):
        assert _delete() == 1
    _refused("DELETE FROM records_deletion", says="只增不改")
    _refused("UPDATE records_deletion SET certificate = 'XH0000-000000'", says="只增不改")


def test_a_leftover_or_a_false_certificate_is_found(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    record = make.effective(cast, serial=422)
    with clock.at(_kept(record, cast)):
        assert _delete() == 1
    Message.objects.create(
        token="00000000-0000-4000-8000-000000000001", person_key=cipher.person_keys(identity("linxiuyun").id_number)[0],
        title=f"关于 {record.number}", body=b"", noun="x", object_id="1", sent_at=clock.now(),
    )  # fmt: skip
    assert any("accounts_message.title" in fault for fault in proving.faults())
    with pytest.raises(CommandError):
        call_command("verify_deletions", stderr=StringIO())
    monkeypatch.setattr(proving, "DELETED", "record.never")
    assert any("没有存证" in fault for fault in proving.faults())


def test_the_evidence_still_verifies_when_the_records_have_gone(committing_db: str) -> None:
    cast = assemble()
    record = make.effective(cast, serial=430)
    with clock.at(_kept(record, cast)):
        sealer.seal()
        assert _delete() == 1
        sealer.seal()
    findings = list(verify.verify())
    assert all(finding.ok for finding in findings), [finding.text for finding in findings if not finding.ok]
    assert proving.faults() == []
