"""办理的回话: what a refusal of the workflow becomes on the screen. 403 is Django's own."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.forms import BaseForm, Textarea
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from daoli_credit.accounts.models import User
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.workflow import AlreadyDone, RuleBroken, Stale, WrongState


def user_of(request: HttpRequest) -> User:
    """当前用户, of a page that only signed-in users reach."""
    return cast(User, request.user)


def seen_of(request: HttpRequest) -> int:
    """所见版本: the revision that the form had on screen; 0, which is nobody's, for nonsense."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def acting(
    request: HttpRequest, act: Callable[[], object], *, done: str, then: str, refuse: bool = False
) -> HttpResponse:
    """办一步并回话: success and double click go on; a refusing rule says why on the same page; 409 has its own.

    With `refuse` a refusing rule is raised to the caller, whose filled-in form comes back with it.
    """
    try:
        act()
    except AlreadyDone as said:
        messages.info(request, str(said))
    except (RuleBroken, OpinionRefused) as why:
        if refuse:
            raise
        messages.error(request, str(why))
    except (WrongState, Stale) as why:
        return render(request, "409.html", {"reason": str(why), "current": then}, status=409)
    else:
        messages.success(request, done)
    return redirect(then)


def filling(
    request: HttpRequest, form: BaseForm, act: Callable[[], object], *, done: str, then: str
) -> HttpResponse | None:
    """办一步 with a filled-in form: like `acting`, but a refusing rule is written on the form, which comes back whole.

    None means that the form has an error now and must be shown again. Where the case has moved on, the words that were
    typed stand on the page that says so, to be copied.
    """
    try:
        act()
    except AlreadyDone as said:
        messages.info(request, str(said))
    except (RuleBroken, OpinionRefused) as why:
        form.add_error(None, str(why))
        return None
    except (WrongState, Stale) as why:
        facts = {"reason": str(why), "current": then, "typed": _words(form)}
        return render(request, "409.html", facts, status=409)
    else:
        messages.success(request, done)
    return redirect(then)


def _words(form: BaseForm) -> list[tuple[str, str]]:
    """What was written in words: the label and the text of each field that is one."""
    return [
        (str(bound.label), str(bound.value()))
        for bound in form
        if isinstance(bound.field.widget, Textarea) and str(bound.value() or "").strip()
    ]
