"""值守记录: every act by hand stands on the platform's page, and on the delivery it was about, with who and why."""

import pytest
from pytest_django import Settings

from daoli_credit.feeds.models import Feed
from daoli_credit.law import clock
from tests import make_feeds
from tests.cast import Cast, browser


@pytest.fixture
def connected(cast: Cast, settings: Settings) -> Cast:
    """省平台 with one delivery."""
    settings.FEEDS = make_feeds.CONNECTED
    make_feeds.owed(cast, serial=511)
    return cast


def test_each_act_at_a_platform_is_read_with_who_and_why(connected: Cast) -> None:
    desk = browser(connected.feed_operator)
    assert "还没有人动过这个平台" in desk.get("/desk/feeds/hlj/log/").content.decode()
    for act, reason in (("pause", "对方通知今晚维护"), ("resume", "对方维护完了"), ("reconcile", "维护以后核对一次")):
        assert desk.post(f"/desk/feeds/hlj/{act}/", {"reason": reason}).status_code == 302
    for address in ("/desk/feeds/hlj/", "/desk/feeds/hlj/log/"):
        page = browser(connected.supervisor).get(address).content.decode()
        for word in ("暂停推送", "恢复推送", "要求立即对账", "对方通知今晚维护", "对方维护完了", "维护以后核对一次"):
            assert word in page, (address, word)
        assert connected.feed_operator.display_name in page


def test_a_refused_act_leaves_no_line(connected: Cast) -> None:
    desk = browser(connected.feed_operator)
    assert desk.post("/desk/feeds/hlj/pause/", {"reason": ""}).status_code == 422
    assert browser(connected.supervisor).post("/desk/feeds/hlj/pause/", {"reason": "看看"}).status_code == 403
    assert "还没有人动过这个平台" in desk.get("/desk/feeds/hlj/log/").content.decode()


def test_what_was_decided_about_one_delivery_stands_in_its_course(connected: Cast) -> None:
    one = make_feeds.refused(connected, serial=512)
    clerk, desk = browser(connected.clerk), browser(connected.feed_operator)
    clerk.post(f"/desk/feeds/returned/{one.key}/", {"says": "与决定书逐项核对，一致"})
    desk.post(f"/desk/feeds/hlj/{one.key}/retry/", {"reason": "对方规则已改正"})
    for address in (f"/desk/feeds/hlj/{one.key}/", f"/desk/feeds/record/{one.record.number}/"):
        page = desk.get(address).content.decode()
        assert "重试推送单" in page
        assert "对方规则已改正" in page
        assert page.count("与决定书逐项核对，一致") >= 1
        assert page.index("与决定书逐项核对，一致") < page.index("对方规则已改正"), "先答复，后重试"


def test_the_page_says_that_the_feed_is_broken_and_when_it_is_tried_again(connected: Cast) -> None:
    desk = browser(connected.feed_operator)
    assert "熔断中" not in desk.get("/desk/feeds/hlj/").content.decode()
    later = clock.now().replace(year=clock.now().year + 1)
    Feed.objects.filter(code="hlj").update(failures=5, broken_until=later)
    page = desk.get("/desk/feeds/hlj/").content.decode()
    assert "连续 5 次没有送成" in page
    assert "以后先试一批" in page
    assert "恢复推送" in page
    Feed.objects.filter(code="hlj").update(failures=0, broken_until=None)
    assert "熔断中" not in desk.get("/desk/feeds/hlj/").content.decode()
