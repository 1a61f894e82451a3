"""出错页: what happened, in plain words, and where to go from here."""

import logging
import secrets

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import requires_csrf_token

from daoli_credit.portal.signed_out import page_of_form, words

log = logging.getLogger(__name__)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: without the request, whose host or session may be what was wrong."""
    return HttpResponse(loader.render_to_string("400.html", {"site": settings.SITE}), status=400)


def person_in_address(request: HttpRequest) -> HttpResponse:
    """400: a person's number in the address; nothing was looked up, and the page does not repeat it."""
    page = loader.render_to_string("400.html", {"site": settings.SITE, "person": True})
    return HttpResponse(page, status=400, headers={"Cache-Control": "no-store"})


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: says which duty is missing when the refusal named it."""
    missing = str(exception) if isinstance(exception, PermissionDenied) else ""
    return render(request, "403.html", {"missing": missing}, status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: never says what the address would have shown."""
    return render(request, "404.html", status=404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500: a trace number for the telephone; needs neither database nor session."""
    trace = secrets.token_hex(4)
    log.error("追踪号 %s：%s %s", trace, request.method, request.path)
    return HttpResponse(loader.render_to_string("500.html", {"site": settings.SITE, "trace": trace}), status=500)


def restoring(request: HttpRequest) -> HttpResponse:
    """503: a backup is being restored; nothing is kept of this answer, and nobody has to try again by themselves."""
    page = loader.render_to_string("503.html", {"site": settings.SITE})
    return HttpResponse(page, status=503, headers={"Retry-After": "600", "Cache-Control": "no-store"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that is too old. What was typed comes back only to a page of ours: another site might put words
    into our mouth."""
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    facts = {"stale": True, "typed": words(request) if ours else [], "back": page_of_form(request) if ours else ""}
    return render(request, "403.html", facts, status=403)


def method_not_allowed(request: HttpRequest) -> HttpResponse:
    """405: an address that takes forms, opened like a page; the page above it is where the form stands."""
    above = request.path.rstrip("/").rpartition("/")[0] + "/"
    try:
        resolve(above)
    except Resolver404:
        above = "/"
    return render(request, "405.html", {"above": above}, status=405)
