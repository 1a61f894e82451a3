"""先办这一件: whoever holds a first password, or owes a second factor, can open nothing else until that is done."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from daoli_credit.accounts import second_factor
from daoli_credit.accounts.models import User
from daoli_credit.accounts.models.user import Face

ALWAYS = {"sign-out", "text-size", "theme", "alive", "ready"}
PASSWORD = {"account-password"}
ENROLMENT = {"account-second-factor", "account-second-factor-qr"}


def owes_password(user: User) -> bool:
    """须先改口令."""
    return user.must_change_password


def owes_second_factor(request: HttpRequest) -> bool:
    """须先启用第二因素: the rule asks for one, and this session has not passed it."""
    return settings.STAFF_SECOND_FACTOR == "required" and not request.session.get(second_factor.MARK)


class FirstThingsFirst:
    """The middleware; it stands behind the one that knows the user."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing before, nothing after."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Leads back to what is owed, whatever was asked for."""
        user = request.user
        if not (isinstance(user, User) and user.is_authenticated) or user.face != Face.STAFF:
            return None
        name = request.resolver_match.url_name if request.resolver_match else ""
        if owes_password(user):
            return None if name in ALWAYS | PASSWORD else redirect("account-password")
        if owes_second_factor(request):
            return None if name in ALWAYS | ENROLMENT else redirect("account-second-factor")
        return None
