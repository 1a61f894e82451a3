"""午夜为界: terms end at midnight, so no copy of a page may outlive the day on which it was true."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_max_age, patch_cache_control, patch_vary_headers

from daoli_credit.law import clock

PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"


def seconds_to_midnight(now: datetime) -> int:
    """距零点的秒数, in Chinese time."""
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), tzinfo=now.tzinfo)
    return int((midnight - now).total_seconds())


def until_midnight(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Signed-in pages are never stored; a public page is asked for again each time, unless it named a shorter life.

    Signed in is read from the session cookie, not from the user: this must also hold when the database is away.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        patch_vary_headers(response, ["Cookie"])
        del response.headers["Expires"]
        cookie = settings.SESSION_COOKIE_NAME
        if cookie in request.COOKIES or cookie in response.cookies:
            response.headers["Cache-Control"] = "private, no-store"
        elif (age := get_max_age(response)) is not None:
            patch_cache_control(response, max_age=min(age, seconds_to_midnight(clock.now())))
        else:
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return middleware
