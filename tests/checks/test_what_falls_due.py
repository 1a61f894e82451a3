"""日程: the provider's answer, a sharing that ends, and feedback; each to whom it concerns, and nobody's name."""

from datetime import date, timedelta

from daoli_credit.accounts.due import Due, Reach
from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.portal.desk import timetable
from incentives.models import Sharing
from incentives.workflows import checking, feeding_back
from records.models import CreditRecord
from tests import make_checks, make_matters
from tests.cast import Cast, browser


def due(user: User, kind: str) -> dict[str, Due]:
    until = clock.today() + timedelta(days=500)
    found = timetable.rows(Reach(User.objects.get(pk=user.pk)), until)
    return {one.number: one for one in found if one.kind == kind}


def test_an_application_falls_due_at_the_provider_until_it_is_answered(cast: Cast) -> None:
    make_matters.assess()
    row = make_matters.asked(cast, make_matters.PERMIT, "health", "responsibility-ban")
    assert due(cast.other_reviewer, "sharing")[row.number].on == row.due_on
    assert not due(cast.clerk, "sharing"), "申请部门等着，不欠什么"
    assert row.number in browser(cast.other_reviewer).get("/desk/calendar/?kind=sharing").content.decode()


def test_a_sharing_that_ends_is_told_to_whoever_uses_it(cast: Cast) -> None:
    make_checks.case(cast)
    make_checks.shared(cast)
    row = Sharing.objects.get()
    assert row.active_until is not None
    mine = due(cast.clerk, "sharing")[row.number]
    assert (mine.on, mine.by_itself, mine.department) == (row.active_until, True, cast.market.pk)
    assert not due(cast.other_reviewer, "sharing")
    with clock.at(row.active_until + timedelta(days=1)):
        assert not due(cast.clerk, "sharing"), "过了日子就看不到了，没有什么要办的"


def test_feedback_falls_due_once_a_check_until_it_is_given(cast: Cast) -> None:
    make_checks.ban(cast)
    check = make_checks.ask(cast, make_checks.case(cast))
    owed = check.answers.filter(due_on__isnull=False)
    assert owed.exists()
    day: date | None = owed.order_by("due_on").values_list("due_on", flat=True).first()
    assert due(cast.clerk, "feedback")[check.number].on == day
    assert not due(cast.other_clerk, "feedback")
    decided = {one.pk: feeding_back.Decided("applied") for one in feeding_back.waiting(check)}
    feeding_back.give(check_id=check.pk, decided=decided, actor=cast.clerk)
    assert not due(cast.clerk, "feedback")


def test_what_has_ended_owes_no_feedback_and_a_check_that_found_nothing_never_does(cast: Cast) -> None:
    record, opened = make_checks.ban(cast), make_checks.case(cast)
    make_checks.ask(cast, opened)
    checking.check(case_id=opened.pk, number=make_checks.number_of("guchanglin"), by=checking.By(user=cast.clerk))
    assert len(due(cast.clerk, "feedback")) == 1
    CreditRecord.objects.filter(pk=record.pk).update(suspended_on=clock.today())
    assert not due(cast.clerk, "feedback")
