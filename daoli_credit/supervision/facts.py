"""当日的事实: what lights and figures are derived from, read once for one page."""

from datetime import date, timedelta
from functools import cached_property

from daoli_credit.law import clock
from daoli_credit.supervision import reporting
from daoli_credit.supervision.reporting import WeekCell
from daoli_credit.supervision.weeks import Week, latest
from education import selectors as campaigns
from education.rules.calendar import Occurrence
from records import selectors

LOOK_BACK = timedelta(days=300)


class Facts:
    """一天的事实. Lazy: a page that shows one figure reads only what that figure rests on."""

    def __init__(self, today: date | None = None) -> None:
        self.today = today or clock.today()

    @cached_property
    def weeks(self) -> list[Week]:
        """近 12 周."""
        return latest(self.today)

    @cached_property
    def week_cells(self) -> list[WeekCell]:
        """部门报送日历."""
        return reporting.cells(self.weeks, today=self.today)

    @cached_property
    def closed(self) -> list[WeekCell]:
        """已结的格."""
        return [cell for cell in self.week_cells if reporting.is_closed(cell.week, self.today)]

    @cached_property
    def key_dates(self) -> list[Occurrence]:
        """前后 300 天里报告期届满的宣传节点."""
        return campaigns.between(self.today - LOOK_BACK, self.today + LOOK_BACK)

    @cached_property
    def late_waiting(self) -> set[tuple[int, date]]:
        """复核超期: department and day of report."""
        return selectors.waits_too_long(self.today)

    @cached_property
    def slow_reviews(self) -> dict[str, int]:
        """复核超期, by department code: how many, no further than a thousand."""
        return selectors.waiting_by_department(self.today)
