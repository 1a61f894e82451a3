"""待复核超过 5 个工作日: the one figure about records, and it counts lateness only."""

import re
from datetime import timedelta

from django.test import Client

from daoli_credit.law import clock
from tests import make
from tests.cast import Cast


def overview(client: Client) -> str:
    return client.get("/supervision/").content.decode()


def figures(page: str) -> str:
    """The page without the number of rows that wait to be sealed, which is about evidence, not records."""
    return re.sub(r"待封存 \d+ 条|没有待封存的存证", "", page.partition("<main")[2])


def test_work_that_waits_too_long_is_counted_for_its_department(cast: Cast, supervisor: Client) -> None:
    assert "各部门复核没有超期" in overview(supervisor)
    with clock.at(clock.today() - timedelta(days=30)):
        make.submitted(cast)
    page = overview(supervisor)
    assert '<a href="#late">1<small>件' in page
    where = "/desk/quality/market-regulation/waiting/"
    assert f'<th scope="row">区市场监管局</th><td class="num"><a href="{where}">1<' in page
    assert "超过五个工作日的 1 件" in supervisor.get(where).content.decode()


def test_new_work_is_not_late(cast: Cast, supervisor: Client) -> None:
    make.submitted(cast)
    assert "各部门复核没有超期" in overview(supervisor)


def test_no_figure_rises_with_the_number_of_adverse_records(cast: Cast, supervisor: Client) -> None:
    make.effective(cast, serial=1)  # the unit begins to report; how much, is asked nowhere
    before = figures(overview(supervisor))
    for serial in (2, 3, 4):
        make.effective(cast, serial=serial)
    assert figures(overview(supervisor)) == before


def test_no_person_appears(cast: Cast, supervisor: Client) -> None:
    with clock.at(clock.today() - timedelta(days=30)):
        record = make.submitted(cast)
    for page in ("", "tasks/", "clauses/", "evidence/", "rules/"):
        shown = supervisor.get(f"/supervision/{page}").content.decode()
        assert "林秀云" not in shown
        assert "林*云" not in shown
        assert record.number not in shown
        assert record.document_number not in shown
