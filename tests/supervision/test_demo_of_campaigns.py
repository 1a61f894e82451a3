"""演示的宣传活动: made by the true acts, whatever day the portal is opened on."""

from datetime import date

import pytest

from daoli_credit.demo import campaigns
from daoli_credit.law import clock
from daoli_credit.supervision import progress, selectors
from daoli_credit.supervision.facts import Facts
from daoli_credit.supervision.lights.light import Light
from daoli_credit.supervision.models import Plan
from education import selectors as education
from education.rules.timing import Standing
from tests.cast import Cast
from tests.days import years_on


@pytest.mark.parametrize(
    "today", [date(2026, 11, 24), date(2026, 12, 2), date(2027, 1, 4), date(2027, 3, 1), date(2027, 6, 12)]
)
def test_the_demo_shows_every_light_on_any_day(cast: Cast, plan: Plan, today: date) -> None:
    with clock.at(today):
        assert campaigns.tell() > 10
        lights = {one.task.number: one.shown.light for one in progress.lines(selectors.tasks(plan), Facts())}
        assert lights["2.1.2"] is Light.OVERDUE
        assert lights["3.1"] is Light.DONE
        assert {Light.NO_FACTS, Light.NORMAL} <= set(lights.values())
        # one key date is left for 马晓雨 to report
        department = cast.organiser.home_department
        assert department
        cells = education.cells([department.pk], education.between(years_on(today, -1), today))
        assert [cell.standing for cell in cells].count(Standing.MISSED) == 1
