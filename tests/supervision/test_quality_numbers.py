"""数据质量看板: every number on the board opens a page that counts the same, for the office and for the unit itself."""

import re
from datetime import date, timedelta

import pytest

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.supervision.workflows.no_news import say
from records.models import CreditRecord
from records.workflows import opening
from records.workflows import record as acts
from records.workflows.settling import Answer
from tests import make, make_objections
from tests.cast import Cast, browser

TODAY, MONDAY, NEXT = date(2026, 11, 24), date(2026, 11, 2), date(2026, 11, 9)
NUMBER = re.compile(r'href="(/desk/quality/[\w-]+/[\w-]+/)">(\d+) / (\d+)<')
WAITS = re.compile(r'href="(/desk/quality/[\w-]+/waiting/)">(\d+) 个工作日<')
MARK = re.compile(r'href="(/desk/quality/([\w-]+)/coverage/)"><span aria-hidden="true">(\S)</span>')


def _weeks(cast: Cast) -> None:
    """One week with a late record, one with a return, an objection that was right, one confirmed empty; one waits."""
    for serial, day, late in ((1, MONDAY, True), (2, MONDAY, False), (3, NEXT, False)):
        with clock.at(day):
            record = make.submitted(cast, serial=serial, decided=day - timedelta(days=30 if late else 3))
        with clock.at(day + timedelta(days=1)):
            if serial == 2:
                acts.send_back(record_id=record.pk, actor=cast.reviewer, opinion="请补", seen=1, reasons=["missing"])
            else:
                opening.note([record], cast.reviewer)
                acts.approve(record_id=record.pk, actor=cast.reviewer, opinion="", seen=record.revision)
    with clock.at(NEXT + timedelta(days=2)):
        raised = make_objections.raised(cast, CreditRecord.objects.filter(status="effective").latest("pk"))
        make_objections.answer(cast, raised, Answer("fine", upheld=True, now="0.1"))
    with clock.at(TODAY - timedelta(days=1)):
        say(department=cast.market, starts_on=TODAY - timedelta(days=8), actor=cast.clerk)
        make.submitted(cast, serial=4, decided=TODAY - timedelta(days=4))


def _main(user: User, address: str) -> str:
    return browser(user).get(address).content.decode().partition("<main")[2]


@pytest.mark.parametrize("who", ["supervisor", "clerk"])
def test_every_number_of_the_board_opens_rows_that_count_the_same(cast: Cast, who: str) -> None:
    _weeks(cast)
    user = getattr(cast, who)
    with clock.at(TODAY):
        board = _main(user, "/desk/quality/")
        numbers = NUMBER.findall(board)
        assert numbers
        for address, good, due in numbers:
            rows = _main(user, address)
            body = rows.partition("<tbody>")[2].partition("</tbody>")[0]
            assert len(re.findall(r"<tr>", body)) == int(due), address
            assert len(re.findall(r">好</span>", body)) == int(good), address
            assert f"好的 {good} 周，计 {due} 周" in rows, address
        for address, days in WAITS.findall(board):
            assert f"{days} 个工作日" in _main(user, address), address
        for address, _, mark in MARK.findall(board):
            assert mark in _main(user, address), address
    if who == "supervisor":
        figures = {address: (good, due) for address, good, due in numbers}
        for column in ("on-time", "complete", "returned", "corrected"):
            good, due = figures[f"/desk/quality/market-regulation/{column}/"]
            assert int(good) == int(due) - 1, column
        assert WAITS.findall(board)


def test_no_figure_of_the_board_stands_without_a_link(cast: Cast) -> None:
    _weeks(cast)
    with clock.at(TODAY):
        board = _main(cast.supervisor, "/desk/quality/")
    cells = re.findall(r"<td\b[^>]*>(.*?)</td>", board, re.S)
    bare = [cell for cell in cells if re.search(r"\d", re.sub(r"<[^>]+>", "", cell)) and "<a " not in cell]
    assert not bare
    marks = [cell for cell in cells if re.search("[✓–◆○·]", re.sub(r"<[^>]+>", "", cell))]
    assert marks
    assert all("<a " in cell for cell in marks)


def test_behind_a_mark_the_unit_finds_its_records_and_the_office_only_the_mark(cast: Cast) -> None:
    with clock.at(NEXT + timedelta(days=7)):
        record = make.submitted(cast, serial=1, decided=NEXT + timedelta(days=4))
    there = "/desk/quality/market-regulation/coverage/"
    with clock.at(NEXT + timedelta(days=15)):
        own, office = _main(cast.clerk, there), _main(cast.supervisor, there)
    assert record.number in own
    assert "有报送" in own
    assert record.number not in office
    assert "有报送" in office
