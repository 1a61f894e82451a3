"""值守的办理: retry, pause, resume, reconcile now; each a POST, each with its event."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.models import User
from daoli_credit.accounts.views.answers import filling, seen_of, user_of
from daoli_credit.feeds import selectors
from daoli_credit.feeds.forms import ReasonForm
from daoli_credit.feeds.models import Feed
from daoli_credit.feeds.views import pages
from daoli_credit.feeds.workflows import operating


def _on_the_page(
    request: HttpRequest, feed: str, name: str, act: Callable[[str, User], object], done: str
) -> HttpResponse:
    """One of the page's own forms: refused, it comes back on the page as it was filled in."""
    form = pages.reason_form(name, request.POST)
    if form.is_valid():
        then = reverse("feed-deliveries", args=[feed])
        said = form.cleaned_data["reason"]
        if answer := filling(request, form, lambda: act(said, user_of(request)), done=done, then=then):
            return answer
    return pages.of_feed(request, feed, {name: form})


@require_POST
@requires("operate_feeds")
def retry(request: HttpRequest, feed: str, key: str) -> HttpResponse:
    """重试."""
    one = get_object_or_404(selectors.deliveries(user_of(request), feed), key=key)
    form = ReasonForm(request.POST, of="重试")
    if form.is_valid():
        then, said = reverse("feed-delivery", args=[feed, key]), form.cleaned_data["reason"]
        if answer := filling(
            request,
            form,
            lambda: operating.retry(key=one.key, actor=user_of(request), opinion=said),
            done="已排队重试，用原来的报文",
            then=then,
        ):
            return answer
    return pages.of_delivery(request, feed, one, form)


@require_POST
@requires("operate_feeds")
def pause(request: HttpRequest, feed: str) -> HttpResponse:
    """暂停."""
    known = get_object_or_404(Feed, code=feed)
    return _on_the_page(
        request,
        feed,
        "form",
        lambda reason, user: operating.pause(code=known.code, actor=user, reason=reason),
        "普通推送已暂停；撤回照常送出",
    )


@require_POST
@requires("operate_feeds")
def resume(request: HttpRequest, feed: str) -> HttpResponse:
    """恢复."""
    known = get_object_or_404(Feed, code=feed)
    return _on_the_page(
        request,
        feed,
        "resume_form",
        lambda reason, user: operating.resume(code=known.code, actor=user, opinion=reason),
        "推送已恢复",
    )


@require_POST
@requires("operate_feeds")
def hurry(request: HttpRequest, feed: str) -> HttpResponse:
    """立即再试 of what backs off."""
    known = get_object_or_404(Feed, code=feed)
    return _on_the_page(
        request,
        feed,
        "hurry_form",
        lambda reason, user: operating.hurry(code=known.code, actor=user, opinion=reason),
        "退避中的已排队，马上再试",
    )


@require_POST
@requires("operate_feeds")
def recall(request: HttpRequest, feed: str) -> HttpResponse:
    """全部召回."""
    known = get_object_or_404(Feed, code=feed)
    return _on_the_page(
        request,
        feed,
        "recall_form",
        lambda reason, user: operating.recall(code=known.code, actor=user, reason=reason),
        "已开始召回：普通推送暂停，对方持有的逐批撤回，进度在本页",
    )


@require_POST
@requires("operate_feeds")
def retry_all(request: HttpRequest, feed: str) -> HttpResponse:
    """成批重试 of one reason."""
    known, held, owner = get_object_or_404(Feed, code=feed), request.POST.get("held", ""), request.POST.get("owner", "")
    return _on_the_page(
        request,
        feed,
        "again_form",
        lambda reason, user: operating.retry_all(
            code=known.code, held=held, owner=owner, actor=user, opinion=reason, seen=seen_of(request) or None
        ),
        "已排队重试，用原来的报文",
    )


@require_POST
@requires("operate_feeds")
def reconcile(request: HttpRequest, feed: str) -> HttpResponse:
    """立即对账: asked for here, done by the worker."""
    known = get_object_or_404(Feed, code=feed)
    return _on_the_page(
        request,
        feed,
        "reconcile_form",
        lambda reason, user: operating.ask_reconciliation(code=known.code, actor=user, opinion=reason),
        "已要求对账，结果稍后显示在本页",
    )
