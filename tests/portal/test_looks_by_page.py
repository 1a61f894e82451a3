"""谁看过, page by page: what a page shows is read, however often somebody was looked at."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import LookUp
from daoli_credit.looks import selectors
from tests import make, make_looks
from tests.cast import Cast, browser

pytestmark = pytest.mark.django_db
MANY = 45


def _page(user: User, query: str = "") -> str:
    answer = browser(user).get(f"/me/looks/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def _chips(page: str) -> list[int]:
    found = page[page.index("按谁查看筛选") :]
    return [int(one) for one in re.findall(r"<b>(\d+)</b>", found[: found.index("</nav>")])]


def _keys(cast: Cast) -> list[bytes]:
    return User.objects.get(pk=cast.citizen.pk).person_keys()


def test_each_look_stands_on_one_page_newest_first(cast: Cast) -> None:
    record = make.effective(cast)
    for _ in range(MANY):
        make_looks.looked(cast, record)
    told = [one.look.pk for one in selectors.told(_keys(cast))]
    assert len(told) >= MANY
    assert told == sorted(told, reverse=True)
    pages = [_page(cast.citizen, f"?page={number}") for number in (1, 2, 3)]
    shown = [len(re.findall(r"/me/looks/(\d+)/", page)) for page in pages]
    assert shown[0] == shown[1] == 20
    assert sum(shown) == len({one for page in pages for one in re.findall(r"/me/looks/(\d+)/", page)})


def test_the_filters_count_what_they_show(cast: Cast) -> None:
    make_looks.looked(cast)
    browser(cast.citizen).get("/me/")
    everything, others, own = _chips(_page(cast.citizen))
    assert everything == others + own
    assert (others, own) == (
        LookUp.objects.filter(person_key__in=_keys(cast), ref=None).exclude(kind=LookUp.Kind.OWN).count(),
        LookUp.objects.filter(person_key__in=_keys(cast), ref=None, kind=LookUp.Kind.OWN).count(),
    )


def test_what_is_kept_back_is_neither_shown_nor_counted(cast: Cast) -> None:
    look = make_looks.listing_looked(cast)
    before = _chips(_page(cast.citizen))
    make_looks.signed_delay(cast, look)
    assert [was - now for was, now in zip(before, _chips(_page(cast.citizen)), strict=True)][:2] == [1, 1]
    assert look.pk not in [one.look.pk for one in selectors.told(_keys(cast))]


def test_more_looks_are_not_more_statements_nor_more_rows(cast: Cast) -> None:
    record = make.effective(cast)
    for _ in range(21):
        make_looks.looked(cast, record)
    _page(cast.citizen)

    def asked() -> int:
        with override_settings(TESTING=False), CaptureQueriesContext(connection) as caught:
            _page(cast.citizen)
        # on a slow machine the rules are looked at again meanwhile
        return sum("law_edition" not in one["sql"] for one in caught.captured_queries)

    few = asked()
    for _ in range(MANY):
        make_looks.looked(cast, record)
    assert asked() == few
    rows = selectors.shown(_keys(cast))[:20]
    assert len(selectors.told_of(rows, _keys(cast))) == 20
