"""各页共用的: who is here, and what a refusal becomes on the same page."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.workflow import AlreadyDone, RuleBroken, Stale, WrongState


def by_form(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], object],
    *,
    again: Callable[[forms.Form], HttpResponse],
    done: str,
    then: str,
    in_turn: bool = True,
) -> HttpResponse:
    """办一步 with a form: what is refused comes back on the page with the form still filled in.

    `in_turn` says whether the page still offers the step; where it does not, an unfinished form is only stale.
    """
    if not form.is_valid():
        return again(form) if in_turn else _stale(request, "状态已经变化，请看最新情况", then)
    try:
        act()
    except AlreadyDone as said:
        messages.info(request, str(said))
    except (RuleBroken, OpinionRefused) as why:
        form.add_error(None, str(why))
        return again(form)
    except (WrongState, Stale) as why:
        return _stale(request, str(why), then)
    else:
        messages.success(request, done)
    return redirect(then)


def _stale(request: HttpRequest, why: str, then: str) -> HttpResponse:
    return render(request, "409.html", {"reason": why, "current": then}, status=409)
