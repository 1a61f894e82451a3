"""回答从头看起: a click on an error's link leaves its #place in the address; the next answer does not open there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.served import Portal

pytestmark = pytest.mark.browser
FORM = "/desk/records/new/market-regulation/penalty-food/"


def test_the_errors_are_in_sight_again(portal: Portal, seat: Callable[[str, int], BrowserContext]) -> None:
    page = seat("zhaomin", 1440).new_page()
    try:
        for address, button in ((FORM, "看后果"), ("/desk/imports/new/", "上传并核对")):
            page.goto(portal.origin + address)
            page.get_by_role("button", name=button, exact=True).last.click()
            page.locator("[role=alert] a, .error-summary a").last.click()
            assert "#" in page.url
            page.get_by_role("button", name=button, exact=True).last.click()
            page.wait_for_url(lambda url: "#" not in url)
            assert page.evaluate("scrollY") == 0
    finally:
        page.close()
