"""长列表: twenty deliveries on a phone are twenty short rows, with nothing that was promised left out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.served import Portal

pytestmark = pytest.mark.browser
TALLEST = 120  # pixels of a row that has nothing to explain; stacked label by label it had two hundred
ROWS = "() => [...document.querySelectorAll('.t--brief tbody tr')].map(one => one.offsetHeight)"


@pytest.mark.parametrize("address", ["/desk/feeds/hlj/?state=confirmed", "/desk/feeds/hlj/holding/"])
def test_a_row_on_a_phone_is_its_number_its_state_and_its_time(
    portal: Portal, seat: Callable[[str, int], BrowserContext], address: str
) -> None:
    page = seat("zhouhang", 390).new_page()
    page.goto(portal.origin + address)
    heights = page.evaluate(ROWS)
    assert heights
    assert max(heights) <= TALLEST, heights
    first = page.locator(".t--brief tbody tr").first
    for part in ("th a", ".st", "time"):
        assert first.locator(part).first.is_visible(), part
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


def test_on_a_desk_every_column_is_there(portal: Portal, seat: Callable[[str, int], BrowserContext]) -> None:
    page = seat("zhouhang", 1440).new_page()
    page.goto(portal.origin + "/desk/feeds/hlj/?state=confirmed")
    first = page.locator(".t--brief tbody tr").first
    assert all(cell.is_visible() for cell in first.locator("th, td").all())
    assert page.locator(".t--brief thead th").all_inner_texts() == ["记录和版本", "状态", "次数", "建单", "说明"]
    page.close()
