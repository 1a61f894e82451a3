"""核查过的记录终止了: who has read it elsewhere is told, and counts as a holder no more."""

from datetime import date, timedelta

import pytest

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from incentives.models import Check
from incentives.selectors import check_answer, check_counts
from incentives.workflows import check_ends
from records.models import CreditRecord, Disclosure, Holding
from records.workflows import record as record_acts
from tests import make_checks, make_matters
from tests.cast import Cast


@pytest.fixture
def read_elsewhere(cast: Cast) -> tuple[CreditRecord, Check]:
    """A ban by the health bureau, read by market regulation under a sharing."""
    make_checks.shared(cast)
    record = make_checks.ban_elsewhere(cast)
    return record, make_checks.ask(cast, make_checks.case(cast))


def test_another_departments_record_is_read_under_a_sharing_and_the_copy_is_held(
    cast: Cast, read_elsewhere: tuple[CreditRecord, Check]
) -> None:
    record, check = read_elsewhere
    assert "m-food-ban-life" in [one.measure for one in check.answers.filter(record=record)]
    holding = Holding.objects.get(record=record, recipient="check-market-regulation")
    assert (holding.recipient_title, holding.gone_at) == (cast.market.name, None)
    given = Disclosure.objects.get(record_number=record.number, channel="核查")
    assert "食品安全法" in given.basis


def test_at_the_end_the_officer_is_told_and_the_copy_counts_as_gone(
    cast: Cast, read_elsewhere: tuple[CreditRecord, Check]
) -> None:
    record, check = read_elsewhere
    system = User.objects.system()
    assert check_ends.tell(actor=system) == 0
    until = record.use_until
    assert until is not None
    with clock.at(until + timedelta(days=1)):
        record_acts.expire(record_id=record.pk, actor=system)
        assert check_ends.tell(actor=system) == 1
        assert check_ends.tell(actor=system) == 0
    letter = messages.of(cast.clerk).get(title=check_ends.TITLE)
    assert check.number in messages.text(letter)
    assert record.document_number not in messages.text(letter)
    assert Holding.objects.get(record=record, recipient="check-market-regulation").gone_at is not None


def test_without_a_sharing_nothing_of_it_is_read(cast: Cast) -> None:
    record = make_checks.ban_elsewhere(cast)
    check = make_checks.ask(cast, make_checks.case(cast))
    assert not check.answers.filter(record=record).exists()
    assert not Holding.objects.filter(record=record).exists()


def test_a_sharing_opens_no_other_departments_records(cast: Cast) -> None:
    make_checks.shared(cast)
    scope = set(check_answer.asked(make_matters.PERMIT, cast.market, clock.today()).usable)
    assert ("responsibility-ban", "health") in scope
    assert ("responsibility-ban", "construction") not in scope


def test_months_that_are_over_are_counted_and_small_ones_are_not_told(cast: Cast) -> None:
    opened = make_checks.case(cast)
    for who in ("linxiuyun", "guchanglin"):
        make_checks.ask(cast, opened, who)
    assert check_counts.monthly_counts() == [], "本月的数下月公布"
    with clock.at(_next_month()):
        (cell,) = check_counts.monthly_counts()
    assert (cell.matter, cell.count, cell.says) == (opened.matter, None, "少于 10")


def _next_month() -> date:
    today = clock.today()
    return (today.replace(day=1) + timedelta(days=32)).replace(day=1)
