"""回到哪里: a page that is not there and the mark on every page lead staff to where their work begins."""

import pytest
from django.test import Client

from daoli_credit.accounts.entry import landing
from tests.cast import Cast, browser


def test_the_way_home_is_ones_own(cast: Cast) -> None:
    assert 'href="/desk/">回到工作台' in browser(cast.clerk).get("/no-such-page/").content.decode()
    assert 'href="/supervision/">回到工作台' in browser(cast.supervisor).get("/no-such-page/").content.decode()
    for other in (browser(cast.citizen), Client()):
        assert 'href="/">回到首页' in other.get("/no-such-page/").content.decode()


@pytest.mark.parametrize("who", ["clerk", "supervisor", "operator", "counter", "system_officer", "audit_officer"])
def test_the_mark_leads_where_signing_in_led(cast: Cast, who: str) -> None:
    user = getattr(cast, who)
    page = browser(user).get("/account/").content.decode()
    assert f'<a class="brand" href="{landing(user)}">' in page
