"""推送与回执的页面: a figure opens the rows that it counts, and every manual act says why, also in evidence."""

import re
import uuid
from datetime import timedelta

import pytest

from daoli_credit.audit.models import Event
from daoli_credit.feeds.models import Delivery, Feed
from daoli_credit.feeds.models.delivery import State
from daoli_credit.law import clock
from tests.cast import browser
from tests.feeds.ground import Ground

ACTS = ("pause", "recall", "reconcile")


def _rows(page: str) -> set[str]:
    return set(re.findall(r'href="/desk/feeds/hlj/([0-9a-f]{32})/"', page))


def test_the_figure_of_what_is_unsent_opens_all_of_it(ground: Ground) -> None:
    there = ground.record(serial=9)
    ground.sweep()
    ground.send()
    ground.confirmed(there)
    for serial in range(3):
        ground.record(serial=serial + 1)
    ground.sweep()
    first = Delivery.objects.filter(feed="hlj", state=State.WAITING).earliest("pk")
    until = clock.now() + timedelta(minutes=1)
    Delivery.objects.filter(pk=first.pk).update(
        state=State.SENDING, lease=uuid.uuid4(), lease_until=until, body=b"sealed", digest=b"d" * 32
    )
    client = browser(ground.cast.feed_operator)
    overview = client.get("/desk/feeds/").content.decode()
    found = re.search(r'href="(/desk/feeds/hlj/\?state=unsent)">(\d+) 件', overview)
    assert found
    assert len(_rows(client.get(found[1]).content.decode())) == int(found[2]) == 3
    ground.end(there)
    ground.sweep()
    overview = client.get("/desk/feeds/").content.decode()
    assert re.search(r'\?state=withdrawals">撤回 1 件', overview)
    assert _rows(client.get("/desk/feeds/hlj/?state=withdrawals").content.decode()) == {ground.delivery(there, 2).key}


@pytest.mark.parametrize("act", ACTS)
def test_without_a_reason_the_form_comes_back_with_what_to_do_and_nothing_happens(ground: Ground, act: str) -> None:
    ground.record()
    ground.sweep()
    client = browser(ground.cast.feed_operator)
    for reason, says in (("", "请写明原因"), ("长" * 201, "请缩短"), ("号码 999999198803120028", "证件号码")):
        page = client.post(f"/desk/feeds/hlj/{act}/", {"reason": reason})
        assert page.status_code == 422
        text = page.content.decode()
        assert says in text
        assert not reason or reason in text
    assert not Event.objects.filter(act__startswith="feed.").exists()
    feed = Feed.objects.get(code="hlj")
    assert feed.enabled
    assert feed.reconcile_asked_at is None


def test_resuming_and_reconciling_at_once_say_why_too(ground: Ground) -> None:
    ground.record()
    ground.sweep()
    client = browser(ground.cast.feed_operator)
    client.post("/desk/feeds/hlj/pause/", {"reason": "对方系统升级"})
    assert client.post("/desk/feeds/hlj/resume/", {}).status_code == 422
    assert not Feed.objects.get(code="hlj").enabled
    assert client.post("/desk/feeds/hlj/resume/", {"reason": "对方已升级完"}).status_code == 302
    assert client.post("/desk/feeds/hlj/reconcile/", {"reason": "升级以后核对一次"}).status_code == 302
    said = dict(Event.objects.filter(act__startswith="feed.").values_list("act", "opinion"))
    assert said == {
        "feed.paused": "对方系统升级",
        "feed.resumed": "对方已升级完",
        "feed.reconcile-asked": "升级以后核对一次",
    }
