"""长辈版和深色: the reader's own look, kept in a cookie, switched by a plain POST that works without any script."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from daoli_credit.accounts.views.onward import own_address
from daoli_credit.portal.context import LARGE_COOKIE, THEME_COOKIE

YEAR = 365 * 24 * 60 * 60


def _back(request: HttpRequest) -> HttpResponse:
    """To where the reader was, on this site only."""
    return redirect(own_address(request, request.POST.get("next", "")) or "home")


def _keep(request: HttpRequest, cookie: str, marked: str) -> HttpResponse:
    response = _back(request)
    if request.POST.get("to") == marked:
        response.set_cookie(cookie, marked, max_age=YEAR, samesite="Lax", secure=settings.SECURE, httponly=True)
    else:
        response.delete_cookie(cookie, samesite="Lax")
    return response


# Exempt so that public pages need no token and set no cookie: a forged switch changes the size of letters, no more.
@csrf_exempt
@login_not_required
@require_POST
def text_size(request: HttpRequest) -> HttpResponse:
    """长辈版: large letters on, or back to the standard size."""
    return _keep(request, LARGE_COOKIE, "large")


@csrf_exempt
@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """深色: for staff pages."""
    return _keep(request, THEME_COOKIE, "dark")
