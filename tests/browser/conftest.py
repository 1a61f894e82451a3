"""A whole demo portal and a real Chromium, once for all browser tests."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.served import Portal, running

# without these Chromium keeps knocking at hosts that a closed network refuses
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def portal() -> Iterator[Portal]:
    """`python3 run`, once for all browser tests."""
    with running() as one:
        yield one


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def seat(portal: Portal, chromium: Browser) -> Callable[[str, int], BrowserContext]:
    """A signed-in browser window of one of the cast ('' for a visitor) at one width; kept for the session."""
    passwords = portal.passwords()
    seats: dict[tuple[str, int], BrowserContext] = {}

    def sit(username: str, width: int) -> BrowserContext:
        if (username, width) not in seats:
            context = chromium.new_context(viewport={"width": width, "height": 900}, locale="zh-CN")
            if username:
                page = context.new_page()
                citizen = username in {"linxiuyun", "linxiuyun2", "guchanglin", "fangxiaoyan"}
                page.goto(portal.origin + ("/sign-in/citizen/" if citizen else "/sign-in/"))
                if citizen:
                    page.get_by_role("button", name="去登录", exact=True).click()
                page.fill("#username" if citizen else "#id_username", username)
                page.fill("#password" if citizen else "#id_password", passwords[username])
                page.keyboard.press("Enter")
                page.wait_for_url(lambda url: url.startswith(portal.origin) and "/sign-in/" not in url)
                page.close()
            seats[username, width] = context
        return seats[username, width]

    return sit
