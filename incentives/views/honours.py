"""工作台上的荣誉推荐: list, a new one with its letter, one nomination. Of nobody anything before consent."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import Department
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.audit import events
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken
from incentives.honour_forms import NominateForm
from incentives.models import Nomination
from incentives.models.nomination import VERBS
from incentives.models.nomination_status import MATTER, S
from incentives.rules import honour
from incentives.selectors import benefits, finding, nominations
from incentives.workflows import honour_letters, nominating

PER_PAGE = 20


def look(request: HttpRequest, nomination: Nomination, purpose: str) -> LookUp | None:
    """记查询, once there is anybody to look at."""
    keys = nomination.person_keys()
    if not keys:
        return None
    return events.look_up(
        actor=user_of(request),
        person_key=keys[0],
        matter=MATTER,
        case_number=nomination.number,
        purpose=purpose,
        shown=["honour", "identity-masked"],
        department=nomination.department.code,
    )


def visible(request: HttpRequest, number: str) -> Nomination:
    """本单位的这一件; as if it never was for everybody else."""
    related = ("item", "department", "subject", "invited_by", "verified_by", "decided_by", "record")
    found = Nomination.objects.visible_to(user_of(request)).select_related(*related)
    return get_object_or_404(found, number=number)


@require_GET
@requires(*VERBS)
def listing(request: HttpRequest) -> HttpResponse:
    """荣誉推荐: the own department's, newest first; the head figure is what people really received."""
    user, status = user_of(request), request.GET.get("status", "")
    found = Nomination.objects.visible_to(user)
    statuses = [one for one in S if found.filter(status=one).exists()]
    turn, turn_only = nominations.turn(user), request.GET.get("turn") == "1"
    if turn_only:
        found = found.filter(pk__in=turn)
    number = finding.asked(request.GET)
    found = finding.by_number(found, number, "number", "document_number", "decision_number")
    if status in S.values:
        found = found.filter(status=status)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "page": page,
        "lines": nominations.lines(found.filter(pk__in=[row.pk for row in page])),
        "statuses": statuses,
        "turn": turn,
        "number": number,
        "turn_only": turn_only,
        "status": status,
        "months": (months := benefits.by_month()),
        "main": benefits.main(months),
        "nominates": user.may_anywhere("nominate_honour"),
        "reports": user.may_anywhere("report_measure"),
    }
    return render(request, "honours/list.html", facts)


def letter(request: HttpRequest, invited: nominating.Invited) -> HttpResponse:
    """邀请信: the only page that ever shows the code; nothing of it is kept."""
    door = settings.ORIGIN + reverse("me-honour-code")
    facts = {
        "nomination": invited.nomination,
        "code": invited.code,
        "door": door,
        "pdf": honour_letters.link(invited.nomination, invited.code, door=door),
    }
    return render(request, "honours/letter.html", facts)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("nominate_honour")
def new(request: HttpRequest) -> HttpResponse:
    """推荐: the answer to a good form is the letter itself."""
    user, today = user_of(request), clock.today()
    mine = Department.objects.in_use(today).filter(pk__in=user.departments("nominate_honour"))
    bodies = [(body, honour.sources(body.code, on=today)) for body in mine]
    able = [(body, offered) for body, offered in bodies if offered]
    if not able:
        return render(request, "honours/not_ours.html", {"bodies": [body for body, _ in bodies]})
    body, offered = able[0]
    form = NominateForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        document = nominating.Document(
            given["honour_title"],
            given["document_number"],
            given["document_title"],
            given["authority"],
            given["determined_on"],
            given["valid_until"],
        )
        try:
            invited = nominating.nominate(department=body, source=given["source"], document=document, actor=user)
        except RuleBroken as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"{invited.nomination.number} 已推荐；邀请信只显示这一次，请现在打印")
            return letter(request, invited)
    facts = {"form": form, "department": body}
    return render(request, "honours/form.html", facts, status=422 if form.is_bound else 200)


@require_GET
@requires(*VERBS)
@transaction.atomic
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """一件推荐. Once there is a person, the look is written in the transaction that shows it."""
    user, nomination = user_of(request), visible(request, number)
    because = look(request, nomination, "办理本单位的荣誉推荐")
    facts = {
        "nomination": nomination,
        "line": nominations.line(nomination),
        "party": nominations.masked(nomination, because),
        "now": nominations.NOW[S(nomination.status)],
        "stages": nominations.stages(nomination),
        "buttons": nominations.buttons(nomination, user),
        "history": nominations.told(nomination),
        "rewards": nominations.placed(nomination.item_id),
    }
    return render(request, "honours/detail.html", facts)


def demand(allowed: bool, title: str) -> None:
    """没有这项职责: names the missing duty."""
    if not allowed:
        raise PermissionDenied(f"您没有“{title}”这项职责")
