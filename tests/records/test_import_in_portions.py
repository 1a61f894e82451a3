"""一段一段地存放: what is judged is laid down portion after portion, and is nothing until all is checked."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daoli_credit.accounts.models import User
from daoli_credit.demo import people
from daoli_credit.law import clock, pack
from daoli_credit.workflow import RuleBroken, WrongState
from records import batch_rows
from records.models import BatchRow, ImportBatch, SealedSheet
from records.models.batch import B
from records.reading.sheet import Row, read
from records.rules import columns
from records.workflows import comparing, importing, judging, wrong_rows
from tests import make_importing as sheets
from tests.cast import Cast

ROWS = [sheets.row(serial) for serial in range(1, 8)]

OTHER = people.number(people.ELDEST, 7)


@pytest.fixture
def short_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "STRIDE", 2)


def _found(batch: ImportBatch) -> list[tuple[object, ...]]:
    return list(batch.rows.order_by("line").values_list("line", "verdict", "cause", "who", "document_number"))


def test_rows_about_each_other_are_found_across_portions(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    data = sheets.sheet(
        [
            *ROWS,
            sheets.row(8, "林一", OTHER),
            sheets.row(2),
            sheets.row(3) | {"罚款金额（万元）": "9.9"},
            sheets.row(9, "林二", OTHER),
        ]
    )
    whole = sheets.checked(cast, data, "整.csv")
    monkeypatch.setattr(judging, "STRIDE", 2)
    parted = sheets.checked(cast, data, "分.csv")
    assert _found(whole) == _found(parted)
    assert set(sheets.counts(parted)) == {"new", "same", "changed", "person"}
    importing.commit(batch_id=parted.pk, actor=cast.clerk, seen=parted.revision)
    assert BatchRow.objects.filter(batch=parted, record__isnull=False).count() == sheets.counts(parted)["new"]


def test_what_the_register_holds_is_found_in_its_portion(cast: Cast, short_portions: None) -> None:
    first = sheets.checked(cast, sheets.sheet(ROWS[3:5]))
    importing.commit(batch_id=first.pk, actor=cast.clerk, seen=first.revision)
    again = sheets.checked(cast, sheets.sheet(ROWS))
    assert sheets.counts(again) == {"new": 5, "same": 2}
    importing.commit(batch_id=again.pk, actor=cast.clerk, seen=again.revision)
    assert BatchRow.objects.filter(record__isnull=False).count() == 7


def test_a_sheet_that_breaks_off_leaves_no_row(cast: Cast, short_portions: None) -> None:
    data = sheets.sheet(ROWS) + '"没有收尾的引号\n'.encode()
    batch = sheets.uploaded(cast, data)
    failed = importing.read_and_check(batch_id=batch.pk, actor=User.objects.system())
    assert failed.status == B.FAILED
    assert not BatchRow.objects.exists()
    assert not SealedSheet.objects.filter(part__gt=0).exists()


def test_who_cancels_while_it_is_read_leaves_no_row(cast: Cast, short_portions: None) -> None:
    batch = sheets.uploaded(cast, sheets.sheet(ROWS))
    batch = importing.begin(batch_id=batch.pk, actor=User.objects.system())
    top, *body = list(read(sheets.sheet(ROWS)).rows)
    found = columns.match(pack.current().item(batch.item_id), [top[1]], today=clock.today())

    def coming() -> Iterator[Row]:
        yield from body[:5]
        assert BatchRow.objects.exists()
        half = ImportBatch.objects.get()
        assert (batch_rows.preview(half).counts, list(batch_rows.rows(half, "new"))) == ({}, [])
        with pytest.raises(RuleBroken, match="请等核对完再下载"):
            wrong_rows.take(batch=half, actor=cast.clerk)
        importing.cancel(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
        yield from body[5:]

    with pytest.raises(WrongState):
        importing.preview(batch=batch, kind="CSV", found=found, body=coming(), actor=User.objects.system())
    assert not BatchRow.objects.exists()
    assert not SealedSheet.objects.exists()


def test_a_long_sheet_is_forgotten_without_being_fetched(cast: Cast, short_portions: None) -> None:
    batch = sheets.checked(cast, sheets.sheet(ROWS))
    with CaptureQueriesContext(connection) as asked:
        importing.cancel(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
    about = [one["sql"] for one in asked.captured_queries if "records_batchrow" in one["sql"]]
    assert [sql.split()[0] for sql in about] == ["DELETE"]
    assert not BatchRow.objects.exists()


def test_the_rows_of_a_worker_that_died_are_made_anew(cast: Cast, short_portions: None) -> None:
    batch = sheets.uploaded(cast, sheets.sheet(ROWS))
    BatchRow.objects.create(batch=batch, line=2, verdict="wrong")
    SealedSheet.objects.create(batch=batch, part=9, envelope=b"-")
    importing.read_and_check(batch_id=batch.pk, actor=User.objects.system())
    assert sheets.counts(batch) == {"new": 7}
    assert not SealedSheet.objects.filter(part=9).exists()


def test_a_sheet_pasted_together_twice_is_told_so_when_it_is_too_long(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "MOST_ALIKE", 3)
    batch = sheets.checked(cast, sheets.sheet([*ROWS, *ROWS]))
    assert batch.status == B.FAILED
    assert "多半是整段粘贴了两遍" in batch.failure
    assert not BatchRow.objects.exists()
