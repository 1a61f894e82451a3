"""本部门在事项里能看什么: own items always, another's only by a sharing in force, on the day it is asked."""

from datetime import timedelta

from daoli_credit.accounts import assessing, assessments
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.law import clock
from incentives.models import Sharing
from incentives.selectors.sharing import active_matters, usable, usable_items
from tests import make_matters
from tests.cast import Cast

FUND = make_matters.FUND


def test_own_items_are_always_there_and_others_are_not(cast: Cast) -> None:
    make_matters.assess(FUND)

    assert usable_items(FUND, cast.wages, clock.today()) == {"list-wage"}


def test_a_sharing_in_force_adds_the_items_that_were_agreed_to(cast: Cast) -> None:
    make_matters.active(cast)

    assert usable_items(FUND, cast.wages, clock.today()) == {"list-wage", "honour-volunteer"}
    theirs = next(one for one in usable(FUND, cast.wages, clock.today()) if one.item == "honour-volunteer")
    assert theirs.provider == "youth-league"
    assert "objection_mark" in theirs.fields


def test_an_application_or_an_agreement_alone_opens_nothing(cast: Cast) -> None:
    make_matters.assess(FUND)
    make_matters.agreed(cast)

    assert usable_items(FUND, cast.wages, clock.today()) == {"list-wage"}


def test_it_holds_on_its_last_day_and_not_the_day_after_though_nobody_switches_it_off(cast: Cast) -> None:
    last = clock.today() + timedelta(days=40)
    make_matters.active(cast, until=last)

    assert "honour-volunteer" in usable_items(FUND, cast.wages, last)
    assert "honour-volunteer" not in usable_items(FUND, cast.wages, last + timedelta(days=1))
    assert Sharing.objects.get().status == "active"


def test_without_an_assessment_in_force_nothing_of_others_is_shown(cast: Cast) -> None:
    make_matters.active(cast)
    found = assessments.in_force(Subject.MATTER, FUND, on=clock.today())
    assert found is not None
    assessing.end(assessment_id=found.pk, actor=cast.supervisor, opinion="目的变了，重新评估")

    assert usable_items(FUND, cast.wages, clock.today()) == {"list-wage"}
    assert FUND not in {one.code for one in active_matters(cast.wages, clock.today())}


def test_another_departments_matter_shows_nothing(cast: Cast) -> None:
    make_matters.active(cast)

    assert usable_items(FUND, cast.market, clock.today()) == frozenset()
    assert usable_items("no-such-matter", cast.wages, clock.today()) == frozenset()


def test_a_matter_is_active_when_it_was_assessed(cast: Cast) -> None:
    assert active_matters(cast.wages, clock.today()) == ()

    make_matters.assess(FUND)

    assert [one.code for one in active_matters(cast.wages, clock.today())] == [FUND]
