"""核查月报谁都能看: by matter and month, nothing under ten, found from the directory."""

from datetime import timedelta

import pytest
from django.urls import reverse

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from incentives.workflows import checking, checking_sets
from tests import make_checks, make_matters
from tests.cast import Cast, browser
from tests.checks.test_check_a_sheet import HEAD, _number, rows

PAGE = reverse("check-counts")


@pytest.fixture
def asked(cast: Cast) -> None:
    """Last month: twelve of one permit by a sheet, three of another one by one."""
    last = clock.today().replace(day=1) - timedelta(days=1)
    with clock.at(last):
        opened = make_checks.case(cast)
        other = make_matters.case(cast, "药零许〔2026〕3号", "drug-retail-permit")
        by = checking.By(user=cast.clerk)
        made = checking_sets.upload(case_id=opened.pk, name="x.csv", data=(HEAD + rows(opened, 12)).encode(), by=by)
        checking_sets.run(set_id=made.pk, actor=User.objects.system())
        for n in range(100, 103):
            checking.check(case_id=other.pk, number=_number(n), by=by)


def test_anybody_reads_how_much_was_asked_and_nothing_under_ten(cast: Cast, asked: None) -> None:
    page = browser(None).get(PAGE).content.decode()
    assert page.count('class="num">12<') == 1
    assert "少于 10" in page
    assert 'class="num">3<' not in page
    assert cast.market.name not in page.partition("<main")[2].partition("</main>")[0]


def test_one_matter_is_found_from_its_page_in_the_directory(cast: Cast, asked: None) -> None:
    visitor = browser(None)
    assert PAGE in visitor.get(reverse("matters")).content.decode()
    there = f"{PAGE}?matter=food-permit"
    assert there in visitor.get(reverse("matter", args=["food-permit"])).content.decode()
    page = visitor.get(there).content.decode().partition("<tbody>")[2]
    assert 'class="num">12<' in page
    assert "少于 10" not in page
    empty = visitor.get(f"{PAGE}?matter=tour-guide-permit").content.decode()
    assert "这个事项最近十二个月没有核查" in empty
