"""当日指标: each moves with one fact, opens its rows, and none moves with the number of records."""

from datetime import date, timedelta

import pytest
from django.test import Client

from daoli_credit.accounts.models import Department, User
from daoli_credit.demo import staff
from daoli_credit.law import clock, workdays
from daoli_credit.supervision.facts import Facts
from daoli_credit.supervision.figures import MEASURES
from daoli_credit.supervision.figures.measure import Cell, Figure, Measure
from daoli_credit.supervision.weeks import latest
from daoli_credit.supervision.workflows.no_news import say
from education.workflows import campaign as campaign_acts
from records.models import CreditRecord
from records.workflows import opening
from records.workflows import record as acts
from tests import make, make_campaigns
from tests.cast import Cast, browser

TODAY = date(2026, 11, 24)
MEASURE = {one.code: one for one in MEASURES}
MONDAY = date(2026, 10, 12)  # of a week that is closed on TODAY


def figure(code: str, today: date = TODAY) -> Figure:
    return MEASURE[code].figure(Facts(today))


def counts(code: str, today: date = TODAY) -> dict[str, tuple[int, int]]:
    """Unit → on time, due."""
    return {row.department: (row.on_time, row.due) for row in MEASURE[code].rows(Facts(today))}


def reported(cast: Cast, day: date, *, late: bool = False, serial: int = 1) -> CreditRecord:
    """Reported on the day, in or out of the seven working days of its item."""
    with clock.at(day):
        return make.submitted(cast, decided=day - timedelta(days=20 if late else 4), serial=serial)


def quiet(cast: Cast, weeks: int = 8) -> None:
    """Market regulation says 本期无新增 for so many closed weeks."""
    with clock.at(TODAY):
        past = [week for week in latest(TODAY) if week.report_by < TODAY][-weeks:]
    for week in past:
        with clock.at(week.report_by):
            say(department=cast.market, starts_on=week.first, actor=cast.clerk)


def test_without_facts_a_figure_says_so(cast: Cast) -> None:
    assert all(figure(code).number == "–" for code in MEASURE)
    assert all(figure(code).note == "还没有到期的事实" for code in MEASURE)


def test_a_report_in_time_is_one_cell_on_time(cast: Cast) -> None:
    reported(cast, MONDAY)
    on_time, due = counts("reporting")["区市场监管局"]
    # the weeks after it, in which nothing was said, are not on time
    assert on_time == 1
    assert due == 5


def test_one_late_report_makes_its_week_late(cast: Cast) -> None:
    reported(cast, MONDAY)
    assert counts("reporting")["区市场监管局"][0] == 1
    reported(cast, MONDAY + timedelta(days=1), late=True, serial=2)
    assert counts("reporting")["区市场监管局"] == (0, 5)


def test_no_news_is_a_full_mark(cast: Cast) -> None:
    quiet(cast, 10)
    assert counts("reporting")["区市场监管局"] == (10, 10)
    assert figure("reporting").number == "100"
    assert figure("first-pass").number == "100"


def test_under_ten_cells_no_share_is_shown(cast: Cast) -> None:
    quiet(cast, 9)
    shown = figure("reporting")
    assert shown.number == "–"
    assert shown.note == "9 / 9，不足 10 个部门周，不显示比例"


def test_where_cells_come_from_persons_records_small_counts_are_not_shown_either() -> None:
    few = Measure("x", "某数", "格", "", lambda facts: [Cell("某局", "11-01", True)] * 9, of_persons=True)
    assert few.figure(Facts(TODAY)).note == "不足 10 个格，不显示比例"
    assert few.rows(Facts(TODAY))[0].few
    many = Measure("x", "某数", "格", "", lambda facts: [Cell("某局", "11-01", True)] * 10, of_persons=True)
    assert many.figure(Facts(TODAY)).number == "100"
    assert not many.rows(Facts(TODAY))[0].few


def test_a_share_is_never_rounded_up_to_all() -> None:
    cells = [Cell("某局", "x", on_time=n > 0) for n in range(300)]
    assert Measure("x", "某数", "格", "", lambda facts: cells).figure(Facts(TODAY)).number == "99"


