"""平台退回: for the department whose record a platform would not take, in the platform's words and in ours."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import filling, user_of
from daoli_credit.feeds import differences, selectors
from daoli_credit.feeds.forms import AnswerForm
from daoli_credit.feeds.workflows import answering

PER_PAGE = 20


@require_GET
@requires(answering.VERB)
def listing(request: HttpRequest) -> HttpResponse:
    """平台退回."""
    user = user_of(request)
    page = Paginator(selectors.returned(user), PER_PAGE).get_page(request.GET.get("page"))
    facts = {"page": page, "differences": differences.of(user)[:PER_PAGE], "titles": selectors.titles()}
    return render(request, "feeds/returned.html", facts)


@require_http_methods(["GET", "POST"])
@requires(answering.VERB)
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """答复一件退回."""
    one = get_object_or_404(selectors.asked_of(user_of(request)), key=key)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = filling(
            request, form,
            lambda: answering.answer(key=one.key, actor=user_of(request), says=form.cleaned_data["says"]),
            done="已答复，由推送值守处理", then=reverse("feed-returned"),
        )  # fmt: skip
        if done:
            return done
    context = {"one": one, "form": form, "title": selectors.titles().get(one.feed_id, one.feed_id)}
    return render(request, "feeds/returned_one.html", context, status=422 if request.method == "POST" else 200)
