"""经过的封存: when a record has ended, objections, corrections, returns and repairs say nothing of it in plain."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from daoli_credit import sealed
from daoli_credit.accounts.models import User
from records import histories, rotation
from records.models import Amendment, CreditRecord, Objection, Repair, Revision, SentBack
from records.workflows import archiving
from records.workflows import objection as objection_acts
from records.workflows import record as record_acts
from records.workflows import repair as repair_acts
from records.workflows.settling import Answer
from tests import make, make_amendments, make_ends, make_objections, make_repairs
from tests.cast import Cast, browser
from tests.records.test_rotate_keys import BOTH, ONLY_TWO, rotate

FACTS = "测标记901：当事人被查实经营超过保质期的食品。"
MEANT = "测标记902：应当是另一批食品。"
AGAIN = "测标记903：又改了一次。"
SAID = (FACTS, MEANT, AGAIN, "测标记904", "测标记905")
TABLES = ("records_objection", "records_amendment", "records_revision", "records_sentback", "records_repair")


def _plain() -> Iterator[str]:
    with connection.cursor() as cursor:
        for table in (*TABLES, "records_creditrecord"):
            cursor.execute(f"SELECT t::text FROM {table} t")  # noqa: S608
            yield from (row for (row,) in cursor.fetchall())


def _found() -> set[str]:
    rows = list(_plain())
    return {word for word in SAID if any(word in row for row in rows)}


def _refused(statement: str, *values: Any, says: str) -> None:
    with pytest.raises(DatabaseError, match=says), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def _lived(cast: Cast) -> CreditRecord:
    """Returned once, corrected after an objection, corrected by its department, asked to be repaired."""
    record = make.submitted(cast, serial=901, facts=FACTS)
    record = record_acts.send_back(
        record_id=record.pk, actor=cast.reviewer, opinion="测标记904：请核对", seen=record.revision, reasons=["differs"]
    )
    record_acts.submit(record_id=record.pk, actor=cast.clerk, seen=record.revision)
    make.opened(record, cast.reviewer)
    record_acts.approve(record_id=record.pk, actor=cast.reviewer, opinion="", seen=record.revision)
    record = CreditRecord.objects.get(pk=record.pk)
    objection = make_objections.raised(cast, record, points={"facts": MEANT})
    make_objections.answer(cast, objection, Answer("facts", upheld=True, now=MEANT))
    record = CreditRecord.objects.get(pk=record.pk)
    amendment = make_amendments.proposed(cast, record, changes={"facts": AGAIN}, reason="测标记905：抄错了。")
    make_amendments.agreed(cast, amendment)
    return CreditRecord.objects.get(pk=record.pk)


def _seal() -> int:
    return archiving.seal_ended(actor=User.objects.system())


def test_what_was_said_of_an_ended_record_stands_nowhere_in_plain(cast: Cast) -> None:
    record = make_ends.noticed(cast, _lived(cast))
    assert _found() == set(SAID)  # until it is sealed, as the record itself
    assert _seal() == 1
    assert _found() == set()
    for model in (Objection, Amendment, SentBack):
        assert model._default_manager.get(record=record).kept is not None
    assert Revision.objects.filter(record=record, kept__isnull=False).count() == 2
    assert not Revision.objects.filter(record=record, kind="effective", kept__isnull=False).exists()
    assert _seal() == 0
    assert histories.unsealed() == []


def test_the_person_goes_on_reading_their_own_objection_and_an_approved_opening_reads_what_was_corrected(
    cast: Cast,
) -> None:
    make_ends.legal_of_market(cast)
    record = make_ends.noticed(cast, _lived(cast))
    number = Objection.objects.get().number
    before = browser(cast.citizen).get(f"/me/objections/{number}/").content.decode()
    _seal()
    after = browser(cast.citizen).get(f"/me/objections/{number}/").content.decode()
    for words in (FACTS, MEANT, "异议成立"):
        assert words in before
        assert words in after
    assert browser(cast.reviewer).get(f"/desk/objections/{number}/").status_code == 404
    one = make_ends.approved(cast, record.archive)
    shown = browser(cast.legal).post(f"/desk/ends/openings/{one.number}/open/").content.decode()
    assert shown.count("更正以前的内容") == 2
    for words in (FACTS, MEANT, AGAIN):
        assert words in shown


def test_a_case_that_still_runs_is_closed_after_its_record_lies_under_seal(cast: Cast) -> None:
    record = make_repairs.old(cast, serial=905)
    make_repairs.accepted(cast, record)
    Repair.objects.update(statement="测标记904：已缴清")
    objection = make_objections.raised(cast, record)
    make_ends.noticed(cast, record)
    assert _seal() == 1
    assert Repair.objects.get().statement == ""
    assert histories.said(Repair.objects.get()) == {"statement": "测标记904：已缴清"}
    system = User.objects.system()
    repair_acts.set_aside(repair_id=Repair.objects.get().pk, actor=system)
    objection_acts.set_aside(objection_id=objection.pk, actor=system)
    assert (Repair.objects.get().status, Objection.objects.get().status) == ("moot", "moot")
    assert histories.said(Objection.objects.get())["points"][0]["field"] == "fine"


def test_the_database_takes_out_nothing_of_a_record_that_is_not_under_seal_and_nothing_else_with_it(cast: Cast) -> None:
    record = _lived(cast)
    empty = "points = '[]', answers = '[]', before = NULL"
    _refused(f"UPDATE records_objection SET kept = '\\x01000100', {empty}", says="不能改写")  # noqa: S608
    _refused("UPDATE records_amendment SET kept = '\\x01000100'", says="不能改写|不能封存")
    _refused("UPDATE records_revision SET kept = '\\x01000100', before = NULL", says="只增不改|不能封存")
    make_ends.noticed(cast, record)
    _seal()
    _refused("UPDATE records_objection SET kept = NULL", says="不能改写")
    _refused("UPDATE records_objection SET points = '[{}]'", says="不能改写")
    _refused("UPDATE records_amendment SET kept = kept || '\\x00'::bytea", says="不能改写")
    _refused("UPDATE records_revision SET kept = '\\x01000200' WHERE kept IS NOT NULL", says="只增不改|不能改写")
    _refused("UPDATE records_sentback SET words = '改写'", says="只增不改")


def test_a_new_key_moves_these_envelopes_too(cast: Cast, settings: Settings) -> None:
    make_ends.noticed(cast, _lived(cast))
    _seal()
    settings.KEYRING = BOTH
    rotate()
    moved = [one for one in sealed.envelopes() if one.name == "kept"]
    assert len(moved) == len(TABLES)
    assert sum(rotation.stale(one) for one in moved) == 0
    settings.KEYRING = ONLY_TWO
    assert histories.said(Objection.objects.get())["points"][0]["should"] == MEANT


def test_what_was_sealed_before_its_history_was_is_caught_up_with(cast: Cast) -> None:
    record = make_ends.noticed(cast, _lived(cast))
    seal, histories_seal = archiving.seal_ended, histories.seal
    histories.seal = lambda records: 0  # as the version before did
    try:
        seal(actor=User.objects.system())
    finally:
        histories.seal = histories_seal
    assert _found()
    assert histories.unsealed() == [record.pk]
    assert _seal() == 0
    assert not _found()
