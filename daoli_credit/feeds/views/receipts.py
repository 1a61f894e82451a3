"""回执入口 /api/v1/receipts/: no session and no cookie; the signature says who speaks."""

import json
import logging
import time

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from daoli_credit import signing
from daoli_credit.feeds import channels
from daoli_credit.feeds.adapters.lines import told
from daoli_credit.feeds.workflows import settling

log = logging.getLogger(__name__)
MOST = 500


def _problem(request: HttpRequest, channel: channels.Channel) -> str:
    why = signing.problem(
        channel.believed(),
        method="POST",
        path=request.get_full_path(),
        headers=request.headers,
        body=request.body,
        sender=channel.code,
        now=time.time(),
    )
    nonce = f"feed-nonce:{channel.code}:{request.headers.get(signing.NONCE, '')}"
    if not why and not cache.add(nonce, 1, 3 * signing.CLOCK_WINDOW):
        return "重放"
    return why


@csrf_exempt
@login_not_required
@require_POST
def receive(request: HttpRequest, feed: str) -> JsonResponse:
    """收回执. 401 for anything that this feed has not signed just now; 400 for what cannot be read."""
    try:
        channel = channels.of(feed)
        why = _problem(request, channel)
    except channels.Unconfigured:
        why = "平台没有接通"
    except RequestDataTooBig:
        return JsonResponse({"error": "too-large"}, status=413)
    if why:
        log.warning("回执未受理：%s，自称 %s", why, feed[:20])
        return JsonResponse({"error": "signature"}, status=401)
    try:
        given = [told(one) for one in json.loads(request.body)["receipts"]]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": "shape"}, status=400)
    if len(given) > MOST:
        return JsonResponse({"error": "too-many"}, status=413)
    unknown = settling.hear(channel, given)
    if unknown:
        log.warning("平台 %s 的回执里有 %d 个不认识的键", feed, len(unknown))
    return JsonResponse({"heard": len(given) - len(unknown), "unknown": unknown})
