"""看规则: every kind and every row, with status, article and what the status lets it drive today. For anybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daoli_credit.accounts.models import User
from daoli_credit.accounts.models.user import Face
from daoli_credit.law import clock, pack
from daoli_credit.law.entries import entry
from daoli_credit.law.status import ALLOWED, Effect, Status
from daoli_credit.rulepack import selectors, words
from daoli_credit.rulepack.models import RuleChange
from daoli_credit.rulepack.models.change import Action, G
from daoli_credit.rulepack.rules import changeable

DRIVES = [(status, [words.EFFECTS[e] for e in Effect if status in ALLOWED[e]]) for status in Status]


def _staff(request: HttpRequest) -> User | None:
    user = request.user
    return user if isinstance(user, User) and user.face == Face.STAFF else None


def layout(request: HttpRequest) -> str:
    """The desk for staff, the public site for everybody else."""
    return "shell.html" if _staff(request) else "site.html"


def _wanted(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:60]


@require_GET
@login_not_required
def kinds(request: HttpRequest) -> HttpResponse:
    """规则包: the kinds with their counts; with `q` the rows that say it."""
    pack.look_again()  # whoever has just decided sees it, whichever process answers
    rules, q = pack.current(), _wanted(request)
    context = {
        "q": q,
        "found": selectors.found(rules, q) if q else [],
        "layout": layout(request),
        "rules": rules,
        "parts": selectors.parts(rules),
        "statuses": list(Status),
        "drives": DRIVES,
        "staff": _staff(request),
    }
    return render(request, "rulepack/kinds.html", context)


@require_GET
@login_not_required
def listing(request: HttpRequest, kind: str) -> HttpResponse:
    """一类规则."""
    if kind not in words.KINDS:
        raise Http404
    status = request.GET.get("status", "")
    status = status if status in list(Status) else ""
    context = {
        "layout": layout(request),
        "kind": kind,
        "title": words.KINDS[kind],
        "rows": selectors.rows(pack.current(), kind, status, _wanted(request)),
        "q": _wanted(request),
        "status": Status(status) if status else None,
        "statuses": list(Status),
        "effects": words.EFFECTS,
    }
    return render(request, "rulepack/rows.html", context)


@require_GET
@login_not_required
def detail(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """一条规则; for staff also who confirmed or suspended it, and the acts."""
    pack.look_again()  # whoever has just decided sees it, whichever process answers
    rules = pack.current()
    if kind not in words.KINDS:
        raise Http404
    try:
        row = entry(rules, kind, code)
    except pack.UnknownCode as why:
        raise Http404 from why
    context = {
        "layout": layout(request),
        "row": row,
        "kind_title": words.KINDS[kind],
        "host": entry(rules, *row.host) if row.host else None,
        "says": words.says(rules, row),
        "drives": [(words.EFFECTS[effect], effect in row.drives) for effect in Effect],
        "lapsed": row.effective_to is not None and row.effective_to < clock.today(),
        **_for_staff(_staff(request), kind, code, row),
    }
    return render(request, "rulepack/row.html", context)


def _for_staff(user: User | None, kind: str, code: str, row: object) -> dict[str, object]:
    if user is None:
        return {}
    changes = list(RuleChange.objects.visible_to(user).about(kind, code).select_related("proposed_by", "decided_by"))
    open_one = next((one for one in changes if one.status == G.PROPOSED), None)
    acts = changeable.offered(entry(pack.current(), kind, code)) if user.may_anywhere("legal_review") else []
    return {
        "staff": user,
        "changes": changes,
        "open": open_one,
        "acts": [] if open_one else [(action, str(Action(action).label)) for action in acts],
    }
