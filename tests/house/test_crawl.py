"""Every page that a person can reach by links, as each of the cast: it opens, and it is in Chinese."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import Settings

from daoli_credit.accounts.models import User
from tests import make, make_campaigns, make_feeds, make_objections
from tests.cast import Cast, browser

STARTS = {
    None: ["/"],
    "clerk": ["/", "/desk/"],
    "reviewer": ["/", "/desk/"],
    "other_clerk": ["/desk/"],
    "feed_operator": ["/desk/feeds/"],
    "supervisor": ["/supervision/"],
    "organiser": ["/desk/"],
    "operator": ["/desk/"],
    "counter": ["/desk/"],
    "system_officer": ["/desk/"],
    "security_officer": ["/desk/"],
    "audit_officer": ["/desk/"],
    "citizen": ["/", "/me/"],
    "namesake": ["/me/"],
}
# Words that Chinese readers know as they are, codes and names of things.
ALLOWED = {
    "English", "A4", "PDF", "X", "DL2026", "demo", "SHA", "AP", "OIDC", "P", "WCAG", "AA", "http", "https", "www",
    "zhengce", "zhengceku", "content", "htm",  # the address of a notice on gov.cn
    "UTF", "CSV", "Excel", "csv", "xls", "xlsx", "ODS", "OFD", "JPG", "PNG",
    "ICP", "Cookie", "Ctrl", "Tab", "gov", "cn", "creditchina", "zxgk", "court", "Merkle",
}  # fmt: skip
NO_CRAWL = ("/en/", "/ui/")


class Reading(HTMLParser):
    """Text and links of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.text: list[str] = []
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        known = dict(attributes)
        self._silent += tag in {"script", "style", "code", "pre"} or "code" in (known.get("class") or "").split()
        if tag == "a" and (known.get("href") or "").startswith(("/", "?")):
            self.links.append(str(known["href"]))

    def handle_endtag(self, tag: str) -> None:
        self._silent = 0 if tag not in {"br"} else self._silent

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.text.append(data)


@pytest.fixture(scope="module")
def town(standing: Cast) -> Cast:
    """Something of every kind, made once; each crawl is rolled back."""
    cast = standing
    with override_settings(FEEDS=make_feeds.CONNECTED):
        _made(cast)
    return cast


def _made(cast: Cast) -> None:
    make.effective(cast, serial=1)
    make.submitted(cast, serial=2)
    make.draft(cast, serial=3)
    make_campaigns.held(cast)
    make_feeds.owed(cast, serial=4)
    make_objections.raised(cast, make.effective(cast, serial=5))


@pytest.fixture
def cast(town: Cast) -> Iterator[Cast]:
    with transaction.atomic():
        yield town
        transaction.set_rollback(True)


@pytest.mark.parametrize("who", list(STARTS))
def test_every_page_that_can_be_reached_opens_and_speaks_chinese(
    cast: Cast, who: str | None, settings: Settings
) -> None:
    settings.FEEDS = make_feeds.CONNECTED
    user: User | None = getattr(cast, who) if who else None
    client, seen, waiting, foreign = browser(user), set(), list(STARTS[who]), []
    while waiting:
        address = waiting.pop()
        bare = address.split("#")[0]
        if bare in seen or bare.startswith(NO_CRAWL):
            continue
        if user is not None and re.fullmatch(r"/catalogue/[\w-]+/", bare):
            continue  # the same for everybody: the visitor's crawl opens each of them
        seen.add(bare)
        answer = client.get(bare, follow=True)
        if bare.startswith("/me/") and user is not None and user.face == "staff":
            assert answer.status_code == 403  # the public pages lead to the citizen's door; staff have another
            continue
        assert answer.status_code == 200, f"{bare} 回答 {answer.status_code}"
        if not answer["Content-Type"].startswith("text/html"):
            continue  # a file to keep
        page = Reading(answer.content.decode())
        words = set(re.findall(r"[A-Za-z]{3,}", " ".join(page.text))) - ALLOWED
        if words:
            foreign.append(f"{bare}: {sorted(words)[:8]}")
        waiting += [link if link.startswith("/") else bare.split("?")[0] + link for link in page.links]
    assert len(seen) > 3
    assert not foreign, "\n".join(foreign[:12])