def returned_once(cast: Cast, day: date) -> CreditRecord:
    record = reported(cast, day)
    with clock.at(day):
        return acts.send_back(record_id=record.pk, actor=cast.reviewer, opinion="请核对", seen=record.revision)


def test_a_return_makes_the_quality_of_its_week_and_not_its_punctuality(cast: Cast) -> None:
    reported(cast, MONDAY)
    assert counts("first-pass")["区市场监管局"] == (1, 1)
    with clock.at(MONDAY):
        record = make.submitted(cast, decided=MONDAY - timedelta(days=4), serial=2)
        acts.send_back(record_id=record.pk, actor=cast.reviewer, opinion="请核对", seen=record.revision)
    assert counts("first-pass")["区市场监管局"] == (0, 1)
    assert counts("reporting")["区市场监管局"][0] == 1


def test_the_first_report_counts_and_not_the_second(cast: Cast) -> None:
    record = returned_once(cast, MONDAY)
    with clock.at(MONDAY + timedelta(days=21)):
        acts.submit(record_id=record.pk, actor=cast.clerk, seen=record.revision)
    # the second report, three weeks later, is neither late nor news
    assert counts("reporting")["区市场监管局"] == (1, 5)


@pytest.mark.parametrize(("days", "on_time"), [(5, 1), (6, 0)])
def test_a_review_is_on_time_within_five_working_days(cast: Cast, days: int, on_time: int) -> None:
    record = reported(cast, MONDAY)
    opening.note([record], cast.reviewer)
    with clock.at(workdays.due(MONDAY, days).on):
        acts.approve(record_id=record.pk, actor=cast.reviewer, opinion="", seen=record.revision)
    assert counts("review") == {"区市场监管局": (on_time, 1)}


def test_a_review_that_still_waits_is_late_and_one_that_was_sent_back_in_time_is_not(cast: Cast) -> None:
    returned_once(cast, MONDAY)
    assert counts("review") == {"区市场监管局": (1, 1)}
    reported(cast, MONDAY, serial=2)
    assert counts("review") == {"区市场监管局": (0, 1)}


def expired(cast: Cast, written: date) -> date:
    """A record whose use ends, and on which day its end is written down. Returns its last day."""
    with clock.at(date(2026, 7, 1)):
        record = make.effective(cast, decided=date(2026, 6, 25), severity="minor")
    last = record.use_until
    assert last is not None
    with clock.at(last + (written - date(2026, 1, 1))):
        acts.expire(record_id=record.pk, actor=User.objects.system())
    return last


@pytest.mark.parametrize(("late", "on_time"), [(1, 1), (2, 0)])
def test_an_end_is_written_down_by_the_next_day(cast: Cast, late: int, on_time: int) -> None:
    last = expired(cast, date(2026, 1, 1) + timedelta(days=late))
    assert counts("expiry", last + timedelta(days=10)) == {"区市场监管局": (on_time, 1)}
    assert counts("expiry", last + timedelta(days=60)) == {}


def test_an_end_that_nobody_wrote_down_is_late(cast: Cast) -> None:
    with clock.at(date(2026, 7, 1)):
        record = make.effective(cast, decided=date(2026, 6, 25), severity="minor")
    assert record.use_until
    assert counts("expiry", record.use_until + timedelta(days=1)) == {}
    assert counts("expiry", record.use_until + timedelta(days=2)) == {"区市场监管局": (0, 1)}


def test_a_key_date_answered_or_missed_moves_its_figure(cast: Cast) -> None:
    justice = make_campaigns.organiser("justice")
    make_campaigns.on_constitution_day(cast, justice)
    assert counts("key-dates", date(2026, 12, 5)) == {"区司法局": (1, 1)}
    # the same again from a unit that says that it has nothing, and one that is late
    market, civility = make_campaigns.organiser("market-regulation"), make_campaigns.organiser("civility")
    with clock.at(make_campaigns.CONSTITUTION):
        campaign_acts.say_none(
            department=cast.market, key_date="constitution-day", key_day=make_campaigns.CONSTITUTION, actor=market
        )
    make_campaigns.on_constitution_day(cast, civility, reported=date(2026, 12, 20))
    assert counts("key-dates", date(2026, 12, 21)) == {"区司法局": (1, 1), "区市场监管局": (1, 1), "区文明办": (0, 1)}


