"""翻页、计数和按日的问题: what a page asks is as much for many records as for few, and what it says is the same."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from daoli_credit.law import clock
from records import days, leaves, selectors
from records.models import CreditRecord
from records.models.record import S
from tests import make
from tests.cast import Cast, browser

LIST, QUEUE = "/desk/records/", "/desk/records/queue/"


def asked(client: Client, address: str) -> int:
    """How many statements a second look at the page takes."""
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    # the edition is looked at anew each time only in tests
    return sum("law_edition" not in one["sql"] for one in caught.captured_queries)


@pytest.mark.parametrize("address", ["/desk/", LIST, f"{LIST}?status=submitted", QUEUE, "/desk/ends/"])
def test_a_page_asks_no_more_of_the_database_for_more_records(cast: Cast, address: str) -> None:
    client = browser(cast.both)
    for serial in (1, 2):
        make.submitted(cast, serial=serial)
    few = asked(client, address)
    for serial in range(3, 9):
        make.submitted(cast, serial=serial)
    assert asked(client, address) == few


def test_the_list_is_turned_by_number_and_shows_each_record_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("records.views.desk.PER_PAGE", 2)
    made = [make.submitted(cast, serial=1), make.effective(cast, serial=2), make.submitted(cast, serial=3)]
    made += [make.draft(cast, serial=4), make.effective(cast, serial=5)]
    client, seen, address = browser(cast.clerk), [], LIST
    for _ in range(3):
        answer = client.get(address)
        page = answer.context["page"]
        seen += [row.number for row in page.rows]
        address = f"{LIST}?before={page.older}"
    assert seen == [one.number for one in reversed(made)]
    back = client.get(f"{LIST}?after={made[1].pk}").context["page"]
    assert [row.number for row in back.rows] == [made[3].number, made[2].number]
    assert client.get(f"{LIST}?before=垃圾").context["page"].rows[0].number == made[-1].number


def test_a_count_stops_at_a_thousand_and_says_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for serial in (1, 2, 3):
        make.submitted(cast, serial=serial)
    assert "等您复核 3 件" in browser(cast.reviewer).get("/desk/").content.decode()
    monkeypatch.setattr(leaves, "MOST", 2)
    page = browser(cast.reviewer).get("/desk/").content.decode()
    assert "等您复核 2+ 件" in page
    assert "全部 2+ 件" in page
    assert "<b>2+</b>" in browser(cast.clerk).get(LIST).content.decode()
    assert leaves.counted(CreditRecord.objects.filter(status=S.SUBMITTED)) == 3


def test_the_days_are_the_ends_of_what_every_record_would_say(cast: Cast) -> None:
    today = clock.today()
    for serial, back in enumerate((40, 40, 20, 3), start=1):
        with clock.at(today - timedelta(days=back)):
            (make.effective if serial % 2 else make.submitted)(cast, serial=serial)
    rows = list(CreditRecord.objects.all())
    first = today - timedelta(days=50)
    keys = {(r.department_id, r.item_id, r.submitted_on) for r in rows}
    assert set(days.earliest(first, today)) == {
        (unit, item, min(r.determined_on for r in rows if (r.item_id, r.submitted_on) == (item, day)), day)
        for unit, item, day in keys
    }
    assert dict(days.begun()) == {cast.market.pk: min(r.submitted_on for r in rows if r.submitted_on)}
    assert set(days.items(first, today)) == {(unit, item) for unit, item, _ in keys}
    approved = [r for r in rows if r.effective_on]
    assert set(days.answered(first, today)) == {(r.department_id, r.submitted_on, r.effective_on) for r in approved}
    assert selectors.waits_too_long(today) == {(cast.market.pk, today - timedelta(days=40))}
    assert selectors.waiting_by_department(today) == {"market-regulation": 1}
    assert dict(days.oldest([cast.market.pk, cast.health.pk])) == {
        cast.market.pk: min(r.submitted_on for r in rows if r.submitted_on and r.status == S.SUBMITTED)
    }


def test_what_is_over_and_not_written_down_is_found_by_its_day(cast: Cast) -> None:
    record = make.effective(cast, serial=1)
    assert record.use_until
    assert days.forgotten(record.use_until) == []
    after = record.use_until + timedelta(days=1)
    assert days.forgotten(after) == [(cast.market.pk, record.use_until)]


def test_a_page_is_full_though_what_is_over_lies_between(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The day has ended three that nobody has written down yet: they are not shown, and hide nothing behind them."""
    monkeypatch.setattr("records.views.desk.PER_PAGE", 1)
    made = [make.effective(cast, serial=1)]
    with clock.at(clock.today() - timedelta(days=2000)):
        over = [make.effective(cast, serial=serial) for serial in (2, 3, 4)]
    page = browser(cast.clerk).get(f"{LIST}?status=effective").context["page"]
    assert [row.number for row in page.rows] == [made[0].number]
    assert page.older is None
    assert all(one.pk > made[0].pk for one in over)
