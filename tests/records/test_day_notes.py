"""日记: what supervision asks of returns and ends is noted by the act, once a day, and says what evidence says."""

import importlib
import random
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from psycopg2 import extensions

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import Event
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken
from records import days
from records.models import CreditRecord, DayNote
from records.models.record import S
from records.workflows import discarding, many, opening
from records.workflows import record as acts
from tests import make, make_importing
from tests.cast import Cast, assemble
from tests.together import together

MONDAY = date(2026, 10, 12)
ONE = timedelta(days=1)
LONG_AGO = date(2026, 1, 1)
Notes = set[tuple[str, date, date]]


def notes() -> Notes:
    """Kind, the day it is about, the day of the act."""
    return set(DayNote.objects.values_list("kind", "about", "day"))


def sent_back(cast: Cast, record: CreditRecord, on: date, *reasons: str) -> CreditRecord:
    with clock.at(on):
        return acts.send_back(
            record_id=record.pk, actor=cast.reviewer, opinion="请核对", seen=record.revision, reasons=reasons
        )


def reported(cast: Cast, on: date, serial: int = 1) -> CreditRecord:
    with clock.at(on):
        return make.submitted(cast, decided=on - 4 * ONE, serial=serial)


def test_a_return_is_noted_by_the_day_of_report_and_its_own(cast: Cast) -> None:
    sent_back(cast, reported(cast, MONDAY), MONDAY + ONE)
    assert notes() == {("returned", MONDAY, MONDAY + ONE)}
    sent_back(cast, reported(cast, MONDAY, 2), MONDAY + ONE, "missing")
    assert notes() == {("returned", MONDAY, MONDAY + ONE), ("incomplete", MONDAY, MONDAY + ONE)}


def test_ten_returns_of_a_day_are_one_note(cast: Cast) -> None:
    for serial in range(10):
        sent_back(cast, reported(cast, MONDAY, serial), MONDAY + ONE, "missing")
    assert DayNote.objects.count() == 2


def test_a_page_of_returns_is_noted_as_one_is(cast: Cast) -> None:
    batch = make_importing.committed(cast, 3)
    seen = make_importing.seen(batch)
    many.send_back(batch=batch, seen=seen, actor=cast.reviewer, opinion="请补", reasons=["missing"])
    today = clock.today()
    assert notes() == {("returned", today, today), ("incomplete", today, today)}
    assert set(CreditRecord.objects.values_list("submitted_on", "first_submitted_on")) == {(None, today)}


def test_what_ends_by_its_day_is_noted_with_the_day_on_which_it_was_written_down(cast: Cast) -> None:
    with clock.at(date(2026, 7, 1)):
        record = make.effective(cast, decided=date(2026, 6, 25), severity="minor")
    assert record.use_until
    with clock.at(record.use_until + 3 * ONE):
        acts.expire(record_id=record.pk, actor=User.objects.system())
    assert notes() == {("expired", record.use_until, record.use_until + 3 * ONE)}
    assert days.expired(LONG_AGO) == [(cast.market.pk, record.use_until, True)]


def test_an_act_that_is_refused_notes_nothing(cast: Cast) -> None:
    record = make.effective(cast)
    with pytest.raises(RuleBroken):
        acts.expire(record_id=record.pk, actor=User.objects.system())
    assert not notes()


def test_a_note_outlives_a_draft_that_is_thrown_away(cast: Cast) -> None:
    """Or a unit could better its weeks by throwing away what was sent back."""
    record = sent_back(cast, reported(cast, MONDAY), MONDAY + ONE, "missing")
    discarding.discard(record_id=record.pk, actor=cast.clerk, seen=record.revision)
    assert notes() == {("returned", MONDAY, MONDAY + ONE), ("incomplete", MONDAY, MONDAY + ONE)}


def test_the_first_report_stays_whatever_comes_after(cast: Cast) -> None:
    record = sent_back(cast, reported(cast, MONDAY), MONDAY + ONE)
    assert (record.submitted_on, record.first_submitted_on) == (None, MONDAY)
    with clock.at(MONDAY + 21 * ONE):
        record = acts.submit(record_id=record.pk, actor=cast.clerk, seen=record.revision)
    assert (record.submitted_on, record.first_submitted_on) == (MONDAY + 21 * ONE, MONDAY)
    for said in (MONDAY + ONE, None):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE records_creditrecord SET first_submitted_on = %s", [said])


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE records_daynote SET day = day + 1",
        "DELETE FROM records_daynote",
        "INSERT INTO records_daynote (department_id, kind, about, day) SELECT department_id, kind, about, day"
        " FROM records_daynote",
        "INSERT INTO records_daynote (department_id, kind, about, day) SELECT department_id, 'praised', about, day"
        " FROM records_daynote",
        "INSERT INTO records_daynote (department_id, kind, about, day) SELECT department_id, kind, day + 1, day"
        " FROM records_daynote",
    ],
)
def test_the_database_lets_nobody_rewrite_a_note_nor_note_ahead(cast: Cast, sql: str) -> None:
    sent_back(cast, reported(cast, MONDAY), MONDAY + ONE)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def _play(cast: Cast, seed: int) -> None:
    """Forty acts on whatever can bear them, in the order of their days."""
    choose, today = random.Random(seed), MONDAY  # noqa: S311 - a story, not a secret
    for serial in range(40):
        today += choose.choice([0, 0, 1, 3]) * ONE
        waiting = list(CreditRecord.objects.filter(status=S.SUBMITTED).order_by("pk"))
        away = list(CreditRecord.objects.filter(status=S.RETURNED).order_by("pk"))
        with clock.at(today):
            if waiting and choose.random() < 0.4:
                one = choose.choice(waiting)
                sent_back(cast, one, today, choose.choice(["missing", "differs"]))
            elif away and choose.random() < 0.5:
                one = choose.choice(away)
                if choose.random() < 0.3:
                    discarding.discard(record_id=one.pk, actor=cast.clerk, seen=one.revision)
                else:
                    acts.submit(record_id=one.pk, actor=cast.clerk, seen=one.revision)
            elif waiting and choose.random() < 0.4:
                one = choose.choice(waiting)
                opening.note([one], cast.reviewer)
                acts.approve(record_id=one.pk, actor=cast.reviewer, opinion="", seen=one.revision)
            else:
                make.submitted(cast, decided=today - choose.choice([4, 20]) * ONE, serial=serial)


