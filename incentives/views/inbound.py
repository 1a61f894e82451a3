"""上级平台查询的页面: how each stands, for the operator; and 再问一次 for whoever checks."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import filling, user_of
from incentives import sources
from incentives.models import Check
from incentives.notice_forms import AgainForm, SwitchForm
from incentives.selectors import inbound as read
from incentives.workflows import inbound, inbound_switch

VERB = "operate_feeds"


def _shown(request: HttpRequest, *, wrong: SwitchForm | None = None, of: str = "") -> HttpResponse:
    operates = user_of(request).may_anywhere(VERB)
    rows = [
        (one, wrong if wrong is not None and one.code == of else SwitchForm(auto_id=f"id_{one.code}_%s"))
        for one in read.standings()
    ]
    facts = {"rows": rows, "operates": operates}
    return render(request, "inbound/overview.html", facts, status=422 if wrong is not None else 200)


@require_GET
@requires("operate_feeds", "supervise")
def overview(request: HttpRequest) -> HttpResponse:
    """上级平台查询: last answers, how many were none, what stops it. No person and no case is on it."""
    return _shown(request)


@require_POST
@requires(VERB)
def act(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """暂停或者恢复."""
    if sources.of(code) is None or name not in {"pause", "resume"}:
        raise Http404("没有接通这个平台")
    user, then = user_of(request), reverse("inbound-sources")
    pausing = name == "pause"
    form = SwitchForm(request.POST, auto_id=f"id_{code}_%s")
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        switch = inbound_switch.pause if pausing else inbound_switch.resume
        done = "已暂停；核查页上会写明原因" if pausing else "已恢复，下一次核查就会去问"
        if answer := filling(request, form, lambda: switch(code=code, actor=user, reason=reason), done=done, then=then):
            return answer
    return _shown(request, wrong=form, of=code)


@require_http_methods(["GET", "POST"])
@requires("check_applicants")
def again(request: HttpRequest, number: str) -> HttpResponse:
    """再问一次. The number is typed once more and written nowhere; asking takes a few seconds at most."""
    user = user_of(request)
    mine = Check.objects.visible_to(user).filter(department_id__in=user.departments("check_applicants"))
    check = get_object_or_404(mine.select_related("case", "department"), number=number)
    form = AgainForm(request.POST or None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data["id_number"]
        answer = filling(
            request,
            form,
            lambda: inbound.ask_again(check_id=check.pk, number=given, actor=user),
            done="已再问一次，各平台的答复在核查单上",
            then=reverse("check", args=[number]),
        )
        if answer is not None:
            return answer
    facts = {"form": form, "check": check, "heard": read.of_check(check)}
    return render(request, "inbound/again.html", facts, status=422 if form.is_bound else 200)
