"""对方持有: every count of what is held, asked back or owed after its end opens just those rows, and nobody's name."""

import re
from datetime import timedelta

import pytest
from pytest_django import Settings

from daoli_credit.law import clock
from records import endings
from records.models import CreditRecord
from records.workflows import holding, retention
from tests import make, make_ends, make_feeds
from tests.cast import Cast, browser, identity

HLJ = {"recipient": "hlj", "title": make_feeds.CHANNEL.title}
HRB = {"recipient": "hrb", "title": "信用中国（黑龙江哈尔滨）"}


@pytest.fixture
def held(cast: Cast, settings: Settings) -> list[CreditRecord]:
    """One held, one asked back while it is in force, one that has ended; the last also at a second platform."""
    settings.FEEDS = make_feeds.CONNECTED
    make_feeds.owed(cast, serial=501)
    records = [make.effective(cast, serial=serial) for serial in (502, 503, 504)]
    for record in records:
        holding.taken(record_id=record.pk, revision=1, **HLJ)
    holding.asked(record_id=records[1].pk, recipient="hlj")
    holding.taken(record_id=records[2].pk, revision=1, **HRB)
    make_ends.noticed(cast, records[2])
    return records


def _rows(page: str) -> list[str]:
    return re.findall(r"/desk/feeds/record/(DL\d{4}-\d{6})/", page)


def test_each_number_of_what_a_platform_holds_opens_as_many_rows(cast: Cast, held: list[CreditRecord]) -> None:
    desk = browser(cast.feed_operator)
    page = desk.get("/desk/feeds/hlj/").content.decode()
    assert "<b>3</b> 条</a>，同时暂停普通推送" in page, "召回的件数点得开"
    numbers = [one.number for one in held]
    for shown, expected in (("", numbers[::-1]), ("owed", numbers[2:])):
        found = desk.get(f"/desk/feeds/hlj/holding/?shown={shown}").content.decode()
        assert _rows(found) == expected
        assert f"<b>{len(expected)}</b>" in found
    assert held[1].number in _rows(desk.get("/desk/feeds/hlj/holding/?shown=asked").content.decode())
    assert _rows(desk.get("/desk/feeds/hlj/holding/?shown=invented").content.decode()) == numbers[::-1]
    assert "林*云" not in page
    assert identity("linxiuyun").id_number not in page


def test_the_supervisors_count_of_a_department_opens_its_rows(cast: Cast, held: list[CreditRecord]) -> None:
    office = browser(cast.supervisor)
    page = office.get("/desk/ends/").content.decode()
    (code, name, count) = endings.still_to_confirm()[0]
    assert (code, count) == (cast.market.code, 1)
    address = f"/desk/feeds/owed/?department={code}"
    assert f'<a href="{address}">1</a>' in page
    rows = office.get(address).content.decode()
    assert _rows(rows) == [held[2].number], "一件一行，两个收录方写在一格里"
    for word in (name, HLJ["title"], HRB["title"]):
        assert word in rows
    assert "林*云" not in rows
    assert _rows(office.get("/desk/feeds/owed/?department=invented").content.decode()) == [held[2].number]
    for one in (HLJ, HRB):
        holding.confirm_gone(record_id=held[2].pk, revision=2, **one)
    assert "都已确认撤下" in office.get(address).content.decode()


def test_what_cannot_be_destroyed_yet_is_listed_by_its_reason(cast: Cast, held: list[CreditRecord]) -> None:
    office = browser(cast.supervisor)
    copy = make_ends.sealed_of(cast, held[0])
    with clock.at(copy.keep_until + timedelta(days=1)):
        page = office.get("/desk/ends/").content.decode()
        assert f"{retention.HELD} 2 件</a>" in page, "它和第三件"
        rows = office.get("/desk/ends/held-back/", {"why": retention.HELD}).content.decode()
        assert copy.number in rows
        assert held[0].number not in rows
    assert "期满的都已销毁" in office.get("/desk/ends/held-back/").content.decode()
