"""指标 /metrics/: what a monitor reads, behind a token of its own; counts and ages, nobody's number."""

import hmac
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from daoli_credit.audit.standing import standing
from daoli_credit.feeds.standing import standings
from daoli_credit.law import clock


class Desk(Collector):
    """推送和存证的现状, asked of the database when somebody asks for it."""

    def collect(self) -> Iterator[Metric]:
        """One gauge per question, labelled by feed."""
        now = clock.now()
        age = GaugeMetricFamily("daoli_feed_age_seconds", "等了多久", labels=["feed", "what"])
        limit = GaugeMetricFamily("daoli_feed_age_limit_seconds", "最多等多久", labels=["feed", "what"])
        count = GaugeMetricFamily("daoli_feed_count", "有多少", labels=["feed", "what"])
        at_most = GaugeMetricFamily("daoli_feed_count_limit", "最多多少", labels=["feed", "what"])
        rows = GaugeMetricFamily("daoli_feed_deliveries", "没有了结的推送单", labels=["feed", "state"])
        held = GaugeMetricFamily("daoli_feed_held", "待人工处理", labels=["feed", "reason"])
        failures = GaugeMetricFamily("daoli_feed_failures_in_a_row", "连续失败次数", labels=["feed"])
        broken = GaugeMetricFamily("daoli_feed_broken", "熔断中", labels=["feed"])
        closed = GaugeMetricFamily("daoli_feed_gate_closed", "恢复备份以后还没有对完账，什么都不送", labels=["feed"])
        unheard = GaugeMetricFamily("daoli_feed_receipts_unfetched", "最近一次取回执没有成", labels=["feed"])
        enabled = GaugeMetricFamily("daoli_feed_enabled", "普通推送在进行", labels=["feed"])
        differences = GaugeMetricFamily("daoli_feed_differences", "未消除的对账差异", labels=["feed"])
        alarms = GaugeMetricFamily("daoli_feed_still_held_after_end", "终止以后对方仍有", labels=["feed"])
        for one in standings():
            for what in one.measured:
                age.add_metric([one.code, what.code], what.age(now).total_seconds())
                limit.add_metric([one.code, what.code], what.within.total_seconds())
            for number in one.counted:
                count.add_metric([one.code, number.code], number.count)
                at_most.add_metric([one.code, number.code], number.at_most)
            for state, n in (("unsent", one.unsent), ("unconfirmed", one.unconfirmed), ("held", one.held_total)):
                rows.add_metric([one.code, state], n)
            for line in one.held:
                held.add_metric([one.code, line.code], line.count)
            failures.add_metric([one.code], one.feed.failures)
            broken.add_metric([one.code], int(one.broken))
            closed.add_metric([one.code], int(one.feed.restored_at is not None))
            unheard.add_metric([one.code], int(bool(one.feed.receipts_failed)))
            enabled.add_metric([one.code], int(one.feed.enabled))
            differences.add_metric([one.code], one.open_differences)
            alarms.add_metric([one.code], one.alarms)
        yield from (age, limit, count, at_most, rows, held, failures, broken, closed, unheard)
        yield from (enabled, differences, alarms)
        yield GaugeMetricFamily("daoli_audit_unsealed", "还没有封存的事件", standing().waiting)


@require_GET
@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """指标. 404 where no token is set, and for any other token: a stranger does not learn that it exists."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Desk())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
