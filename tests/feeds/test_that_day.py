"""对方某日持有什么: by its own word on that day; a day that has not come and one without a reconciliation say so."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from daoli_credit.audit.models import Event
from daoli_credit.feeds.models import Reconciliation, TheirCopy
from daoli_credit.law import clock
from tests import make_feeds
from tests.cast import Cast, browser
from tests.feeds.test_take_out_a_sheet import rows_of

COPIES = "/desk/feeds/hlj/copies/"


@pytest.fixture
def number(cast: Cast, settings: Settings) -> str:
    """One record that 省平台 said yesterday that it holds."""
    settings.FEEDS = make_feeds.CONNECTED
    one = make_feeds.owed(cast, serial=531)
    seen = clock.now() - timedelta(days=1)
    Reconciliation.objects.create(feed_id="hlj", at=seen, here=1, there=1)
    TheirCopy.objects.create(feed_id="hlj", record_number=one.record.number, revision=1, digest="a" * 64, seen_at=seen)
    return str(one.record.number)


def test_the_day_says_how_many_and_on_which_reconciliation_it_rests(cast: Cast, number: str) -> None:
    page = browser(cast.feed_operator).get(COPIES).content.decode()
    assert number in page
    assert "终了时：1 条" in page
    run = Reconciliation.objects.get()
    assert f"{run.at.astimezone(clock.CHINA):%Y-%m-%d %H:%M}" in page


def test_a_day_before_the_first_reconciliation_is_not_a_day_on_which_nothing_was_held(cast: Cast, number: str) -> None:
    page = browser(cast.feed_operator).get(COPIES, {"day": f"{clock.today() - timedelta(days=9)}"}).content.decode()
    assert "还没有对成过账，不知道对方持有什么" in page
    assert number not in page


def test_a_day_that_has_not_come_is_refused_in_words(cast: Cast, number: str) -> None:
    answer = browser(cast.feed_operator).get(COPIES, {"day": f"{clock.today() + timedelta(days=1)}"})
    assert answer.status_code == 422
    assert "还没有到这一天" in answer.content.decode()
    assert number not in answer.content.decode()


def test_the_list_of_the_day_is_taken_out_with_an_event(cast: Cast, number: str) -> None:
    desk = browser(cast.feed_operator)
    answer = desk.post("/desk/feeds/hlj/sheet/", {"what": "copies", "day": f"{clock.today()}"})
    head, row, _mark = rows_of(answer.content)
    assert (head[0], row[0], row[2]) == ("记录", number, "a" * 64)
    assert Event.objects.get(act="feed.listed").opinion == f"{clock.today()}持有"
    assert desk.post("/desk/feeds/hlj/sheet/", {"what": "copies", "day": "x"}).status_code == 404
    asked = {"what": "copies", "day": f"{clock.today()}"}
    assert browser(cast.supervisor).post("/desk/feeds/hlj/sheet/", asked).status_code == 403