def _from_evidence() -> tuple[Notes, dict[str, date]]:
    """The returns as evidence has them, one by one, and when each record was reported first."""
    first: dict[str, date] = {}
    last: dict[str, date] = {}
    found: Notes = set()
    told = Event.objects.filter(act__in=["record.submitted", "record.returned"]).order_by("id")
    for act, record, day in told.values_list("act", "object_id", "day"):
        if act == "record.returned":
            found.add(("returned", last[record], day))
        else:
            first.setdefault(record, day)
            last[record] = day
    return found, first


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_notes_are_what_a_recount_of_the_evidence_gives(cast: Cast, seed: int) -> None:
    _play(cast, seed)
    returned, first = _from_evidence()
    assert returned
    assert {one for one in notes() if one[0] == "returned"} == returned
    known = CreditRecord.objects.exclude(first_submitted_on=None).values_list("pk", "first_submitted_on")
    assert {str(pk): day for pk, day in known} == {str(pk): first[str(pk)] for pk, _ in known}
    unit = cast.market.pk
    assert set(days.returns(LONG_AGO)) == {(unit, day) for _, _, day in returned}
    assert set(days.sent_back(LONG_AGO)) == {
        (unit, about, max(day for _, other, day in returned if other == about)) for _, about, _ in returned
    }


def test_two_returns_of_one_day_at_once_are_both_done_and_noted_once(committing_db: str) -> None:
    cast = assemble()
    records = [make.submitted(cast, serial=serial) for serial in (1, 2)]
    batch = make_importing.committed(cast, 3)
    seen = make_importing.seen(batch)
    said = together(
        *(
            lambda one=one: acts.send_back(
                record_id=one.pk, actor=cast.reviewer, opinion="请核对", seen=one.revision, reasons=["missing"]
            )
            for one in records
        ),
        lambda: many.send_back(batch=batch, seen=seen, actor=cast.reviewer, opinion="请补", reasons=["missing"]),
    )
    assert said == ["done", "done", "done"]
    today = clock.today()
    assert notes() == {("returned", today, today), ("incomplete", today, today)}


def test_what_stood_before_the_notes_is_noted_as_the_acts_would_have(
    committing_db: str, owner_cursor: extensions.cursor
) -> None:
    """The migration, over a register that was lived in without them."""
    cast = assemble()
    _play(cast, 5)
    with clock.at(date(2026, 11, 20)):
        batch = make_importing.committed(cast, 3)
    with clock.at(date(2026, 11, 21)):
        seen = make_importing.seen(batch)
        many.send_back(batch=batch, seen=seen, actor=cast.reviewer, opinion="请核对", reasons=["twice"])
    again = CreditRecord.objects.filter(row__batch=batch).first()
    assert again
    with clock.at(date(2026, 11, 22)):
        acts.submit(record_id=again.pk, actor=cast.clerk, seen=again.revision)
    with clock.at(date(2026, 7, 1)):
        over = make.effective(cast, decided=date(2026, 6, 25), severity="minor", serial=99)
    assert over.use_until
    with clock.at(over.use_until + 2 * ONE):
        acts.expire(record_id=over.pk, actor=User.objects.system())
    known, first = notes(), dict(CreditRecord.objects.values_list("pk", "first_submitted_on"))
    migration = importlib.import_module("records.migrations.0036_first_reports_and_day_notes")
    owner_cursor.execute(
        "ALTER TABLE records_creditrecord DISABLE TRIGGER records_first_report_stays;"
        "ALTER TABLE records_creditrecord DROP CONSTRAINT what_is_reported_was_reported_first;"
        "UPDATE records_creditrecord SET first_submitted_on = NULL; TRUNCATE records_daynote"
    )
    owner_cursor.execute(f"BEGIN; {migration.KNOWN}; COMMIT")
    assert dict(CreditRecord.objects.values_list("pk", "first_submitted_on")) == first
    # of what was incomplete the day of report is not asked, and a draft that was thrown away took its reasons along
    assert {one for one in notes() if one[0] != "incomplete"} == {one for one in known if one[0] != "incomplete"}
    assert {day for kind, _, day in notes() if kind == "incomplete"} <= {
        day for kind, _, day in known if kind == "incomplete"
    }
