"""撤下日志: the line outside the database comes before its row, whatever crashes in between."""

import os
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections, transaction

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from records import tasks
from records.models import CreditRecord, Removal, Revision
from records.workflows import removals
from tests import make_repairs
from tests.by_itself import stands_by_itself
from tests.cast import Cast, assemble, identity

pytestmark = pytest.mark.usefixtures("own_folder")


class Crash(BaseException):
    """The process is gone."""


@pytest.fixture
def own_folder(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    request.getfixturevalue("settings").EVIDENCE_DIR = tmp_path / "evidence"


def _ended(cast: Cast, serial: int = 1) -> CreditRecord:
    return CreditRecord.objects.get(pk=make_repairs.decided(cast, make_repairs.old(cast, serial=serial)).record_id)


def _lines() -> list[str]:
    return removals.place().read_text(encoding="ascii").splitlines()


def test_an_end_is_written_outside_and_then_has_its_row(cast: Cast) -> None:
    record = _ended(cast)
    assert not Removal.objects.exists()
    assert tasks.journal_removals() == 1
    assert removals.read_journal() == [removals.Removed(record.number, 2, clock.today())]
    assert Removal.objects.get().revision == record.revisions.get(kind="ended")
    assert tasks.journal_removals() == 0
    assert len(_lines()) == 1


def test_every_kind_of_end_goes_through_it(cast: Cast) -> None:
    repaired, expiring = _ended(cast), make_repairs.old(cast, serial=2)
    assert expiring.use_until is not None
    with clock.at(expiring.use_until + timedelta(days=1)):
        assert tasks.end_what_ended() == 1
        assert tasks.journal_removals() == 2
    assert {one.number for one in removals.read_journal()} == {repaired.number, expiring.number}


def test_what_took_effect_is_not_in_it(cast: Cast) -> None:
    make_repairs.old(cast)
    assert tasks.journal_removals() == 0
    assert removals.read_journal() == []


def test_the_file_says_nothing_about_the_person(cast: Cast) -> None:
    record = _ended(cast)
    tasks.journal_removals()
    text = removals.place().read_text(encoding="ascii")
    who = identity("linxiuyun")
    for private in (who.name, who.id_number, record.document_number, record.item_id):
        assert private not in text
    assert not stands_by_itself(who.id_number[-4:], text)  # which the codes of the lines may hold by chance
    assert not any(key.hex() in text for key in record.person_keys())


def test_a_crash_before_the_row_leaves_a_duplicate_line_and_never_a_row_without_one(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = _ended(cast)
    with monkeypatch.context() as crashing:
        crashing.setattr(type(Removal.objects), "bulk_create", _crash)
        with pytest.raises(Crash):
            removals.journal()
    assert not Removal.objects.exists()
    assert len(_lines()) == 1
    assert removals.journal() == 1
    assert len(_lines()) == 2
    assert removals.read_journal() == [removals.Removed(record.number, 2, clock.today())]


def _crash(*_: object, **__: object) -> None:
    raise Crash


def test_a_crash_before_the_disk_has_it_makes_no_row(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    _ended(cast)
    with monkeypatch.context() as crashing:
        crashing.setattr(os, "fsync", _crash)
        with pytest.raises(Crash):
            removals.journal()
    assert not Removal.objects.exists()
    assert removals.journal() == 1
    assert removals.read_journal()


def test_a_torn_line_is_no_line_and_is_written_again(cast: Cast) -> None:
    first = _ended(cast)
    removals.journal()
    whole = removals.place().read_bytes()
    removals.place().write_bytes(whole + b"DL2026-0000")
    assert [one.number for one in removals.read_journal()] == [first.number]
    second = _ended(cast, serial=2)
    removals.journal()
    assert [one.number for one in removals.read_journal()] == [first.number, second.number]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda line: line.replace("DL", "DM", 1),
        lambda line: line[:-1] + ("0" if line[-1] != "0" else "1"),
        lambda line: line.rpartition(" ")[0],
        lambda _: "",
        lambda _: "读不懂",
    ],
)
def test_a_line_that_is_not_ours_is_found(cast: Cast, spoil: Callable[[str], str]) -> None:
    _ended(cast)
    removals.journal()
    removals.place().write_text(spoil(_lines()[0]) + "\n", encoding="utf-8")
    with pytest.raises(removals.JournalAltered, match="第 1 行"):
        removals.read_journal()


def test_many_ends_are_written_in_rounds(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(removals, "BATCH", 2)
    for serial in range(1, 6):
        _ended(cast, serial)
    assert removals.journal() == 5
    assert len(_lines()) == Removal.objects.count() == 5


def _in_a_thread(work: Callable[[], object]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connections["default"].close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_two_workers_at_once_write_every_end_and_make_each_row_once(committing_db: str) -> None:
    cast = assemble()
    for serial in range(1, 9):
        _ended(cast, serial)
    threads = [_in_a_thread(removals.journal) for _ in range(2)]
    for thread in threads:
        thread.join()
    assert Removal.objects.count() == Revision.objects.filter(kind="ended").count() == 8
    assert len(removals.read_journal()) == 8


def test_it_refuses_to_write_a_file_inside_a_transaction(committing_db: str) -> None:
    _ended(assemble())
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        removals.journal()
    assert not removals.place().exists()


def test_an_end_that_is_not_committed_yet_is_not_written_and_is_not_missed_later(committing_db: str) -> None:
    cast = assemble()
    slow, quick = make_repairs.old(cast), make_repairs.old(cast, serial=2)
    User.objects.system()  # as in every running portal: the two acts share nothing else
    with transaction.atomic():
        make_repairs.decided(cast, slow)
        other = _in_a_thread(lambda: (make_repairs.decided(assemble(), quick), removals.journal()))
        other.join()
        assert [one.number for one in removals.read_journal()] == [quick.number]
    removals.journal()
    assert [one.number for one in removals.read_journal()] == [quick.number, slow.number]
