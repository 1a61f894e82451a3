"""入库一段一段地办，一次提交: whoever comes again is the same person, and what moved is counted to the end."""

from datetime import date, timedelta

import pytest

from daoli_credit.audit.models import Event
from daoli_credit.demo import people
from daoli_credit.workflow import RuleBroken, WrongState
from records import identity
from records.models import BatchRow, CreditRecord, ImportBatch, SealedSheet, Subject, SubjectKey
from records.workflows import entering, importing, judging, preparing
from tests import make_importing as sheets
from tests.cast import Cast

NUMBERS = [people.number(date(1970, 1, 1) + timedelta(days=one), one) for one in range(1, 5)]


@pytest.fixture(autouse=True)
def _short_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows a part, one part a portion, and nobody remembered for longer than a portion."""
    monkeypatch.setattr(judging, "STRIDE", 2)
    monkeypatch.setattr(preparing, "TOGETHER", 1)
    monkeypatch.setattr(preparing, "MOST", 0)


def _rows() -> list[dict[str, str]]:
    """Twelve rows; every person comes again in later portions."""
    return [sheets.row(serial, "王新民", NUMBERS[serial % 4]) for serial in range(1, 13)]


def _entered(cast: Cast, batch: ImportBatch) -> ImportBatch:
    return importing.commit(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)


def test_each_row_becomes_the_record_of_its_line_and_its_person_who_stands_once(cast: Cast) -> None:
    batch = _entered(cast, sheets.checked(cast, sheets.sheet(_rows())))
    records = list(CreditRecord.objects.filter(row__batch=batch).select_related("row", "subject").order_by("pk"))
    assert [one.row.line for one in records if one.row] == list(range(2, 14))
    assert [one.document_number for one in records] == [f"哈里市监罚〔2026〕{serial}号" for serial in range(1, 13)]
    assert [one.subject for one in records] == [identity.find(NUMBERS[serial % 4]) for serial in range(1, 13)]
    assert Subject.objects.count() == SubjectKey.objects.count() == 4
    assert Event.objects.get(act="record.submitted", object_id=batch.number).count == 12


def test_whoever_the_register_knew_before_is_not_registered_again(cast: Cast) -> None:
    _entered(cast, sheets.checked(cast, sheets.sheet([sheets.row(99, "王新民", NUMBERS[2])])))
    _entered(cast, sheets.checked(cast, sheets.sheet(_rows())))
    assert Subject.objects.count() == 4
    assert CreditRecord.objects.filter(subject=identity.find(NUMBERS[2])).count() == 4


def test_what_moved_is_counted_over_all_portions_and_nothing_stands(cast: Cast) -> None:
    batch = sheets.checked(cast, sheets.sheet(_rows()))
    _entered(cast, sheets.checked(cast, sheets.sheet([_rows()[1], _rows()[10]])))
    before = [model.objects.count() for model in (CreditRecord, Subject)]
    with pytest.raises(RuleBroken, match="有 2 行的情况变了"):
        _entered(cast, batch)
    assert [model.objects.count() for model in (CreditRecord, Subject)] == before
    assert ImportBatch.objects.get(pk=batch.pk).status == "checked"


def test_a_person_registered_meanwhile_under_another_name_stops_all(cast: Cast) -> None:
    batch = sheets.checked(cast, sheets.sheet(_rows()))
    _entered(cast, sheets.checked(cast, sheets.sheet([sheets.row(77, "王新敏", NUMBERS[3])])))
    with pytest.raises(RuleBroken, match="有 3 行的情况变了"):
        _entered(cast, batch)
    assert CreditRecord.objects.count() == 1


@pytest.mark.parametrize("gone", ["part", "row"])
def test_what_is_kept_and_what_the_preview_says_must_be_the_same_rows(cast: Cast, gone: str) -> None:
    batch = sheets.checked(cast, sheets.sheet(_rows()))
    if gone == "part":
        SealedSheet.objects.get(batch=batch, part=6).delete()
    else:
        BatchRow.objects.get(batch=batch, line=7).delete()
    confirmed = entering.confirm(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
    with pytest.raises(WrongState, match="与预览不符"):
        entering.finish(confirmed)
    assert not CreditRecord.objects.exists()
    assert not Subject.objects.exists()


def test_no_more_people_are_remembered_than_a_few_portions_hold(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = [people.number(date(1960, 1, 1) + timedelta(days=one), one) for one in range(1, 41)]
    most, remembered = 5, list[int]()
    monkeypatch.setattr(preparing, "MOST", most)
    meet = preparing.Entrants.meet

    def watched(self: preparing.Entrants, portion: preparing.Portion) -> None:
        meet(self, portion)
        remembered.append(len(self.subjects))

    monkeypatch.setattr(preparing.Entrants, "meet", watched)
    batch = sheets.checked(
        cast, sheets.sheet(sheets.row(serial, "王新民", one) for serial, one in enumerate(numbers, 1))
    )
    _entered(cast, batch)
    assert len(remembered) == 20
    assert max(remembered) <= most + 2
    assert Subject.objects.count() == CreditRecord.objects.count() == 40
