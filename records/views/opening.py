"""开启封存件的页面: asked by a legal officer, agreed to by another person, shown once."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import acting, filling, seen_of, user_of
from daoli_credit.audit.selectors import history
from daoli_credit.audit.told import by_moment
from daoli_credit.law import clock, pack
from daoli_credit.law.rows import Item
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState, available, noun
from records import endings, histories, selectors
from records.end_forms import OpeningForm, ReasonForm
from records.models import ArchiveOpening, end_kind
from records.models.archive import O
from records.workflows import archive_opening as acts

PER_PAGE = 20


def _visible(request: HttpRequest, number: str) -> ArchiveOpening:
    related = ("archive", "department", "requested_by", "decided_by")
    found = ArchiveOpening.objects.visible_to(user_of(request)).select_related(*related)
    return get_object_or_404(found, number=number)


@require_GET
@requires("legal_review", "decide_listing")
def listing(request: HttpRequest) -> HttpResponse:
    """开启封存件: of the user's departments; what waits stands on top."""
    user = user_of(request)
    page = Paginator(endings.openings(user), PER_PAGE).get_page(request.GET.get("page"))
    facts = {"page": page, "kinds": endings.OPENING_KINDS, "asks": user.may_anywhere("legal_review")}
    return render(request, "records/openings.html", facts)


@require_http_methods(["GET", "POST"])
@requires("legal_review")
def new(request: HttpRequest) -> HttpResponse:
    """提出开启. A wrong form comes back whole; a number that is not there says no more than that."""
    user = user_of(request)
    asked = request.GET.get("number", "")
    # filled in for whoever may ask for it: the page repeats no number to anybody else
    form = OpeningForm(request.POST or None, initial={"number": asked if acts.find(user, asked) else ""})
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        archive = acts.find(user, facts.pop("number"))
        if archive is None:
            form.add_error(
                "number", "本单位没有这一件的封存件：没有终止、刚刚终止还在封存（几分钟后再提）、已经销毁，或者编号有误"
            )
        else:
            answer = filling(
                request,
                form,
                lambda: acts.ask(archive=archive, actor=user, **facts),
                done="已提出，等另一人审批",
                then=reverse("opening-list"),
            )
            if answer is not None:
                return answer
    days = {"form": form, "days": acts.DAYS.days}
    return render(request, "records/opening_new.html", days, status=422 if form.errors else 200)


@require_GET
@requires("legal_review", "decide_listing")
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一件开启: why and by whom; never what was shown."""
    return _page(request, _visible(request, number), ReasonForm())


def _page(request: HttpRequest, opening: ArchiveOpening, form: ReasonForm, status: int = 200) -> HttpResponse:
    user, mine = user_of(request), opening.requested_by_id == request.user.pk
    steps = available(acts.STEPS, opening, user)
    in_time = opening.open_until is not None and opening.open_until >= clock.today()
    facts = {
        "opening": opening,
        "kind": endings.OPENING_KINDS[O(opening.status)],
        "decides": "approve" in steps and not mine,
        "opens": "open" in steps and mine and in_time,
        "over": opening.status == O.APPROVED and not in_time,
        "again": f"{reverse('opening-new')}?number={opening.archive.number}" if mine else "",
        "history": by_moment(history(noun(ArchiveOpening), opening.pk)),
        "form": form,
    }
    return render(request, "records/opening.html", facts, status=status)


@require_POST
@requires("legal_review", "decide_listing")
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """办一步: approve, refuse or open."""
    if name not in {"approve", "refuse", "open"}:
        raise Http404
    opening = _visible(request, number)
    if name == "open":
        return _open(request, opening)
    user, revision, then = user_of(request), seen_of(request), reverse("opening", args=[number])
    if name == "approve":
        return acting(
            request,
            lambda: acts.approve(opening_id=opening.pk, actor=user, seen=revision),
            done=f"{number} 已同意，提出人可以开启一次",
            then=then,
        )
    form = ReasonForm(request.POST)
    if not form.is_valid() and opening.status == O.ASKED and opening.requested_by_id != user.pk:
        return _page(request, opening, form, 422)
    opinion = form.cleaned_data.get("opinion", "")
    return acting(
        request,
        lambda: acts.refuse(opening_id=opening.pk, actor=user, opinion=opinion, seen=revision),
        done=f"{number} 已告知提出人不同意",
        then=then,
    )


def _words(item: Item | None, content: dict[str, Any]) -> Sequence[tuple[str, str]]:
    return selectors.words(item, content) if item else [(key, str(value)) for key, value in content.items()]


def _open(request: HttpRequest, opening: ArchiveOpening) -> HttpResponse:
    """What was sealed stands in this one answer; the page can neither be stored nor asked for again."""
    try:
        opened = acts.open_once(opening_id=opening.pk, actor=user_of(request))
    except (AlreadyDone, RuleBroken, WrongState) as why:
        then = reverse("opening", args=[opening.number])
        return render(request, "409.html", {"reason": str(why), "current": then}, status=409)
    said = opened.said
    item = pack.current().items.get(said["item"])
    content = {"document_number": said["document_number"], **said["content"]}
    before = histories.corrected(opened.opening.archive)
    facts = {
        "opening": opened.opening,
        "said": said,
        "person": opened.who,
        "content": _words(item, content),
        "corrected": [(number, day, _words(item, stood)) for number, day, stood in before],
        "kind": end_kind.said(said["end_kind"]),
    }
    return render(request, "records/opened.html", facts)
