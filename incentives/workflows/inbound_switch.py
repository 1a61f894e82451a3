"""暂停、恢复查询一个上级平台: by whoever watches the platforms, with a reason; a pause says so on every check."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken, noun
from incentives import sources
from incentives.models import InboundSource

PAUSED = register("inbound.paused", "暂停查询上级平台", duty="operate_feeds")
RESUMED = register("inbound.resumed", "恢复查询上级平台", duty="operate_feeds")


def pause(*, code: str, actor: User, reason: str) -> InboundSource:
    """暂停查询 until somebody resumes. Raises PermissionDenied, RuleBroken for no reason or an unknown source."""
    if not reason.strip():
        raise RuleBroken("请写明为什么暂停；查不到的时候，核查页上会写出来")
    return _switch(code, actor, enabled=False, reason=reason.strip())


def resume(*, code: str, actor: User, reason: str) -> InboundSource:
    """恢复查询, at once: the failures of before are forgotten. Raises what `pause` raises."""
    if not reason.strip():
        raise RuleBroken("请写明为什么恢复")
    return _switch(code, actor, enabled=True, reason=reason.strip())


@transaction.atomic
def _switch(code: str, actor: User, *, enabled: bool, reason: str) -> InboundSource:
    if not actor.may_anywhere("operate_feeds"):
        raise PermissionDenied("您没有“值守推送平台”这项职责")
    if sources.of(code) is None:
        raise RuleBroken("这个上级平台没有接通")
    InboundSource.objects.get_or_create(code=code)
    row = InboundSource.objects.select_for_update(no_key=True).get(code=code)
    row.enabled, row.reason, row.changed_at = enabled, "" if enabled else reason[:200], clock.now()
    if enabled:
        row.failures, row.broken_until = 0, None
    row.save()
    events.record(
        act=RESUMED if enabled else PAUSED, noun=noun(InboundSource), object_id=code, actor=actor, opinion=reason
    )
    return row
