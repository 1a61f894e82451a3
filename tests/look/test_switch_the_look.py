"""长辈版、深色: a cookie of the reader's own, and back to where he was."""

import pytest
from django.test import Client

from tests.cast import Cast, browser, cast

__all__ = ["cast"]


def test_large_letters_are_kept_in_a_cookie_and_can_be_given_back(visitor: Client) -> None:
    answer = visitor.post("/look/text/", {"to": "large", "next": "/rights/"})
    assert answer.headers["Location"] == "/rights/"
    assert 'data-text="large"' in visitor.get("/rights/").content.decode()
    visitor.post("/look/text/", {"to": "normal", "next": "/rights/"})
    assert 'data-text="normal"' in visitor.get("/rights/").content.decode()


@pytest.mark.parametrize(
    "address", ["https://example.com/", "//example.com/", "javascript:alert(1)", "/\\example.com", ""]
)
@pytest.mark.parametrize("switch", ["/look/text/", "/look/theme/"])
def test_a_switch_never_sends_the_reader_to_another_site(visitor: Client, switch: str, address: str) -> None:
    assert visitor.post(switch, {"to": "large", "next": address}).headers["Location"] == "/"


@pytest.mark.parametrize("switch", ["/look/text/", "/look/theme/"])
def test_a_link_cannot_switch(visitor: Client, switch: str) -> None:
    assert visitor.get(switch).status_code == 405


def test_a_switch_works_without_a_token(db: None) -> None:
    assert Client(enforce_csrf_checks=True).post("/look/text/", {"to": "large"}).status_code == 302


def test_a_dark_screen_is_for_staff_and_never_for_a_citizen(visitor: Client, cast: Cast) -> None:
    for user, theme in ((cast.clerk, "dark"), (cast.citizen, "light")):
        client = browser(user)
        client.post("/look/theme/", {"to": "dark"})
        assert f'data-theme="{theme}"' in client.get("/").content.decode()
