"""上一次登录的表单: it is not taken, and the page says so without promising what the browser did not keep."""

import pytest
from django.test import Client

from tests.cast import Cast

FORM = "/desk/records/new/market-regulation/penalty-food/?from=list"


def refused(client: Client, came_from: str) -> str:
    answer = client.post("/desk/no-news/", {"week": "2026-11-23"}, headers={"referer": came_from})
    assert answer.status_code == 403
    return answer.content.decode()


@pytest.fixture
def clerk(cast: Cast) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.clerk)
    return client


def test_the_way_on_is_the_page_of_the_form(clerk: Client) -> None:
    page = refused(clerk, f"http://testserver{FORM}")
    assert f'href="{FORM}"' in page
    assert "什么也没有改动" in page
    assert "还在" not in page


def test_a_stranger_in_the_referer_is_no_way_on(clerk: Client) -> None:
    for stranger in ("https://elsewhere.example/desk/", "//elsewhere.example/", "javascript:alert(1)", ""):
        page = refused(clerk, stranger)
        assert "重新打开那一页</a>" not in page
        assert "elsewhere" not in page


def test_staff_go_back_to_their_desk(clerk: Client, cast: Cast) -> None:
    assert 'href="/desk/">回到工作台' in refused(clerk, "")
    assert 'href="/desk/">回到工作台' in clerk.get("/no-such-page/").content.decode()
    assert 'href="/">回到首页' in Client().get("/no-such-page/").content.decode()
