"""登录失效时交来的表单: nothing is done, the words come back to be copied, and signing in leads to the form's page."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from records.models import Repair
from tests import make_repairs
from tests.cast import Cast, browser, identity

DETAIL = "请到银行缴清罚款并等到账"


def _body(repair: Repair, **more: str) -> dict[str, object]:
    return {"conditions": ["unpaid"], "detail": DETAIL, "seen": repair.revision, **more}


def test_what_was_written_after_the_session_was_lost_can_be_copied(cast: Cast) -> None:
    repair = make_repairs.applied(cast)
    page = reverse("repair", args=[repair.number])
    answer = Client().post(
        reverse("repair-unmet", args=[repair.number]), _body(repair), headers={"referer": f"http://testserver{page}"}
    )
    said = answer.content.decode()
    assert answer.status_code == 403
    assert "登录已经失效" in said
    assert DETAIL in said
    assert f"/sign-in/?next={page.replace('/', '%2F')}" in said
    assert identity("linxiuyun").name not in said
    repair.refresh_from_db()
    assert repair.status == "applied"


def test_names_and_numbers_are_not_shown_to_whoever_is_not_signed_in(cast: Cast) -> None:
    typed = {"name": "顾长林", "id_number": "999999197002280019", "number": "XYXF20260001"}
    answer = Client().post(reverse("counter"), typed)
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/desk/counter/")


@pytest.mark.parametrize("referer", ["", "http://elsewhere.example/desk/", "http://testserver//elsewhere.example/"])
def test_only_a_page_of_ours_is_gone_back_to(cast: Cast, referer: str) -> None:
    address = reverse("repair-accept", args=[make_repairs.applied(cast).number])
    answer = Client().post(address, {"seen": "1"}, headers={"referer": referer} if referer else {})
    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [address]


def test_a_form_without_its_token_gives_the_words_back_to_our_own_page_only(cast: Cast) -> None:
    repair = make_repairs.applied(cast)
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.clerk)
    address = reverse("repair-unmet", args=[repair.number])
    for origin, back in (("http://testserver", True), ("http://elsewhere.example", False), ("null", False)):
        answer = client.post(address, _body(repair), headers={"origin": origin})
        said = answer.content.decode()
        assert answer.status_code == 403
        assert (DETAIL in said) == back
        assert "填写的内容还在" not in said


@pytest.mark.parametrize("above", ["repair", None])
def test_an_address_that_takes_forms_says_so_when_it_is_opened(cast: Cast, above: str | None) -> None:
    repair = make_repairs.applied(cast)
    address = reverse("repair-unmet", args=[repair.number]) if above else reverse("sign-out")
    answer = browser(cast.clerk).get(address)
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    said = answer.content.decode()
    assert "只收表单" in said
    assert f'href="{reverse(above, args=[repair.number]) if above else "/"}"' in said


def test_a_system_that_asks_wrongly_gets_no_page(cast: Cast) -> None:
    assert browser(cast.clerk).put(reverse("repair-unmet", args=["XF2026-000001"])).content == b""
