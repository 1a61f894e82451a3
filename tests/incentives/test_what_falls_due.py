"""日程里的措施、提前移出、荣誉邀请和事先告知: by number, for whoever has to do it, and one query per noun."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from daoli_credit.accounts.due import Due, Reach
from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from incentives import due_more
from incentives.models import Listing
from incentives.workflows import deciding
from tests import make_honours, make_listing, make_measures, make_notices, make_registration
from tests.cast import Cast, browser
from tests.days import YESTERDAY

FAR = timedelta(weeks=60)


def _called(cast: Cast, serial: int = 1) -> str:
    """A measure of human resources that is to be lifted: its number."""
    who, account = make_listing.someone(f"到期{serial}"), make_listing.account(f"到期{serial}")
    number = f"哈里人社告〔2026〕{80 + serial}号"
    record = make_listing.effective(cast, who=who, by=account, number=number).record
    assert record is not None
    make_measures.pull()
    task = make_measures.applied(make_measures.task(record, "m-wage-funds", "human-resources"), cast.wage_clerk)
    listing = Listing.objects.get(record=record)
    deciding.revoke(listing_id=listing.pk, actor=cast.decider, opinion="认定有误", document=f"哈里撤〔2026〕{serial}号")
    make_measures.settle()
    return task.number


def _said(ask: object, user: User, within: timedelta = FAR) -> dict[str, Due]:
    return {due.number: due for due in ask(Reach(user), clock.today() + within)}  # type: ignore[operator]


def test_a_measure_to_lift_stands_on_its_last_day_for_its_own_body(cast: Cast) -> None:
    number = _called(cast)
    due = _said(due_more.lifting, cast.wage_clerk)[number]
    assert (due.on > clock.today(), due.by_itself, due.says) == (True, False, "限制政府资金支持：最晚解除")
    assert not _said(due_more.lifting, cast.wage_clerk, YESTERDAY)
    assert not _said(due_more.lifting, cast.clerk)
    page = browser(cast.wage_clerk).get("/desk/calendar/").content.decode()
    assert number in page
    assert browser(cast.wage_clerk).get(due.url).status_code == 200


def test_an_exit_that_waits_for_its_decision_stands_on_the_day_of_the_limit(cast: Cast) -> None:
    desk = make_listing.desk(make_registration.court())
    exit_ = make_registration.asked_to_leave(desk)
    assert exit_.due_on is not None
    due = _said(due_more.leaving, desk[2])[exit_.number]
    assert (due.on, browser(desk[2]).get(due.url).status_code) == (exit_.due_on, 200)
    assert not _said(due_more.leaving, cast.wage_clerk)


def test_an_invitation_is_over_by_itself_and_names_nobody(cast: Cast) -> None:
    made = make_honours.invited().nomination
    due = _said(due_more.invitations, make_honours.league().clerk)[made.number]
    assert (due.on, due.by_itself) == (made.good_until, True)
    with clock.at(made.good_until + timedelta(days=1)):
        assert not _said(due_more.invitations, make_honours.league().clerk)


def test_a_prior_notice_shows_the_end_of_the_answer_then_the_post(cast: Cast) -> None:
    notice = make_notices.notified(cast)
    assert notice.answer_due_on is not None
    assert notice.transit_due_on is not None
    assert _said(due_more.answers, cast.clerk)[notice.number].on == notice.answer_due_on
    with clock.at(notice.answer_due_on + timedelta(days=1)):
        assert _said(due_more.answers, cast.clerk)[notice.number].on == max(notice.transit_due_on, clock.today())
    assert not _said(due_more.answers, cast.wage_clerk)


def test_one_question_however_many_there_are(cast: Cast) -> None:
    user = User.objects.get(pk=cast.wage_clerk.pk)
    user.departments("report_measure")

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            _said(due_more.lifting, user)
        return len(seen)

    _called(cast, 1)
    few = asked()
    _called(cast, 2)
    assert asked() == few == 1
