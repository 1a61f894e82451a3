"""午夜为界: what a browser or a proxy may keep, and for how long."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from daoli_credit.law.clock import CHINA
from daoli_credit.portal.middleware import seconds_to_midnight, until_midnight
from tests.cast import Cast, browser, cast

__all__ = ["cast"]


def answered(cache_control: str) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Cache-Control": cache_control, "Expires": "Fri, 01 Jan 2100 00:00:00 GMT"})

    return until_midnight(view)(RequestFactory().get("/"))


def test_a_public_page_is_asked_for_again_each_time(visitor: Client) -> None:
    kept = visitor.get("/").headers["Cache-Control"]
    assert "no-cache" in kept
    assert "private" in kept


def test_a_signed_in_page_is_never_stored(visitor: Client, cast: Cast) -> None:
    for user in (cast.clerk, cast.citizen):
        assert browser(user).get("/").headers["Cache-Control"] == "private, no-store"


def test_an_error_page_is_held_to_the_same_rule(visitor: Client) -> None:
    assert "no-cache" in visitor.get("/nowhere/").headers["Cache-Control"]


def test_a_life_that_a_page_gave_itself_is_cut_at_midnight() -> None:
    answer = answered("public, max-age=999999")
    age = int(answer.headers["Cache-Control"].split("max-age=")[1].split(",")[0])
    assert 0 <= age <= 24 * 60 * 60
    assert "Expires" not in answer.headers


def test_a_short_life_stays_as_it_is() -> None:
    assert "max-age=0" in answered("public, max-age=0").headers["Cache-Control"]


def test_the_seconds_are_counted_to_midnight_in_china() -> None:
    assert seconds_to_midnight(datetime(2026, 11, 22, 23, 59, 30, tzinfo=CHINA)) == 30
    assert seconds_to_midnight(datetime(2026, 12, 31, 0, 0, 0, tzinfo=CHINA)) == 24 * 60 * 60


def test_every_answer_refuses_camera_microphone_and_place(visitor: Client) -> None:
    policy = visitor.get("/").headers["Permissions-Policy"]
    assert all(f"{what}=()" in policy for what in ("camera", "microphone", "geolocation"))
