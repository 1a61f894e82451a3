"""依据失效的页面: the list, one of them, anchoring it to a successor, and the second person's word."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import acting, filling, seen_of, user_of
from daoli_credit.audit.acts import sentence
from daoli_credit.audit.selectors import history
from daoli_credit.law import clock, pack
from daoli_credit.workflow import available, noun
from records import lapses, leaves
from records.lapse_forms import AnchorForm, RefuseForm
from records.models import Lapse
from records.rules import lapsed
from records.workflows import lapsing as acts

DUTIES = ("legal_review", "review_record")
PER_PAGE = 50


def _visible(request: HttpRequest, number: str) -> Lapse:
    found = Lapse.objects.visible_to(user_of(request))
    return get_object_or_404(found.select_related("item", "department", "proposed_by", "anchored_by"), number=number)


@require_GET
@requires(*DUTIES)
def listing(request: HttpRequest) -> HttpResponse:
    """依据失效件."""
    found = Lapse.objects.visible_to(user_of(request)).select_related("item", "department").order_by("-pk")
    return render(request, "records/lapses.html", {"rows": found})


def _page(
    request: HttpRequest, lapse: Lapse, *, anchor: AnchorForm | None = None, refuse: RefuseForm | None = None
) -> HttpResponse:
    rules = pack.current()
    successors = lapsed.successors(rules, lapse.basis, on=clock.today())
    steps = available(acts.STEPS, lapse, user_of(request))
    bad = anchor or refuse
    context = {
        "lapse": lapse,
        "item": rules.items.get(lapse.item_id),
        "successors": successors,
        "steps": {} if lapse.status == "proposed" and lapse.proposed_by_id == user_of(request).pk else steps,
        "anchor": anchor or AnchorForm(successors=successors),
        "refuse": refuse or RefuseForm(),
        "bad": bad,
        "parts": lapses.parts(lapse),
        "course": [(sentence(e.act), e.actor_label, e.day, e.opinion) for e in history(noun(Lapse), lapse.pk)],
    }
    return render(request, "records/lapse.html", context, status=422 if bad else 200)


@require_GET
@requires(*DUTIES)
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一件."""
    return _page(request, _visible(request, number))


@require_GET
@requires(*DUTIES)
def rows(request: HttpRequest, number: str) -> HttpResponse:
    """依据着它的记录: exactly those that a number counts; numbers and days, nobody's name."""
    user, lapse = user_of(request), _visible(request, number)
    which = request.GET.get("which", "")
    if which not in lapses.PARTS:
        raise Http404("没有这一种")
    found = lapses.part(lapse, which).only("number", "determined_on", "public_until", "use_until")
    turned = {"before": request.GET.get("before"), "after": request.GET.get("after")}
    facts = {
        "lapse": lapse,
        "parts": lapses.parts(lapse),
        "which": which,
        "title": lapses.PARTS[which],
        "page": leaves.leaf(found.order_by("-id"), **turned, size=PER_PAGE),
        "opens": user.may("view_records", lapse.department_id),
    }
    return render(request, "records/lapse_records.html", facts)


@require_POST
@requires(*DUTIES)
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """提出改挂、同意、不同意."""
    lapse, user, seen = _visible(request, number), user_of(request), seen_of(request)
    then = reverse("lapse", args=[number])
    if act == "agree":
        done = f"{number} 已改挂继任依据"
        return acting(request, lambda: acts.agree(lapse_id=lapse.pk, actor=user, seen=seen), done=done, then=then)
    if act == "propose":
        anchor = AnchorForm(request.POST, successors=lapsed.successors(pack.current(), lapse.basis, on=clock.today()))
        if not anchor.is_valid():
            return _page(request, lapse, anchor=anchor)
        typed = anchor.cleaned_data
        answer = filling(
            request,
            anchor,
            lambda: acts.propose(
                lapse_id=lapse.pk, successor=typed["successor"], actor=user, opinion=typed["opinion"], seen=seen
            ),
            done=f"{number} 已提出，等第二人同意",
            then=then,
        )
        return answer or _page(request, lapse, anchor=anchor)
    if act != "refuse":
        raise Http404
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return _page(request, lapse, refuse=form)
    opinion = form.cleaned_data["opinion"]
    answer = filling(
        request,
        form,
        lambda: acts.refuse(lapse_id=lapse.pk, actor=user, opinion=opinion, seen=seen),
        done=f"{number} 已记下不同意",
        then=then,
    )
    return answer or _page(request, lapse, refuse=form)