def test_more_campaigns_on_a_key_date_change_nothing(cast: Cast) -> None:
    justice = make_campaigns.organiser("justice")
    make_campaigns.on_constitution_day(cast, justice)
    before = counts("key-dates", date(2026, 12, 5))
    with clock.at(make_campaigns.CONSTITUTION):
        for number in range(5):
            make_campaigns.held(
                cast, justice, key_date="constitution-day", key_day=make_campaigns.CONSTITUTION, title=f"第 {number} 场"
            )
    assert counts("key-dates", date(2026, 12, 5)) == before


def pages(client: Client) -> str:
    """Everything that the supervisor is shown, but for what is about evidence and not about records."""
    addresses = ["/supervision/", "/supervision/tasks/", "/supervision/tasks/2.2.2/"]
    addresses += [f"/supervision/figures/{code}/" for code in MEASURE]
    shown = "".join(client.get(address).content.decode().partition("<main")[2] for address in addresses)
    lines = shown.replace("</div>", "</div>\n").splitlines()
    return "\n".join(line for line in lines if "待封存" not in line and "csrf" not in line)


def test_a_hundred_adverse_records_in_time_move_no_figure_and_no_light(cast: Cast) -> None:
    quiet(cast, 6)
    late = next(week for week in latest(TODAY) if week.first == date(2026, 9, 7))
    for serial, week in ((1, late), (2, latest(TODAY)[1])):
        record = reported(cast, week.first, late=serial == 1, serial=serial)
        with clock.at(week.first + timedelta(days=1)):
            opening.note([record], cast.reviewer)
            acts.approve(record_id=record.pk, actor=cast.reviewer, opinion="", seen=record.revision)
    with clock.at(TODAY):
        before = pages(browser(cast.supervisor))
    reviewer = staff.pair(cast.market)[1]
    for serial in range(100, 200):
        week = late if serial % 2 else latest(TODAY)[1]
        record = reported(cast, week.first, serial=serial)
        with clock.at(week.first + timedelta(days=1)):
            opening.note([record], reviewer)
            acts.approve(record_id=record.pk, actor=reviewer, opinion="", seen=record.revision)
    with clock.at(TODAY):
        assert pages(browser(cast.supervisor)) == before


def test_every_figure_of_the_overview_opens_its_rows(cast: Cast, supervisor: Client) -> None:
    shown = supervisor.get("/supervision/").content.decode()
    for code, measure in MEASURE.items():
        assert f'href="/supervision/figures/{code}/"' in shown
        rows = supervisor.get(f"/supervision/figures/{code}/").content.decode()
        assert measure.title in rows
        assert measure.says in rows
    assert supervisor.get("/supervision/figures/scores/").status_code == 404


def test_figure_and_rows_move_together_on_the_pages(cast: Cast, supervisor: Client) -> None:
    quiet(cast, 10)
    with clock.at(TODAY):
        assert "10 / 10 个部门周" in supervisor.get("/supervision/").content.decode()
        rows = supervisor.get("/supervision/figures/reporting/").content.decode()
        assert '<td class="num" data-l="按时">10</td>' in rows
    health = Department.objects.get(code="health")
    with clock.at(date(2026, 11, 18)):
        say(department=health, starts_on=date(2026, 11, 9), actor=cast.other_clerk)
    with clock.at(TODAY):
        assert "11 / 11 个部门周" in supervisor.get("/supervision/").content.decode()
        rows = supervisor.get("/supervision/figures/reporting/").content.decode()
        assert '<th scope="row">区卫计局</th><td class="num" data-l="应计">1</td>' in rows


def test_no_person_and_no_record_stands_behind_a_figure(cast: Cast, supervisor: Client) -> None:
    record = reported(cast, MONDAY, late=True)
    with clock.at(TODAY):
        for code in MEASURE:
            shown = supervisor.get(f"/supervision/figures/{code}/").content.decode()
            for word in (record.number, record.document_number, "林秀云", "林*云"):
                assert word not in shown
