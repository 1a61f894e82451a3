"""激励在前: an honour that the person shares, and three good years, asked of everything and kept nowhere."""

import pytest

from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from incentives.models import Check, MatterCase
from incentives.selectors import good_record
from incentives.workflows import sharing
from records.models import CreditRecord
from tests import make, make_checks, make_honours, make_matters
from tests.cast import Cast, identity
from tests.checks.test_check_a_sheet import HEAD, run

REWARDS = {"r-fast-lane", "r-tolerant"}


@pytest.fixture
def opened(cast: Cast) -> MatterCase:
    return make_checks.case(cast)


def measures(check: Check) -> list[str]:
    return [one.measure for one in check.answers.order_by("place")]


def elsewhere(cast: Cast) -> CreditRecord:
    """A ban of the health bureau: nothing of it is shared with market regulation."""
    return make_checks.ban_elsewhere(cast)


def test_somebody_of_whom_nothing_is_known_is_offered_the_reward_for_a_person_to_confirm(
    cast: Cast, opened: MatterCase
) -> None:
    check = make_checks.ask(cast, opened)
    assert set(measures(check)) == REWARDS
    assert all(one.due_on is None for one in check.answers.all()), "只是提示，不欠反馈"


def test_a_record_that_this_matter_may_not_see_still_answers_no_and_says_nothing_of_itself(
    cast: Cast, opened: MatterCase
) -> None:
    elsewhere(cast)
    check = make_checks.ask(cast, opened)
    assert measures(check) == []
    assert not check.answers.filter(record__isnull=False).exists()


def test_what_is_disputed_alone_is_for_a_person_and_takes_no_reward_away(cast: Cast, opened: MatterCase) -> None:
    record = elsewhere(cast)
    CreditRecord.objects.filter(pk=record.pk).update(disputed_on=clock.today())
    assert set(measures(make_checks.ask(cast, opened))) == REWARDS


def test_the_person_reads_that_three_years_were_asked_and_what_was_not_asked_is_not_said(
    cast: Cast, opened: MatterCase
) -> None:
    check = make_checks.ask(cast, opened)
    assert LookUp.objects.get(pk=check.look).shown == ["measures", good_record.SHOWN]


def test_an_honour_stands_before_what_is_against_the_person(cast: Cast, opened: MatterCase) -> None:
    make_checks.ban(cast)
    make_honours.of_wages(cast)
    row = make_matters.asked(cast, make_matters.PERMIT, "human-resources", "honour-regulated-party")
    row = sharing.agree(sharing_id=row.pk, items=row.items, fields=row.fields, actor=make_matters.person("qianwei"))
    sharing.activate(sharing_id=row.pk, until=row.wanted_until, actor=cast.supervisor)
    found = list(make_checks.ask(cast, opened).answers.order_by("place"))
    signs = [one.sign for one in found if one.sign]
    assert signs == ["reward", "reward", "restrict"]
    assert found[0].record is not None, "激励来自荣誉记录，不是推断"


def test_a_sheet_asks_three_years_of_whom_it_found_as_the_form_does(cast: Cast, opened: MatterCase) -> None:
    make.effective(cast, severity="minor", penalty_kinds="吊销许可证件")
    known = identity("linxiuyun")
    run(cast, opened, f"{HEAD}{opened.case_number},{known.name},{known.id_number}\n")
    first = Check.objects.get()
    assert measures(first) == measures(make_checks.ask(cast, opened))
    elsewhere(cast)
    run(cast, opened, f"{HEAD}{opened.case_number}-2,{known.name},{known.id_number}\n")
    last = Check.objects.order_by("pk").last()
    assert last is not None
    assert set(measures(first)) - set(measures(last)) == REWARDS
    assert LookUp.objects.get(pk=last.look).shown == ["measures", good_record.SHOWN]
