"""数据质量看板: weeks, not records; 本期无新增 is full marks; a unit sees its own; a number opens its rows."""

from datetime import date, timedelta

from daoli_credit.law import clock
from daoli_credit.supervision import quality
from daoli_credit.supervision.facts import Facts
from daoli_credit.supervision.weeks import Week
from daoli_credit.supervision.workflows.no_news import say
from records.models import CreditRecord
from records.workflows import opening
from records.workflows import record as acts
from records.workflows.settling import Answer
from tests import make, make_amendments, make_objections
from tests.cast import Cast, browser

TODAY = date(2026, 11, 24)
MONDAY = date(2026, 11, 2)
NEXT = date(2026, 11, 9)


def reported(cast: Cast, on: date, *, serial: int = 1, late: bool = False) -> CreditRecord:
    """A record of market regulation, reported on that day."""
    with clock.at(on):
        return make.submitted(cast, serial=serial, decided=on - timedelta(days=30 if late else 3))


def approved(cast: Cast, record: CreditRecord, on: date) -> CreditRecord:
    with clock.at(on):
        opening.note([record], cast.reviewer)
        return acts.approve(record_id=record.pk, actor=cast.reviewer, opinion="", seen=record.revision)


def numbers(cast: Cast, today: date = TODAY) -> dict[str, tuple[int, int]]:
    """Good weeks and weeks of market regulation, column by column."""
    with clock.at(today):
        (line,) = quality.lines([cast.market], Facts())
    return {one.code: (good, due) for one, good, due in line.numbers}


def test_nothing_new_is_full_marks_in_every_column(cast: Cast) -> None:
    with clock.at(NEXT):
        say(department=cast.market, starts_on=MONDAY, actor=cast.clerk)
    with clock.at(TODAY - timedelta(days=7)):
        say(department=cast.market, starts_on=NEXT, actor=cast.clerk)
    found = numbers(cast)
    assert found["on-time"][0] >= 1
    assert all(good == due for code, (good, due) in found.items() if code != "on-time")


def test_a_return_costs_its_week_and_only_a_missing_field_costs_completeness(cast: Cast) -> None:
    record = reported(cast, MONDAY)
    with clock.at(MONDAY + timedelta(days=1)):
        acts.send_back(record_id=record.pk, actor=cast.reviewer, opinion="请核对", seen=1, reasons=["differs"])
    found = numbers(cast)
    assert found["returned"] == (found["returned"][1] - 1, found["on-time"][1])
    assert found["complete"][0] == found["complete"][1]
    other = reported(cast, NEXT, serial=2)
    with clock.at(NEXT + timedelta(days=1)):
        acts.send_back(record_id=other.pk, actor=cast.reviewer, opinion="请补", seen=1, reasons=["missing"])
    found = numbers(cast)
    assert found["returned"][1] - found["returned"][0] == 2
    assert found["complete"][1] - found["complete"][0] == 1


def test_what_a_unit_finds_itself_does_not_count_against_it_and_an_upheld_objection_does(cast: Cast) -> None:
    record = approved(cast, reported(cast, MONDAY), MONDAY + timedelta(days=1))
    disputed = approved(cast, reported(cast, MONDAY, serial=2), MONDAY + timedelta(days=1))
    before = numbers(cast)["corrected"]
    with clock.at(NEXT):
        make_amendments.agreed(cast, make_amendments.proposed(cast, record))
    assert numbers(cast)["corrected"] == before
    with clock.at(NEXT):
        raised = make_objections.raised(cast, disputed)
        make_objections.answer(cast, raised, Answer("fine", upheld=True, now="0.1"))
    assert numbers(cast)["corrected"] == (before[0] - 1, before[1])


def test_a_hundred_records_in_time_move_no_number(cast: Cast) -> None:
    approved(cast, reported(cast, MONDAY), MONDAY + timedelta(days=1))
    late = reported(cast, NEXT, serial=2, late=True)
    before = numbers(cast)
    with clock.at(TODAY):
        page = browser(cast.supervisor).get("/desk/quality/").content.decode().partition("<main")[2]
    for serial in range(100, 120):
        approved(cast, reported(cast, (MONDAY, NEXT)[serial % 2], serial=serial), NEXT + timedelta(days=1))
    assert numbers(cast) == before
    with clock.at(TODAY):
        again = browser(cast.supervisor).get("/desk/quality/").content.decode().partition("<main")[2]
    assert again == page
    assert late.number not in page


def test_the_oldest_that_waits_is_a_day_and_not_a_count(cast: Cast) -> None:
    reported(cast, MONDAY)
    before = quality.waiting([cast.market.pk], TODAY)
    reported(cast, NEXT, serial=2)
    assert quality.waiting([cast.market.pk], TODAY) == before
    waiting = before[cast.market.pk]
    assert (waiting.since, waiting.late) == (MONDAY, True)


def test_coverage_says_whether_and_never_how_much(cast: Cast) -> None:
    reported(cast, NEXT + timedelta(days=1))
    week = Week(NEXT)
    heads, (row,) = quality.coverage([cast.market], week, today=TODAY)
    marks = dict(zip(heads, row.marks, strict=True))
    assert marks["食品药品"] == quality.MARKS["new"]
    assert marks["知识产权"] == quality.MARKS["none"]
    reported(cast, NEXT + timedelta(days=2), serial=2)
    assert quality.coverage([cast.market], week, today=TODAY)[1] == [row]
    _, (idle,) = quality.coverage([cast.health], week, today=TODAY)
    assert {mark for mark in idle.marks if mark} == {quality.NOT_BEGUN}


def test_a_unit_sees_its_own_board_and_the_supervisor_all_without_a_record(cast: Cast) -> None:
    record = reported(cast, MONDAY)
    with clock.at(MONDAY + timedelta(days=1)):
        acts.send_back(record_id=record.pk, actor=cast.reviewer, opinion="请核对", seen=1)
    with clock.at(TODAY):
        mine = browser(cast.clerk).get("/desk/quality/").content.decode()
        assert "区市场监管局" in mine
        assert "区卫计局" not in mine.partition("<main")[2]
        address = "/desk/quality/market-regulation/returned/"
        assert record.number in browser(cast.clerk).get(address).content.decode()
        seen = browser(cast.supervisor).get(address).content.decode()
        assert record.number not in seen
        assert "有退回" in seen
        assert browser(cast.other_clerk).get(address).status_code == 404
        assert browser(cast.clerk).get("/desk/quality/market-regulation/nonsense/").status_code == 404
        assert browser(cast.citizen).get("/desk/quality/").status_code == 403
        assert browser(cast.clerk).get("/desk/quality/market-regulation/waiting/").status_code == 200
        assert "食品药品" in browser(cast.clerk).get("/desk/quality/market-regulation/coverage/").content.decode()
