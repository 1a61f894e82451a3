"""限速: how often one user, or one address without a user, may send a form or ask for a page that tells of a person.

One table for every address; signing in has limits of its own (`accounts.lockout`), the platforms sign (`feeds`).
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from redis.exceptions import RedisError

from daoli_credit.accounts.lockout import address

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rate:
    """多少次、几分钟. `name` is what is counted together."""

    name: str
    times: int
    minutes: int


FORMS = Rate("forms", 120, 1)
# Whole bureaus and the city's mobile network stand behind single addresses.
VISITORS = Rate("visitors", 300, 1)
# A person is looked at one at a time; a sheet takes a reader a minute; the public page is for reading, not for reaping.
RATES: dict[tuple[str, str], Rate] = {
    ("record-reveal", "POST"): Rate("reveal", 60, 10),
    ("listing-reveal", "POST"): Rate("reveal", 60, 10),
    ("measure-reveal", "POST"): Rate("reveal", 60, 10),
    ("identity-reveal", "POST"): Rate("reveal", 60, 10),
    ("check-new", "POST"): Rate("reveal", 60, 10),
    ("registration-document", "POST"): Rate("reveal", 60, 10),
    ("record-paper", "POST"): Rate("reveal", 60, 10),
    ("paper-open", "POST"): Rate("reveal", 60, 10),
    ("identity-paper", "POST"): Rate("reveal", 60, 10),
    ("request-file", "POST"): Rate("reveal", 60, 10),
    ("listing-file", "POST"): Rate("reveal", 60, 10),
    ("identity-new", "POST"): Rate("opening", 20, 10),
    ("request-new", "POST"): Rate("opening", 20, 10),
    ("import-new", "POST"): Rate("upload", 20, 10),
    ("check-set-new", "POST"): Rate("upload", 20, 10),
    ("me-repair", "POST"): Rate("citizen", 30, 10),
    ("me-repair-supply", "POST"): Rate("citizen", 30, 10),
    ("me-repair-withdraw", "POST"): Rate("citizen", 30, 10),
    ("me-repair-answer", "POST"): Rate("citizen", 30, 10),
    ("me-repair-number", "POST"): Rate("citizen", 30, 10),
    ("me-contest", "POST"): Rate("citizen", 30, 10),
    ("me-listing-act", "POST"): Rate("citizen", 30, 10),
    ("me-prior-notice-act", "POST"): Rate("citizen", 30, 10),
    ("inbound-again", "POST"): Rate("inbound", 30, 10),
    ("me-object", "POST"): Rate("citizen", 30, 10),
    ("me-honour-code", "POST"): Rate("honour-code", 20, 10),
    ("me-honour-answer", "POST"): Rate("citizen", 30, 10),
    ("me-honour-act", "POST"): Rate("citizen", 30, 10),
    ("me-benefit", "POST"): Rate("citizen", 30, 10),
    ("benefit-new", "POST"): Rate("reveal", 60, 10),
    ("me-objection-supply", "POST"): Rate("citizen", 30, 10),
    ("me-objection-withdraw", "POST"): Rate("citizen", 30, 10),
    ("me-statement", "POST"): Rate("citizen", 30, 10),
    ("me-statement-end", "POST"): Rate("citizen", 30, 10),
    ("me-look-explain", "POST"): Rate("citizen", 30, 10),
    ("me-explanation-withdraw", "POST"): Rate("citizen", 30, 10),
    ("export-new", "POST"): Rate("export", 20, 10),
    ("export-fetch", "POST"): Rate("export", 20, 10),
    ("end-notice-new", "POST"): Rate("end-notice", 20, 10),
    ("opening-new", "POST"): Rate("opening", 20, 10),
    ("opening-act", "POST"): Rate("opening", 20, 10),
    ("sign-in-citizen", "POST"): Rate("citizen-door", 60, 10),
    ("public-record", "GET"): Rate("public", 60, 1),
}
SIGNED = {"feed-receipts"}  # opened by a platform's signature; a queue of receipts may be long


def _who(request: HttpRequest) -> str:
    user = request.user
    return f"address:{address(request)}" if isinstance(user, AnonymousUser) else f"user:{user.pk}"


def _rate(request: HttpRequest, name: str) -> Rate | None:
    method = "GET" if request.method == "HEAD" else str(request.method)
    if found := RATES.get((name, method)):
        return found
    if method == "GET" or name in SIGNED:
        return None
    return VISITORS if isinstance(request.user, AnonymousUser) else FORMS


def _beyond(key: str, rate: Rate) -> bool:
    """Counts one; without a cache nobody is kept out (the lock on sign-in stays)."""
    try:
        cache.add(key, 0, rate.minutes * 60)
        return cache.incr(key) > rate.times
    except ValueError:  # it ran out between the two calls
        return False
    except RedisError:
        log.warning("限速没有计数：缓存没有回答")
        return False


class Throttle:
    """The middleware: asked when the view is known, before it runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """429 in words, with when to come back."""
        name = (request.resolver_match and request.resolver_match.view_name) or ""
        rate = _rate(request, name)
        if not settings.THROTTLE or rate is None or not _beyond(f"throttle:{rate.name}:{_who(request)}", rate):
            return None
        answer = render(request, "429.html", {"minutes": rate.minutes}, status=429)
        answer["Retry-After"] = str(rate.minutes * 60)
        return answer
