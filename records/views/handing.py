"""转告区信用办: from a record of ours, that the person has died or is without full capacity, with the proof."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import filling, user_of
from daoli_credit.law import clock
from records.identity_forms import HandForm
from records.models import CreditRecord
from records.workflows import identity_handing


@require_http_methods(["GET", "POST"])
@requires("submit_record")
def new(request: HttpRequest) -> HttpResponse:
    """转告. A wrong form comes back whole; only the scan has to be chosen again, as browsers keep no file."""
    user = user_of(request)
    if request.method == "GET":
        form = HandForm(initial={"number": request.GET.get("record", "")})
        return render(request, "records/end_hand.html", {"form": form})
    form = HandForm(request.POST, request.FILES)
    papers = form.papers(user) if form.is_valid() else []
    if form.is_valid():
        mine = CreditRecord.objects.visible_to(user).in_force(on=clock.today()).select_related("subject", "department")
        typed = form.cleaned_data
        record = mine.filter(
            number=typed["number"].strip().upper(), department_id__in=user.departments("submit_record")
        ).first()
        if record is None:
            form.add_error("number", "本单位没有这一条在效的记录，请核对编号")
        else:
            facts, told = form.grounds(), record
            answer = filling(
                request,
                form,
                lambda: identity_handing.hand(
                    record=told, kind=typed["kind"], grounds=facts, papers=papers, actor=user
                ),
                done=f"{record.number} 的当事人已转告区信用办窗口核对；核定以后当即终止，结果会告诉您",
                then=reverse("ends"),
            )
            if answer is not None:
                return answer
    return render(request, "records/end_hand.html", {"form": form}, status=422)
