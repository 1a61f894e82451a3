"""约定接收: what may go differs from platform to platform, and the pages say which one stopped it."""

from pytest_django import Settings

from records import outgoing
from records.models.revision import Kind
from tests.cast import browser
from tests.feeds.ground import Ground

SAYS = "与信用中国（黑龙江哈尔滨）没有约定接收这一类事项"


def agree(settings: Settings, code: str, items: str) -> None:
    settings.FEEDS = {**settings.FEEDS, code: {**settings.FEEDS[code], "items": items}}


def test_a_record_goes_to_the_platform_that_takes_its_item_and_to_no_other(ground: Ground, settings: Settings) -> None:
    agree(settings, "hrb", "list-* penalty-drug")
    agree(settings, "hlj", "penalty-f*")
    record = ground.record()
    assert record.item_id == "penalty-food"
    assert ground.sweep() == 1
    ground.send()
    ground.send("hrb")
    ground.confirmed(record)
    assert record.number not in ground.hrb.holdings()
    for page in (
        browser(ground.cast.clerk).get(f"/desk/records/{record.number}/"),
        browser(ground.cast.citizen).get(f"/me/records/{record.number}/"),
    ):
        assert SAYS in page.content.decode()
        assert "已收录" in page.content.decode()
    desk = browser(ground.cast.feed_operator).get("/desk/feeds/hrb/").content.decode()
    assert "不接收哪些" in desk
    assert "食品生产经营行政处罚" in desk


def test_what_no_platform_takes_stays_here_and_the_operator_reads_why(ground: Ground, settings: Settings) -> None:
    for code in settings.FEEDS:
        agree(settings, code, "list-* no-such-item")
    record = ground.record()
    assert ground.sweep() == 0
    page = browser(ground.cast.feed_operator).get("/desk/feeds/").content.decode()
    assert record.number in page
    assert "没有约定接收" in page
    assert SAYS in page
    assert "no-such-item 不是目录事项" in browser(ground.cast.feed_operator).get("/desk/feeds/hlj/").content.decode()


def test_an_agreement_that_is_narrowed_stops_what_was_not_sent_and_forgets_no_copy(
    ground: Ground, settings: Settings
) -> None:
    there, owed = ground.record(serial=1), ground.record(serial=2)
    ground.sweep()
    settings_before = settings.FEEDS
    agree(settings, "hlj", "list-*")
    assert ground.send() == 0, "还没有送出的不再送出"
    assert "没有约定接收" in ground.delivery(owed).held_words
    settings.FEEDS = settings_before
    ground.due(there)
    ground.due(owed)
    assert ground.send() == 2
    ground.confirmed(there)
    agree(settings, "hlj", "list-*")
    ground.revise(there, Kind.MARKED)
    ground.sweep()
    assert ground.send() == 1, "手里有一份的，后来的变化照样告诉它"
    ground.confirmed(there, 2)
    assert not outgoing.refusals_to("hlj", [there])[there.pk]
    ground.end(there)
    ground.sweep()
    ground.send()
    ground.confirmed(there, 3)
    assert there.number not in ground.hlj.holdings()
