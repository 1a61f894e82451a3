"""反馈欠着就提醒: before the last day, each week after it, until it is given; never where nothing was found."""

from datetime import date, timedelta

import pytest

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import Message, User
from daoli_credit.audit.models import Event
from daoli_credit.law import clock, workdays
from incentives.models import Check, MatterCase
from incentives.tasks import remind_of_feedback
from incentives.workflows import feeding_back
from incentives.workflows.check_reminding import EVERY, LATE, SOON
from records.models import CreditRecord
from tests import make_checks
from tests.cast import Cast, browser, identity


@pytest.fixture
def opened(cast: Cast) -> MatterCase:
    return make_checks.case(cast)


@pytest.fixture
def made(cast: Cast, opened: MatterCase) -> Check:
    make_checks.ban(cast)
    return make_checks.ask(cast, opened)


def _due(made: Check) -> date:
    day = made.answers.get(due_on__isnull=False).due_on
    assert day is not None
    return day


def _told(user: User, title: str) -> int:
    return Message.objects.filter(user=user, title=title).count()


def test_two_working_days_before_whoever_asked_is_told_once(cast: Cast, made: Check) -> None:
    early = workdays.before(_due(made), 3).on
    with clock.at(early):
        assert remind_of_feedback() == 0
    with clock.at(workdays.before(_due(made), 2).on):
        assert (remind_of_feedback(), remind_of_feedback()) == (1, 0)
    with clock.at(_due(made)):
        assert remind_of_feedback() == 0
    assert (_told(cast.clerk, SOON), Message.objects.filter(title=SOON).count()) == (1, 1)
    text = messages.text(Message.objects.get(title=SOON))
    assert made.number in text
    assert identity("linxiuyun").name not in text
    assert Event.objects.filter(act="check.reminded", object_id=str(made.pk)).count() == 1


def test_late_it_is_told_every_week_until_it_is_given_to_those_who_approve_too(cast: Cast, made: Check) -> None:
    day = _due(made) + timedelta(days=1)
    for week in range(3):
        with clock.at(day + week * EVERY):
            assert remind_of_feedback() == 1
            assert remind_of_feedback() == 0
        with clock.at(day + week * EVERY + timedelta(days=3)):
            assert remind_of_feedback() == 0
    assert (_told(cast.clerk, LATE), _told(cast.reviewer, LATE)) == (3, 3)
    assert _told(cast.other_clerk, LATE) == 0
    decided = {one.pk: feeding_back.Decided("applied") for one in feeding_back.waiting(made)}
    feeding_back.give(check_id=made.pk, decided=decided, actor=cast.clerk)
    with clock.at(day + 5 * EVERY):
        assert remind_of_feedback() == 0


def test_whoever_has_left_is_not_asked_but_those_who_check_there_are(cast: Cast, made: Check) -> None:
    User.objects.filter(pk=cast.clerk.pk).update(is_active=False)
    with clock.at(_due(made)):
        assert remind_of_feedback() == 1
    assert _told(cast.clerk, SOON) == 0
    assert _told(cast.both, SOON) == 1


def test_nothing_found_and_what_has_ended_owe_nothing(cast: Cast, opened: MatterCase, made: Check) -> None:
    make_checks.ask(cast, opened, "guchanglin")
    CreditRecord.objects.update(suspended_on=clock.today(), disputed_on=clock.today())
    with clock.at(_due(made) + timedelta(days=30)):
        assert remind_of_feedback() == 0
    assert not Message.objects.filter(title__in=[SOON, LATE]).exists()


def test_the_officer_reads_it_among_their_own_messages(cast: Cast, made: Check) -> None:
    with clock.at(_due(made)):
        remind_of_feedback()
    assert SOON in browser(cast.clerk).get("/account/").content.decode()
