"""值守记录: every act by hand stands on the platform's page, and on the delivery it was about, with who and why."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from daoli_credit.accounts.models import Department
from daoli_credit.audit.models import Event
from daoli_credit.feeds.models import Discrepancy, Feed
from daoli_credit.law import clock
from daoli_credit.portal import waiting
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
    later = clock.now() + timedelta(days=365)
    Feed.objects.filter(code="hlj").update(failures=5, broken_until=later)
    page = desk.get("/desk/feeds/hlj/").content.decode()
    assert "连续 5 次没有送成" in page
    assert "以后先试一件" in page
    assert "恢复推送" in page
    Feed.objects.filter(code="hlj").update(failures=0, broken_until=None)
    assert "熔断中" not in desk.get("/desk/feeds/hlj/").content.decode()


def test_the_count_before_a_bulk_retry_is_what_the_act_takes(connected: Cast) -> None:
    mine, theirs = make_feeds.refused(connected, serial=513), make_feeds.refused(connected, serial=514)
    browser(connected.clerk).post(f"/desk/feeds/returned/{mine.key}/", {"says": "核对无误"})
    desk, office = browser(connected.feed_operator), "?state=held&reason=rejected&owner=credit-office"
    assert "<b>1</b> 件，用原来的报文再送" in desk.get(f"/desk/feeds/hlj/{office}").content.decode()
    asked = {"held": "rejected", "owner": "credit-office"}
    refused = desk.post("/desk/feeds/hlj/retry-all/", {**asked, "reason": ""})
    assert refused.status_code == 422
    assert "<b>1</b> 件，用原来的报文再送" in refused.content.decode(), "表单原样退回，还是那一件"
    desk.post("/desk/feeds/hlj/retry-all/", {**asked, "reason": "对方规则已改正"})
    for one in (mine, theirs):
        one.refresh_from_db()
    assert (mine.state, theirs.state) == ("waiting", "held"), "部门还没有答复的不一起送"
    assert Event.objects.get(act="feed.retried-all").count == 1


def test_a_bulk_retry_takes_no_more_than_was_on_the_page(connected: Cast) -> None:
    first, later = make_feeds.refused(connected, serial=516), make_feeds.refused(connected, serial=517)
    desk, asked = browser(connected.feed_operator), {"held": "rejected", "owner": "", "reason": "对方规则已改正"}
    page = desk.get("/desk/feeds/hlj/?state=held&reason=rejected").content.decode()
    assert '<input type="hidden" name="seen" value="2">' in page
    stale = desk.post("/desk/feeds/hlj/retry-all/", {**asked, "seen": "1"})
    assert stale.status_code == 422
    assert "按的时候是 2 件，您看到的是 1 件" in stale.content.decode()
    first.refresh_from_db()
    assert first.state == "held"
    assert desk.post("/desk/feeds/hlj/retry-all/", {**asked, "seen": "2"}).status_code == 302
    for one in (first, later):
        one.refresh_from_db()
        assert one.state == "waiting"


def test_what_the_menu_counts_is_listed_by_platform_and_opens_its_rows(connected: Cast) -> None:
    one = make_feeds.refused(connected, serial=515)
    desk = browser(connected.feed_operator)
    assert "等推送值守处理" not in desk.get("/desk/feeds/").content.decode(), "退给部门的先由部门答复"
    browser(connected.clerk).post(f"/desk/feeds/returned/{one.key}/", {"says": "核对无误"})
    office = Department.objects.get(code="credit-office")
    facts = {"feed_id": "hlj", "kind": "missing", "found_at": clock.now(), "ours": 1}
    Discrepancy.objects.create(record_number=one.record.number, owner=office, **facts)
    Discrepancy.objects.create(record_number="DL2026-999998", owner=connected.market, **facts)
    page = desk.get("/desk/feeds/").content.decode()
    assert waiting.counts(connected.feed_operator, ["feeds"]) == {"feeds": 2}
    assert "待人工处理 1 件" in page
    assert "对账差异 1 处" in page
    assert one.record.number in desk.get("/desk/feeds/hlj/?state=held&owner=credit-office").content.decode()
    rows = desk.get("/desk/feeds/hlj/differences/?owner=credit-office").content.decode()
    assert one.record.number in rows
    assert "DL2026-999998" not in rows
    assert "等推送值守处理" not in browser(connected.supervisor).get("/desk/feeds/").content.decode()
