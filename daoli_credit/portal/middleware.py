"""午夜为界: terms end at midnight, so no copy of a page may outlive the day on which it was true."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from urllib.parse import unquote_plus

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_max_age, patch_cache_control, patch_vary_headers

from daoli_credit.audit import restored
from daoli_credit.law import clock
from daoli_credit.portal.public.errors import bad_request, method_not_allowed, person_in_address, restoring
from daoli_credit.portal.throttle import SIGNED
from records.rules.id_number import stands_in

ONE_ANSWER = "public-record"  # ended, unknown and malformed are one page there; its view reads nothing but a UUID
PERMISSIONS_POLICY = (
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=(), clipboard-read=()"
)


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
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        patch_vary_headers(response, ["Cookie"])
        del response.headers["Expires"]
        cookie = settings.SESSION_COOKIE_NAME
        never = "no-store" in response.headers.get("Cache-Control", "")
        if never or cookie in request.COOKIES or cookie in response.cookies:
            response.headers["Cache-Control"] = "private, no-store"
        elif (age := get_max_age(response)) is not None:
            patch_cache_control(response, max_age=min(age, seconds_to_midnight(clock.now())))
        else:
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return middleware


ALWAYS_ANSWERED = ("/healthz/", "/readyz/")


def not_while_restoring(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """恢复备份以后、对完账以前，一律 503: the backup still shows what has ended since, and nobody may see that."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path not in ALWAYS_ANSWERED and restored.behind():
            return restoring(request)
        return get_response(request)

    return middleware


def forms_only(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """只收表单的地址: opened like a page, it says so and leads on, where Django answers with nothing at all."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or request.method != "GET" or response.content:
            return response
        said = method_not_allowed(request)
        said.headers["Allow"] = response.headers.get("Allow", "")
        return said

    return middleware


def _control(text: str) -> bool:
    return any(ord(char) < 32 or ord(char) == 127 for char in text)


class NoPersonInAddress:
    """地址里不收证件号码: an address stays in histories and logs; a person is asked about in a form, with a matter.

    The fields that look things up stop the number in the browser (ui/no_person.html); this answers whoever writes one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if stands_in(f"{request.path}?{unquote_plus(request.META.get('QUERY_STRING', ''))}"):
            return person_in_address(request)
        return self.get_response(request)


class NoControlCharacters:
    """拒收控制字符: a NUL in an address or a form names nothing here, and PostgreSQL breaks on it; 400 in words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """The address and the fields of a form; what a platform signs is read by its own door, as bytes."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        asked = unquote_plus(request.META.get("QUERY_STRING", ""))
        if name != ONE_ANSWER and _control(request.path + asked):
            return bad_request(request, BadRequest())
        is_form = request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}
        if not is_form or name in SIGNED:
            return None
        typed = (one for field, values in request.POST.lists() for one in (field, *values))
        return bad_request(request, BadRequest()) if any("\x00" in str(one) for one in typed) else None
