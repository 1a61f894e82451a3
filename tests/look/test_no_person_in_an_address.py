"""地址里没有证件号码: an address stays in histories and logs, so nobody's number is looked up by one."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from records.rules.id_number import check_digit, stands_in
from tests.cast import Cast, browser

PERSON = "999999199001010016"
PAGES = ("/desk/records/", "/desk/imports/", "/desk/cases/", "/desk/checks/", "/desk/listings/", "/rules/")
ours = (Path(settings.BASE_DIR) / "templates").rglob("*.html")


@pytest.mark.parametrize("page", PAGES)
def test_a_number_in_an_address_is_refused_in_words_and_not_repeated(cast: Cast, page: str) -> None:
    for typed in (PERSON, f"林秀云 {PERSON}", f"姓名{PERSON}，"):
        answer = browser(cast.clerk).get(page, {"q": typed})
        text = answer.content.decode()
        assert answer.status_code == 400
        assert "网址里有证件号码，没有查找" in text
        assert PERSON not in text
        assert "no-store" in answer.headers["Cache-Control"]


def test_a_number_in_the_path_is_refused_for_a_visitor_too(visitor: Client) -> None:
    answer = visitor.get(f"/record/{PERSON}/")
    assert answer.status_code == 400
    assert PERSON not in answer.content.decode()


def test_a_documents_number_is_looked_up_though_a_day_stands_in_it(cast: Cast) -> None:
    for typed in ("哈里市监罚〔2026〕12号", "230102202611280001", "(2026)黑0102执1234号", PERSON + "5", "A" + PERSON):
        assert browser(cast.clerk).get("/desk/records/", {"q": typed}).status_code == 200, typed


def test_every_field_that_looks_up_stops_the_number_in_the_browser() -> None:
    fields = [(file.name, field) for file in ours for field in re.findall(r'<input[^>]*name="q".*?>', file.read_text())]
    assert len(fields) >= 10
    assert not [name for name, field in fields if "ui/no_person.html" not in field]


@given(st.integers(100_000, 999_999), st.dates(date(1900, 1, 1), date(2009, 12, 31)), st.integers(0, 999), st.text())
def test_browser_and_server_refuse_every_adults_number(region: int, born: date, serial: int, beside: str) -> None:
    first = f"{region}{born:%Y%m%d}{serial:03}"
    number = first + check_digit(first)
    pattern = re.search('pattern="(.*?)"', (Path(settings.BASE_DIR) / "templates/ui/no_person.html").read_text())
    assert pattern
    assert stands_in(f"/?q={number}&page=2")
    assert stands_in(f"/?q=林{number.lower()}")
    beside = "".join(char for char in beside if char.isprintable())
    assert not re.fullmatch(pattern[1], beside + number)
    assert re.fullmatch(pattern[1], beside)
