"""确认入库: all or nothing, once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from daoli_credit.accounts.models import User
from daoli_credit.audit.merkle import root_of_values
from daoli_credit.audit.models import Event, LookUp
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, Stale, WrongState
from records import record_page
from records.models import CreditRecord, SealedSheet, Subject, SubjectKey
from records.workflows import importing
from records.workflows import record as acts
from tests import make
from tests import make_importing as sheets
from tests.cast import Cast, assemble
from tests.together import together


@pytest.fixture(autouse=True)
def _on_the_day_of_the_sheet() -> Iterator[None]:
    with sheets.on_its_day():
        yield


def test_the_good_rows_become_submitted_records_with_one_event(cast: Cast) -> None:
    batch = sheets.checked(cast)
    importing.commit(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
    records = CreditRecord.objects.filter(row__batch=batch).order_by("pk")
    assert records.count() == 524
    assert set(records.values_list("status", "entered_by", "submitted_by", "submitted_on", "severity")) == {
        ("submitted", cast.clerk.pk, cast.clerk.pk, clock.today(), "general")
    }
    event = Event.objects.get(act="record.submitted")
    assert (event.object_id, event.count) == (batch.number, 524)
    assert bytes(event.root or b"") == root_of_values(records.values_list("pk", flat=True))
    assert not SealedSheet.objects.filter(batch=batch, part__gt=0).exists()
    assert Subject.objects.count() == SubjectKey.objects.count() < 524


def test_a_record_of_a_sheet_is_the_one_that_the_form_would_have_made(cast: Cast) -> None:
    batch = sheets.checked(cast, sheets.sheet([sheets.row(7)]))
    importing.commit(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
    imported = CreditRecord.objects.get()
    raw = {
        **dict(party_name="林秀云", party_type="自然人", id_type="身份证", id_number=sheets.GOOD[1], **sheets.STATED),
        **{name: "" if value is None else str(value) for name, value in imported.content.items()},
        "document_number": "哈里市监罚〔2026〕8号",
        "penalty_kinds": "罚款",
    }
    typed = acts.enter(department=cast.market, checked=make.checked(raw, sheets.ITEM), actor=cast.clerk)
    for name in ("content", "use_until", "keep_until", "repair_from", "reasons", "edition", "severity", "subject_id"):
        assert getattr(typed, name) == getattr(imported, name), name
    assert bytes(typed.content_digest) == bytes(imported.content_digest)


def test_the_same_file_again_holds_nothing_new(cast: Cast) -> None:
    first = sheets.checked(cast)
    importing.commit(batch_id=first.pk, actor=cast.clerk, seen=first.revision)
    again = sheets.checked(cast, sheets.sample("penalties.xlsx"), "再传.xlsx")
    assert sheets.counts(again) == {"same": 526, "changed": 2, "person": 3, "wrong": 10, "apart": 2}
    with pytest.raises(RuleBroken, match="没有可以入库的行"):
        importing.commit(batch_id=again.pk, actor=cast.clerk, seen=again.revision)
    assert CreditRecord.objects.count() == 524


def test_what_the_register_knows_otherwise_is_for_a_person(cast: Cast) -> None:
    make.submitted(cast, item=sheets.ITEM, serial=3)
    known = CreditRecord.objects.get()
    number = known.document_number
    rows = [
        sheets.row(1, name="另一人"),
        sheets.row(2) | {"行政处罚决定书文号": number},
        sheets.row(4),
    ]
    batch = sheets.checked(cast, sheets.sheet(rows))
    assert sheets.counts(batch) == {"person": 1, "changed": 1, "new": 1}
    importing.commit(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
    assert CreditRecord.objects.get(pk=known.pk).content == known.content


def test_what_others_entered_after_the_preview_stops_the_whole_set(cast: Cast) -> None:
    rows = sheets.sheet([sheets.row(1), sheets.row(2)])
    first, second = sheets.checked(cast, rows), sheets.checked(cast, rows)
    importing.commit(batch_id=first.pk, actor=cast.clerk, seen=first.revision)
    with pytest.raises(RuleBroken, match="有 2 行的情况变了"):
        importing.commit(batch_id=second.pk, actor=cast.both, seen=second.revision)
    importing.recheck(batch_id=second.pk, actor=cast.clerk, seen=second.revision)
    again = importing.read_and_check(batch_id=second.pk, actor=User.objects.system())
    assert sheets.counts(again) == {"same": 2}


def test_a_preview_of_another_day_or_seen_before_a_recheck_is_not_entered(cast: Cast) -> None:
    batch = sheets.checked(cast, sheets.sheet([sheets.row(1)]))
    with clock.at(clock.today() + timedelta(days=1)), pytest.raises(RuleBroken, match="重新核对"):
        importing.commit(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
    importing.recheck(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
    importing.read_and_check(batch_id=batch.pk, actor=User.objects.system())
    with pytest.raises(Stale):
        importing.commit(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
    assert not CreditRecord.objects.exists()


def test_only_the_departments_own_clerks_upload_and_commit(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        sheets.uploaded(cast, by=cast.reviewer)
    with pytest.raises(PermissionDenied):
        sheets.uploaded(cast, by=cast.other_clerk)
    batch = sheets.checked(cast, sheets.sheet([sheets.row(1)]))
    for user in (cast.reviewer, cast.other_clerk, cast.supervisor):
        with pytest.raises(PermissionDenied):
            importing.commit(batch_id=batch.pk, actor=user, seen=batch.revision)
        with pytest.raises(PermissionDenied):
            importing.cancel(batch_id=batch.pk, actor=user, seen=batch.revision)


def test_a_double_click_is_told_as_done(cast: Cast) -> None:
    batch = sheets.committed(cast)
    with pytest.raises(AlreadyDone):
        importing.commit(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
    assert CreditRecord.objects.count() == 3


def test_the_record_page_tells_who_imported_and_who_reported(cast: Cast) -> None:
    batch = sheets.committed(cast, rows=1)
    record = CreditRecord.objects.get()
    look = LookUp(kind="look", person_key=record.person_keys()[0], case_number=record.number)
    told = [(step.act, step.who) for step in record_page.page(record, look).history]
    assert told == [("record.entered", "赵敏"), ("record.submitted", "赵敏")]
    assert batch.number in record_page.page(record, look).history[0].said


def test_of_two_people_pressing_the_button_one_wins_and_the_other_is_told(committing_db: str) -> None:
    cast = assemble()
    batch = sheets.checked(cast, sheets.sheet(sheets.row(serial) for serial in range(1, 40)))
    said = together(
        *(
            lambda user=user: importing.commit(batch_id=batch.pk, actor=user, seen=batch.revision)
            for user in (cast.clerk, cast.both)
        )
    )
    assert said == [WrongState.__name__, "done"]
    assert CreditRecord.objects.count() == 39
    assert Event.objects.filter(act="record.submitted").count() == 1


def test_two_sheets_with_the_same_people_at_once_make_each_person_once(committing_db: str) -> None:
    cast = assemble()
    first = sheets.checked(cast, sheets.sheet(sheets.row(serial) for serial in range(1, 20)))
    second = sheets.checked(cast, sheets.sheet(sheets.row(serial) for serial in range(20, 40)))
    said = together(
        *(
            lambda batch=batch: importing.commit(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
            for batch in (first, second)
        )
    )
    assert said == ["done", "done"]
    assert (Subject.objects.count(), CreditRecord.objects.count()) == (1, 39)
