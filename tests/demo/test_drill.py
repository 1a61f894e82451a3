"""演练: a fault ordered from the operator's page is played by the platform, and only by a sandbox."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from pytest_django import Settings

from daoli_credit.demo import drill
from tests.cast import Cast, browser
from tests.sandbox.platform import KEYS, TITLES, TOKEN, Place, platform


@pytest.fixture
def hlj(tmp_path: Path, settings: Settings) -> Iterator[Place]:
    with platform("hlj", tmp_path) as place:
        settings.FEEDS = {"hlj": {"title": TITLES["hlj"], "url": place.url, "key": KEYS["hlj"], "key_id": "1"}}
        settings.DRILLS, settings.DRILL_TOKEN = {"hlj": place.url}, TOKEN
        yield place


def test_the_platform_plays_what_the_operator_ordered(cast: Cast, hlj: Place) -> None:
    client = browser(cast.feed_operator)
    assert "开始演练" in client.get("/demo/drill/hlj/").content.decode()
    page = client.post("/demo/drill/hlj/", {"fault": "500", "count": "1"}, follow=True).content.decode()
    assert "已安排" in page
    assert hlj.batch([]).status_code == 500
    assert hlj.batch([]).status_code == 200


def test_the_page_says_what_is_being_played_and_for_how_long(cast: Cast, hlj: Place) -> None:
    client = browser(cast.feed_operator)
    assert "没有在演练" in client.get("/demo/drill/hlj/").content.decode()
    page = client.post("/demo/drill/hlj/", {"fault": "500", "count": "2"}, follow=True).content.decode()
    assert "报错，没有收下" in page
    assert "还有 <strong>2</strong> 批" in page
    hlj.batch([])
    assert "还有 <strong>1</strong> 批" in client.get("/demo/drill/hlj/").content.decode()
    hlj.batch([])
    assert "没有在演练" in client.get("/demo/drill/hlj/").content.decode()


def test_a_drill_can_be_stopped(cast: Cast, hlj: Place) -> None:
    client = browser(cast.feed_operator)
    client.post("/demo/drill/hlj/", {"fault": "full-disk", "count": "20"})
    assert "已停止演练" in client.post("/demo/drill/hlj/", {"stop": "1"}, follow=True).content.decode()
    assert hlj.batch([]).status_code == 200


def test_what_makes_no_sense_is_refused_and_nothing_is_ordered(cast: Cast, hlj: Place) -> None:
    client = browser(cast.feed_operator)
    for typed, says in (
        ({"fault": "flood", "count": "1"}, "没有这种故障"),
        ({"fault": "late", "count": "1"}, "没有这种故障"),
        ({"fault": "500", "count": "0"}, "至少 1 批"),
        ({"fault": "500", "count": "9999"}, "最多"),
        ({"fault": "", "count": "很多"}, "请填整数"),
    ):
        answer = client.post("/demo/drill/hlj/", typed)
        assert answer.status_code == 422
        assert says in answer.content.decode()
    assert hlj.batch([]).status_code == 200


def test_only_the_operator_and_only_a_sandbox(cast: Cast, hlj: Place, settings: Settings) -> None:
    assert browser(cast.clerk).get("/demo/drill/hlj/").status_code == 403
    assert browser(cast.supervisor).post("/demo/drill/hlj/", {"fault": "500", "count": "1"}).status_code == 403
    settings.DRILLS = {}
    assert browser(cast.feed_operator).get("/demo/drill/hlj/").status_code == 404
    with pytest.raises(drill.NotOrdered, match="不是演示平台"):
        drill.order("hlj", "500", 1)


def test_a_platform_that_is_down_says_so(cast: Cast, settings: Settings) -> None:
    settings.FEEDS = {"hlj": {"title": "省", "url": "http://127.0.0.1:1", "key": KEYS["hlj"], "key_id": "1"}}
    settings.DRILLS, settings.DRILL_TOKEN = {"hlj": "http://127.0.0.1:1"}, TOKEN
    page = browser(cast.feed_operator).post("/demo/drill/hlj/", {"fault": "500", "count": "1"}, follow=True)
    assert "没有回答" in page.content.decode()
    assert "没有在演练" not in page.content.decode()


def test_every_fault_on_the_page_is_known_to_the_platform(hlj: Place) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    for one in drill.FAULTS:
        body = {"fault": one.code, "count": 0}
        assert requests.post(f"{hlj.url}/admin/faults", json=body, headers=headers, timeout=5).status_code == 200
