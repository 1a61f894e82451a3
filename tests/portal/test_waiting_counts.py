"""待办数: in one statement, as the database has it now; only the text of the question is kept."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from daoli_credit import questions
from daoli_credit.accounts import roles
from daoli_credit.accounts.models import User
from daoli_credit.accounts.workflows import granting
from daoli_credit.law import clock
from daoli_credit.portal import waiting
from tests import make, make_amendments, make_looks, make_objections
from tests.cast import Cast, browser

pytestmark = pytest.mark.django_db


def _again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def _counts(user: User) -> dict[str, int]:
    return waiting.counts(_again(user), list(waiting.WAITS))


def _some_of_everything(cast: Cast) -> None:
    make_amendments.proposed(cast, make.effective(cast, serial=11))
    waits = make.submitted(cast, serial=12)
    make_looks.raised(cast, make_looks.looked(cast, waits))
    make_looks.asked_delay(cast)
    make_looks.odd(cast, make_looks.looked(cast, waits))
    make_objections.raised(cast)


def test_every_count_is_that_of_its_rows_for_everybody_on_the_staff(cast: Cast) -> None:
    _some_of_everything(cast)
    found = 0
    for user in User.objects.filter(face="staff", is_active=True):
        for name, count in waiting.counts(user, list(waiting.WAITS)).items():
            rows = sum(ask(user).count() for ask in waiting.WAITS[name])
            turn = waiting.TURNS.get(name)
            assert count == (turn(user) if turn and rows else rows), (user, name)
            found += count
    assert found >= 5


def test_all_counts_of_a_page_are_one_statement(cast: Cast) -> None:
    user = _again(cast.reviewer)
    waiting.counts(user, list(waiting.WAITS))
    with override_settings(TESTING=False), CaptureQueriesContext(connection) as asked:
        waiting.counts(user, list(waiting.WAITS))
    assert len(asked) == 1


def test_what_comes_in_and_what_is_done_is_counted_at_once(cast: Cast) -> None:
    before = _counts(cast.reviewer)["record-queue"]
    record = make.submitted(cast)
    assert _counts(cast.reviewer)["record-queue"] == before + 1
    assert "待复核" in browser(cast.reviewer).get("/desk/").content.decode()
    make.effective(cast, serial=2)
    assert _counts(cast.reviewer)["record-queue"] == before + 1
    type(record).objects.filter(pk=record.pk).update(status="draft", submitted_on=None, submitted_by=None)
    assert _counts(cast.reviewer)["record-queue"] == before


def test_a_duty_that_is_taken_away_is_gone_from_the_next_page(cast: Cast) -> None:
    make.submitted(cast)
    assert _counts(cast.reviewer)["record-queue"] == 1
    for body, role in roles.held(cast.reviewer):
        granting.withdraw(user_id=cast.reviewer.pk, department=body, role_code=role.code, actor=cast.security_officer)
    assert _counts(cast.reviewer)["record-queue"] == 0
    assert browser(cast.reviewer).get("/desk/records/queue/").status_code == 403


def test_who_composes_a_question_may_read_no_row(cast: Cast) -> None:
    with pytest.raises(questions.NotKept):
        questions.rows(("reads",), lambda: User.objects.filter(pk__in=list(User.objects.values_list("pk", flat=True))))


def test_a_question_holds_no_time_of_day(cast: Cast) -> None:
    with pytest.raises(questions.NotKept):
        questions.rows(("now",), lambda: User.objects.filter(created_at__lt=clock.now()).values_list("pk"))


def test_the_next_day_asks_anew(cast: Cast) -> None:
    for days in (0, 1):
        with clock.at(clock.today() + timedelta(days=days)), CaptureQueriesContext(connection) as asked:
            _counts(cast.reviewer)
        assert any(str(clock.today() + timedelta(days=days)) in one["sql"] for one in asked.captured_queries)


def test_what_is_known_to_be_nothing_is_not_asked(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert questions.rows(("none",), lambda: User.objects.none().values_list("pk")) == []
        assert questions.counts(("none too",), lambda: [[User.objects.none()]], most=1) == []
    assert len(asked) == 0
