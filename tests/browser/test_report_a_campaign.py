"""报告一次活动, from the phone: at most five clicks and three typed fields (the organiser's flow)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.served import Portal

pytestmark = pytest.mark.browser
CLICKS, FIELDS = 5, 3


class Counted:
    """A hand that counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.fields = page, 0, 0

    def click(self, role: str, name: str) -> None:
        self.clicks += 1
        self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]
        self.page.wait_for_load_state()

    def type(self, name: str, words: str) -> None:
        self.fields += 1
        self.page.locator(f"[name={name}]").fill(words)


def test_an_organiser_reports_an_event(portal: Portal, seat: Callable[[str, int], BrowserContext]) -> None:
    page = seat("maxiaoyu", 390).new_page()
    try:
        page.goto(portal.origin + "/desk/")
        hand = Counted(page)
        hand.click("link", "打开宣传日历")
        hand.click("link", "报告活动")
        hand.type("place", "示例小学操场")
        hand.click("button", "已经举办，接着报告")
        hand.type("summary", "讲解怎样查询自己的信用信息，发放诚信读本。")
        hand.type("reached", "120")
        hand.click("button", "报告")
        assert page.get_by_text("已报告，公众网站").is_visible()
        assert hand.clicks <= CLICKS
        assert hand.fields <= FIELDS
    finally:
        page.close()
