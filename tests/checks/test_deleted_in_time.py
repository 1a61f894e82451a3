"""核查的保存期: some years after the case was closed all of it goes, with a certificate, and not a day before."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import Event, LookUp
from daoli_credit.law import clock
from incentives.models import Check, CheckAnswer, CheckDeletion, CheckSet, CheckSheet, Feedback, MatterCase
from incentives.tasks import delete_old_checks
from incentives.workflows import check_retention, feeding_back, matter_case
from tests import make_checks, make_notices
from tests.cast import Cast, identity
from tests.checks.test_check_a_sheet import HEAD, rows, run

ALL = (Check, CheckAnswer, CheckSet, CheckSheet, Feedback)


def used(cast: Cast) -> MatterCase:
    """A case with everything that a check may leave behind, closed today."""
    opened = make_checks.case(cast)
    make_checks.ban(cast)
    known = identity("linxiuyun")
    run(cast, opened, f"{HEAD}{opened.case_number}-1,{known.name},{known.id_number}\n{rows(opened, 3)}")
    check = make_checks.ask(cast, opened)
    decided = {one.pk: feeding_back.Decided("applied") for one in feeding_back.waiting(check)}
    feeding_back.give(check_id=check.pk, decided=decided, actor=cast.clerk)
    assert all(model._default_manager.exists() for model in ALL)
    return matter_case.close(case_id=opened.pk, actor=cast.clerk, closed_on=clock.today())


def until(row: MatterCase) -> date:
    day = check_retention.KEPT.until(row.closed_on or clock.today())
    assert day is not None
    return day


def test_on_the_last_day_nothing_goes_and_on_the_next_everything_with_a_certificate(cast: Cast) -> None:
    row, looks = used(cast), LookUp.objects.count()
    with clock.at(until(row)):
        assert delete_old_checks() == 0
    numbers = [*Check.objects.values_list("number", flat=True), *CheckSet.objects.values_list("number", flat=True)]
    with clock.at(until(row) + timedelta(days=1)):
        assert delete_old_checks() == 1
        assert delete_old_checks() == 0, "再来一次什么也没有"
    assert not any(model._default_manager.exists() for model in ALL)
    gone = CheckDeletion.objects.get()
    assert (gone.case_pk, sorted(gone.numbers)) == (row.pk, sorted(numbers))
    assert gone.rows["incentives_check"] == 2
    assert MatterCase.objects.filter(pk=row.pk).exists(), "办件只有编号和日子，留着"
    assert LookUp.objects.count() == looks, "查询记录有自己的保存期"
    event = Event.objects.get(act="check.deleted")
    assert (event.object_id, event.count) == (gone.certificate, 1)
    assert list(check_retention.faults()) == []
    call_command("verify_check_deletions")


def test_an_open_case_keeps_its_checks_however_old(cast: Cast) -> None:
    opened = make_checks.case(cast)
    make_checks.ask(cast, opened)
    with clock.at(clock.today() + timedelta(days=20 * 366)):
        assert delete_old_checks() == 0
    assert Check.objects.exists()


def test_a_prior_notice_keeps_the_check_that_it_rests_on(cast: Cast) -> None:
    notice = make_notices.answered(cast)
    row = matter_case.close(case_id=notice.check_made.case_id, actor=cast.clerk, closed_on=clock.today())
    with clock.at(until(row) + timedelta(days=9)):
        assert delete_old_checks() == 0
        assert list(check_retention.held_back(clock.today())) == [row]


def test_a_leap_day_does_not_shorten_the_term(cast: Cast) -> None:
    assert check_retention.KEPT.until(date(2028, 2, 29)) == date(2033, 2, 28)
    row = used(cast)
    for on in (date(2040, 2, 29), date(2041, 3, 1), date(2039, 12, 31)):
        due = check_retention.due(on)
        assert due.filter(pk=row.pk).exists() == (until(row) < on)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM incentives_check",
        "DELETE FROM incentives_checkset",
        "DELETE FROM incentives_checkanswer",
        "DELETE FROM incentives_feedback",
        "INSERT INTO incentives_checkdeletion (case_pk, department, certificate, numbers, rows, closed_on, due_on, "
        "deleted_on) SELECT id, 'market-regulation', 'XH1', '{HC1}', '{}', closed_on, closed_on + 1, closed_on + 1 "
        "FROM incentives_mattercase",
        "INSERT INTO incentives_checkdeletion (case_pk, department, certificate, numbers, rows, closed_on, due_on, "
        "deleted_on) SELECT id, 'market-regulation', 'XH1', '{HC1}', '{}', opened_on - 1, opened_on, opened_on + 1 "
        "FROM incentives_mattercase",
        "INSERT INTO incentives_checkdeletion (case_pk, department, certificate, numbers, rows, closed_on, due_on, "
        "deleted_on) SELECT id, 'market-regulation', 'XH1', '{HC1}', '{}', closed_on, closed_on + 1, closed_on + 2 "
        "FROM incentives_mattercase; SET CONSTRAINTS ALL IMMEDIATE",
    ],
)
def test_the_database_refuses_every_other_way(cast: Cast, sql: str) -> None:
    used(cast)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert all(model._default_manager.exists() for model in ALL)


def test_what_was_written_of_a_deletion_is_neither_changed_nor_taken_back(cast: Cast) -> None:
    row = used(cast)
    with clock.at(until(row) + timedelta(days=1)):
        check_retention.delete_due(actor=User.objects.system())
    with pytest.raises(DatabaseError), transaction.atomic():
        CheckDeletion.objects.update(numbers=["HC2026-000001"])
    with pytest.raises(DatabaseError), transaction.atomic():
        CheckDeletion.objects.all().delete()
