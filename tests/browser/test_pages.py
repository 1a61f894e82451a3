"""Every kind of page in a real browser: axe finds nothing, nothing sticks out, nothing is blocked by our own policy."""

import os
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from daoli_credit.law import clock
from tests.browser.served import Portal

pytestmark = pytest.mark.browser

# One address per template. The numbers are those of the demo story, which is the same in every data directory; their
# year is this one's, asked when the page is opened.
PAGES = {
    "": ["/", "/lists/", "/catalogue/", "/catalogue/penalty-food/", "/rights/", "/accessibility/", "/en/", "/privacy/",
         "/campaigns/", "/ui/", "/demo/", "/sign-in/", "/sign-in/citizen/",
         "/sign-in/letter/", "/sign-in/citizen/password/", "/nowhere/", "/public/none/", "/checks/"],
    "zhaomin": ["/desk/", "/desk/records/", "/desk/records/new/", "/desk/records/new/market-regulation/penalty-food/",
                "/desk/no-news/", "/desk/imports/", "/desk/imports/new/", "@/desk/imports/", "@/desk/records/",
                "/desk/exports/", "@/desk/exports/", "/desk/exports/new/", "/desk/looks/",
                "/desk/checks/", "@/desk/checks/?state=given", "@/desk/matters/cases/"],
    "maxiaoyu": ["/desk/campaigns/", "@/desk/campaigns/", "/desk/campaigns/new/"],
    "sunjianguo": ["/desk/records/queue/", "@/desk/records/queue/", "/desk/repairs/", "@/desk/repairs/",
                   "/desk/objections/", "@/desk/objections/"],
    "tianli": ["/desk/counter/"],
    "qinfeng": ["/desk/odd-looks/", "/desk/odd-looks/1/", "/desk/evidence/", "/desk/evidence/looks/",
                "/desk/evidence/seals/"],
    "linxiuyun": ["/me/", "@/me/", "@@/me/", "/me/looks/", "/me/explanations/SM{year}-000001/",
                  "/me/messages/", "@/me/messages/"],
    "zhouhang": ["/desk/feeds/", "/desk/feeds/hlj/", "@/desk/feeds/hlj/"],
    "xuwenjing": ["/desk/listings/", "@/desk/listings/?status=notified", "@/desk/listings/?status=effective",
                  "/desk/listings/new/", "/desk/listings/new/human-resources/wage-arrears/",
                  "/desk/listings/LR{year}-000002/serve-notice/"],
    "gaoyuan": ["/desk/", "/desk/looks/", "/desk/looks/delays/ZH{year}-000001/",
                "/desk/listings/LR{year}-000005/legal-review/",
                "/desk/listings/LR{year}-000012/legal-review/"],
    "guchanglin": ["/me/cases/", "@/me/cases/"],
    "fangxiaoyan": ["/me/cases/", "@/me/"],
    "hemei": ["/desk/repairs/"],
    "lijing": ["/desk/delegations/", "/account/", "/account/password/", "/account/second-factor/"],
    "mengfan": ["/desk/service-keys/", "/desk/people/", "/desk/people/new/", "@/desk/people/?department=health",
                "/desk/departments/", "@/desk/departments/", "/desk/departments/new/",
                "/desk/departments/work-safety/close/",
                "/desk/departments/health/edit/", "/desk/departments/health/liaison/"],
    "jianglan": ["/desk/rights/", "@/desk/people/?department=health", "@/desk/people/?department=justice",
                 "/desk/service-keys/", "/desk/second-factors/"],
    "hezhiyuan": ["/supervision/", "/supervision/tasks/", "/supervision/tasks/2.2.2/", "/supervision/clauses/",
                  "/supervision/figures/reporting/", "/supervision/figures/key-dates/",
                  "/supervision/plan/", "/supervision/evidence/", "/supervision/rules/"],
}  # fmt: skip
MODES = {"desktop": (1440, False), "phone": (390, False), "large": (390, True)}
EVERY = os.environ.get("DAOLI_ALL_MODES") == "1"
# one narrow mode or the other by chance of the run, the same for all its workers
CHOSEN = ("phone", "large")[int(os.environ.get("PYTEST_XDIST_TESTRUNUID", "0")[-1], 16) % 2]
CASES = [
    (mode, who, address)
    for mode in (MODES if EVERY else ["desktop", CHOSEN])
    for who, addresses in PAGES.items()
    for address in addresses
]


def _open(page: Page, portal: Portal, address: str) -> list[str]:
    """Opens the address; '@' opens the first thing that the main part of it links to, '@@' then its objection form."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(portal.origin + address.lstrip("@"))
    assert page.url == portal.origin + address.lstrip("@")
    if address.startswith("@"):
        page.locator("main table a, main .list h3 a, main .list a.b").first.click()
        page.wait_for_load_state()
    if address.startswith("@@"):
        page.get_by_role("link", name="我认为有误").first.click()
        page.wait_for_load_state()
    return [one for one in said if "404" not in one and "410" not in one]


@pytest.mark.parametrize(("mode", "who", "address"), CASES)
def test_a_page_is_accessible_and_fits(
    portal: Portal, seat: Callable[[str, int], BrowserContext], mode: str, who: str, address: str
) -> None:
    width, large = MODES[mode]
    context = seat(who, width)
    context.add_cookies([{"name": "text", "value": "large" if large else "normal", "url": portal.origin}])
    page = context.new_page()
    try:
        errors = _open(page, portal, address.replace("{year}", str(clock.today().year)))
        found = Axe().run(page).response["violations"]
        assert not [(one["id"], one["nodes"][0]["html"][:160]) for one in found]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "页面比屏幕宽"
        assert not errors
    finally:
        page.close()


def test_the_text_size_switch_works_without_script(portal: Portal, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(portal.origin + "/rights/")
    page.get_by_role("button", name="长辈版").click()
    assert page.locator("html").get_attribute("data-text") == "large"
    assert page.url.endswith("/rights/")
    context.close()
