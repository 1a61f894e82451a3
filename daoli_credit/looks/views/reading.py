"""各页共用的: who is here, and what a refusal becomes on the same page."""

from collections.abc import Callable
from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from daoli_credit.accounts.models import User
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.workflow import AlreadyDone, RuleBroken, Stale, WrongState


def user_of(request: HttpRequest) -> User:
    """The signed-in user."""
    return cast(User, request.user)


def by_form(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], object],
    *,
    again: Callable[[forms.Form], HttpResponse],
    done: str,
    then: str,
) -> HttpResponse:
    """办一步 with a form: what is refused comes back on the page with the form still filled in."""
    if not form.is_valid():
        return again(form)
    try:
        act()
    except AlreadyDone as said:
        messages.info(request, str(said))
    except (RuleBroken, OpinionRefused) as why:
        form.add_error(None, str(why))
        return again(form)
    except (WrongState, Stale) as why:
        return render(request, "409.html", {"reason": str(why), "current": then}, status=409)
    else:
        messages.success(request, done)
    return redirect(then)
