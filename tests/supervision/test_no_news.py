"""本期无新增: one click, on time like a report; by the unit's own clerk, not ahead, once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connections

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import Event
from daoli_credit.law import clock
from daoli_credit.supervision import reporting
from daoli_credit.supervision.models import NoNews
from daoli_credit.supervision.reporting import Standing
from daoli_credit.supervision.weeks import latest
from daoli_credit.supervision.workflows.no_news import say
from daoli_credit.workflow import AlreadyDone, RuleBroken
from tests import make
from tests.cast import Cast, assemble, browser

TODAY = date(2026, 11, 24)
LAST_WEEK, THIS_WEEK = date(2026, 11, 16), date(2026, 11, 23)


def test_it_is_kept_with_evidence(cast: Cast) -> None:
    with clock.at(TODAY):
        said = say(department=cast.market, starts_on=LAST_WEEK, actor=cast.clerk)
    assert (said.ends_on, said.said_on, said.said_by) == (date(2026, 11, 22), TODAY, cast.clerk)
    event = Event.objects.get(act="report.none")
    assert (event.object_id, event.department) == (str(said.pk), "market-regulation")


def test_only_the_units_own_clerk_says_it(cast: Cast) -> None:
    with clock.at(TODAY):
        for user in (cast.other_clerk, cast.reviewer, cast.supervisor, cast.organiser, cast.citizen):
            with pytest.raises(PermissionDenied):
                say(department=cast.market, starts_on=LAST_WEEK, actor=user)


@pytest.mark.parametrize(
    ("starts_on", "says"),
    [
        (THIS_WEEK, "2026-11-27 起"),
        (date(2026, 11, 17), "12 周"),
        (date(2026, 11, 30), "12 周"),
        (date(2026, 1, 5), "12 周"),
    ],
)
def test_a_week_that_is_not_over_or_not_a_week_is_refused(cast: Cast, starts_on: date, says: str) -> None:
    with clock.at(TODAY), pytest.raises(RuleBroken, match=says):
        say(department=cast.market, starts_on=starts_on, actor=cast.clerk)


def test_it_is_not_said_of_a_week_with_a_report(cast: Cast) -> None:
    with clock.at(LAST_WEEK):
        make.submitted(cast)
    with clock.at(TODAY), pytest.raises(RuleBroken, match="已经有报送"):
        say(department=cast.market, starts_on=LAST_WEEK, actor=cast.clerk)


def test_a_second_click_changes_nothing(cast: Cast) -> None:
    with clock.at(TODAY):
        say(department=cast.market, starts_on=LAST_WEEK, actor=cast.clerk)
        with pytest.raises(AlreadyDone):
            say(department=cast.market, starts_on=LAST_WEEK, actor=cast.clerk)
    assert NoNews.objects.count() == 1


def test_two_clicks_at_once_are_one(committing_db: str) -> None:
    cast = assemble()

    def click(_: int) -> str:
        try:
            with clock.at(TODAY):
                say(department=cast.market, starts_on=LAST_WEEK, actor=User.objects.get(pk=cast.clerk.pk))
        except AlreadyDone:
            return "already"
        finally:
            connections.close_all()
        return "said"

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(click, range(2))) == ["already", "said"]
    assert Event.objects.filter(act="report.none").count() == 1


def test_the_database_knows_what_a_week_is(cast: Cast) -> None:
    wrong = NoNews(
        department=cast.market, starts_on=date(2026, 11, 17), ends_on=date(2026, 11, 23), said_by=cast.clerk,
        said_on=TODAY,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="begins_on_monday"):
        wrong.save()


def test_in_time_it_counts_like_a_report_and_late_like_a_late_one(cast: Cast) -> None:
    with clock.at(date(2026, 11, 25)):
        say(department=cast.market, starts_on=LAST_WEEK, actor=cast.clerk)
    with clock.at(date(2026, 11, 26)):
        say(department=cast.health, starts_on=LAST_WEEK, actor=cast.other_clerk)
    cells = reporting.cells(latest(date(2026, 11, 27)), today=date(2026, 11, 27))
    last = {cell.department: cell.standing for cell in cells if cell.week.first == LAST_WEEK}
    assert last == {cast.market: Standing.NONE, cast.health: Standing.LATE}


def test_one_click_on_the_clerks_page(cast: Cast) -> None:
    client = browser(cast.clerk)
    with clock.at(TODAY):
        shown = client.get("/desk/no-news/").content.decode()
        assert "区市场监管局" in shown
        assert "区卫计局" not in shown
        body = {"department": "market-regulation", "week": LAST_WEEK.isoformat()}
        assert "计为按时" in client.post("/desk/no-news/", body, follow=True).content.decode()
        assert '<span class="st st--none">本期无新增</span>' in client.get("/desk/no-news/").content.decode()


@pytest.mark.parametrize("body", [{}, {"department": "market-regulation", "week": "上周"}, {"week": "2026-11-16"}])
def test_a_nonsense_form_is_answered_in_words(cast: Cast, body: dict[str, str]) -> None:
    with clock.at(TODAY):
        answer = browser(cast.clerk).post("/desk/no-news/", body, follow=True)
    assert "请从列表里选择" in answer.content.decode()
    assert not NoNews.objects.exists()


def test_a_form_for_another_unit_is_refused(cast: Cast) -> None:
    with clock.at(TODAY):
        answer = browser(cast.clerk).post("/desk/no-news/", {"department": "health", "week": LAST_WEEK.isoformat()})
    assert answer.status_code == 403
