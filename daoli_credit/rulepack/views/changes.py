"""规则确认的页面: the list before going live, proposing, and what the second person decides."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts.access import requires, staff
from daoli_credit.accounts.views.answers import acting, filling, seen_of, user_of
from daoli_credit.audit.acts import sentence
from daoli_credit.audit.selectors import history
from daoli_credit.law import pack
from daoli_credit.law.entries import Entry, entry
from daoli_credit.rulepack import selectors, texts, words
from daoli_credit.rulepack.forms import ChangeForm, OpinionForm
from daoli_credit.rulepack.models import RuleChange
from daoli_credit.rulepack.models.change import Action, G
from daoli_credit.rulepack.rules import changeable
from daoli_credit.rulepack.workflows import changing as acts
from daoli_credit.workflow import available, noun

PER_PAGE = 20
DONE = "已提出，等第二人同意；同意以前什么都没有变"


def _visible(request: HttpRequest, number: str) -> RuleChange:
    found = RuleChange.objects.visible_to(user_of(request))
    return get_object_or_404(found.select_related("department", "proposed_by", "decided_by", "text"), number=number)


@require_GET
@staff
def checklist(request: HttpRequest) -> HttpResponse:
    """上线前确认清单: by module, what still waits; each row opens its confirmation."""
    pack.look_again()  # whoever has just decided sees it, whichever process answers
    rules = pack.current()
    modules = selectors.checklist(rules)
    context = {
        "rules": rules,
        "modules": modules,
        "total": sum(len(one.rows) for one in modules),
        "proposes": user_of(request).may_anywhere("legal_review"),
    }
    return render(request, "rulepack/checklist.html", context)


@require_GET
@staff
def listing(request: HttpRequest) -> HttpResponse:
    """规则确认件, the open ones first."""
    user = user_of(request)
    found = RuleChange.objects.visible_to(user).select_related("proposed_by", "decided_by")
    state = request.GET.get("state", "")
    if state in G.values:
        found = found.filter(status=state)
    context = {
        "page": Paginator(found.order_by("-pk"), PER_PAGE).get_page(request.GET.get("page")),
        "state": state,
        "states": G.choices,
        "waiting": selectors.waiting_for(user).count(),
    }
    return render(request, "rulepack/changes.html", context)


@require_http_methods(["GET", "POST"])
@requires("legal_review")
def propose(request: HttpRequest, kind: str, code: str, action: str) -> HttpResponse:
    """提出确认、暂停、恢复: the row as it stands beside the form."""
    if kind not in words.KINDS or action not in Action.values:
        raise Http404
    pack.look_again()  # whoever has just decided sees it, whichever process answers
    rules = pack.current()
    try:
        row = entry(rules, kind, code)
    except pack.UnknownCode as why:
        raise Http404 from why
    if request.method == "GET":
        form = ChangeForm(action)
    else:
        sent = int(request.META.get("CONTENT_LENGTH") or 0)
        form = ChangeForm(action, request.POST, request.FILES, sent=sent)
        if form.is_valid():
            answer = filling(
                request,
                form,
                lambda: acts.propose(
                    action=action,
                    kind=kind,
                    code=code,
                    seen=request.POST.get("seen", ""),
                    reason=form.cleaned_data["reason"],
                    actor=user_of(request),
                    paper=form.paper,
                ),
                done=f"{Action(action).label}“{row.title}”{DONE}",
                then=reverse("rule", args=[kind, code]),
            )
            if answer is not None:
                return answer
    context = {
        "row": row,
        "kind_title": words.KINDS[kind],
        "action": action,
        "action_title": Action(action).label,
        "why_not": changeable.refusal(action, row),
        "says": words.says(rules, row),
        "form": form,
    }
    return render(request, "rulepack/propose.html", context, status=422 if form.is_bound else 200)


def _again(request: HttpRequest, change: RuleChange, row: Entry | None) -> str:
    """Where the same may be proposed once more, for a legal officer, while it still makes sense for the row."""
    if row is None or not user_of(request).may_anywhere("legal_review") or changeable.refusal(change.action, row):
        return ""
    return reverse("rule-propose", args=[change.kind, change.code, change.action])


def _page(request: HttpRequest, change: RuleChange, form: OpinionForm, status: int = 200) -> HttpResponse:
    pack.look_again()  # whoever has just decided sees it, whichever process answers
    rules = pack.current()
    try:
        row = entry(rules, change.kind, change.code)
    except pack.UnknownCode:
        row = None
    steps = available(acts.STEPS, change, user_of(request))
    context = {
        "change": change,
        "text": getattr(change, "text", None),
        "row": row,
        "says": words.says(rules, row) if row else [],
        "rewritten": row is None or row.digest != change.row_digest,
        "kind_title": words.KINDS.get(change.kind, change.kind),
        "steps": {} if change.proposed_by_id == user_of(request).pk else steps,
        "course": [(sentence(e.act), e.actor_label, e.day, e.opinion) for e in history(noun(RuleChange), change.pk)],
        "form": form,
        "again": _again(request, change, row),
    }
    return render(request, "rulepack/change.html", context, status=status)


@require_GET
@staff
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一件: what was read, by whom, and what follows from agreeing."""
    return _page(request, _visible(request, number), OpinionForm())


@require_POST
@requires("supervise")
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """同意、不同意."""
    change, user, seen = _visible(request, number), user_of(request), seen_of(request)
    then = reverse("rule-change", args=[number])
    if act == "agree":
        done = f"{number} 已同意，即时起作用"
        return acting(request, lambda: acts.agree(change_id=change.pk, actor=user, seen=seen), done=done, then=then)
    if act != "refuse":
        raise Http404
    form = OpinionForm(request.POST)
    if not form.is_valid():
        return _page(request, change, form, status=422)
    opinion = form.cleaned_data["opinion"]
    answer = filling(
        request,
        form,
        lambda: acts.refuse(change_id=change.pk, actor=user, opinion=opinion, seen=seen),
        done=f"{number} 已记下不同意；规则没有变",
        then=then,
    )
    return answer or _page(request, change, form, status=422)


@require_GET
@staff
def text(request: HttpRequest, number: str) -> HttpResponse:
    """下载条文附件: always as a file, never shown by the browser as part of this site."""
    change = _visible(request, number)
    kept = getattr(change, "text", None)
    if kept is None:
        raise Http404
    said = content_disposition_header(as_attachment=True, filename=kept.name) or "attachment"
    headers = {"Content-Disposition": said, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(texts.opened(kept), content_type=kept.kind, headers=headers)
