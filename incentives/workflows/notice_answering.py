"""对事先告知的答复: the person's own acts, and what came on paper. No act of staff ends the days early."""

from datetime import date

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken
from incentives.models import PreAdverseNotice, PreAdverseStatement
from incentives.models.status import Channel
from incentives.rules import gate, notice_gate
from incentives.workflows import notice_telling, telling
from incentives.workflows.notice_stepping import stepping
from incentives.workflows.own_words import cleaned

COPY = "您的陈述申辩（存档副本）"


def _file(notice: PreAdverseNotice, text: str, *, channel: str, posted_on: date, received_on: date) -> None:
    if PreAdverseStatement.objects.filter(notice=notice, digest=telling.digest(text)).exists():
        raise AlreadyDone("同样的意见已经收到，不用重复提交")
    PreAdverseStatement.objects.create(
        notice=notice,
        channel=channel,
        posted_on=posted_on,
        received_on=received_on,
        message=notice_telling.file(notice, COPY, text),
        digest=telling.digest(text),
    )
    notice.stated_on = notice.stated_on or received_on


def state(*, notice_id: int, actor: User, seen: int | None = None, text: str) -> PreAdverseNotice:
    """提交陈述申辩, and more may follow until the days are over."""
    words, today = cleaned(text), clock.today()
    with stepping("state", notice_id, actor=actor, seen=seen) as notice:
        _file(notice, words, channel=Channel.ONLINE, posted_on=today, received_on=today)
    return notice


def answer(*, notice_id: int, actor: User, seen: int | None = None, text: str = "") -> PreAdverseNotice:
    """提交意见并表示没有别的要补充. Without any statement this is a waiver, another act: RuleBroken."""
    words, today = cleaned(text) if text.strip() else "", clock.today()
    with stepping("answer", notice_id, actor=actor, seen=seen) as notice:
        if words:
            _file(notice, words, channel=Channel.ONLINE, posted_on=today, received_on=today)
        if notice.notice_served_on is None:
            raise RuleBroken("告知书还没有登记送达。您现在可以先提交意见；登记送达以后才能表示没有别的要补充")
        if notice.stated_on is None:
            raise RuleBroken("还没有写意见。不想陈述申辩的，请用“放弃陈述申辩”，那样 24 小时内可以撤回")
        notice.answered_on, notice.that_is_all = today, True
    return notice


def waive(*, notice_id: int, actor: User, seen: int | None = None) -> PreAdverseNotice:
    """放弃陈述申辩: only by the person's own sign-in, once, and it may be taken back."""
    with stepping("waive", notice_id, actor=actor, seen=seen) as notice:
        if notice.notice_served_on is None:
            raise RuleBroken("告知书还没有登记送达，现在不能放弃陈述申辩")
        if notice.waived_at is not None:
            raise RuleBroken("您撤回过一次放弃，不能再次在线放弃；期限届满前随时可以陈述申辩")
        notice.waived_at = clock.now()
        notice.waiver_final_from = gate.waiver_ends_at(notice.waived_at).astimezone(clock.CHINA).date()
    return notice


def take_back(*, notice_id: int, actor: User, seen: int | None = None) -> PreAdverseNotice:
    """撤回放弃, in time."""
    with stepping("take-back", notice_id, actor=actor, seen=seen) as notice:
        if notice.waived_at is None or notice_gate.waiver(notice) is None:
            raise RuleBroken("撤回的时间已过，或者您没有放弃过陈述申辩")
        notice.waiver_taken_back_at = clock.now()
    return notice


def receive(
    *,
    notice_id: int,
    actor: User,
    seen: int | None = None,
    channel: str,
    posted_on: date,
    received_on: date,
    text: str,
) -> PreAdverseNotice:
    """登记收到的材料: handed in or posted. The day of posting counts; the days run on."""
    words, today = cleaned(text), clock.today()
    with stepping("receive", notice_id, actor=actor, seen=seen) as notice:
        if channel not in {Channel.COUNTER, Channel.POST}:
            raise RuleBroken("请选择当面或者邮寄；本人登录提交的，系统自己收下")
        if received_on > today or posted_on > received_on:
            raise RuleBroken("交邮日、收到日不能晚于今天，收到日不能早于交邮日，请核对")
        if notice.noticed_on is None or posted_on < notice.noticed_on:
            raise RuleBroken("交邮或者提交的日期早于告知书，请核对")
        _file(notice, words, channel=channel, posted_on=posted_on, received_on=received_on)
    return notice


def lapse(*, notice_id: int, actor: User, seen: int | None = None, checked_post: bool = True) -> PreAdverseNotice:
    """在途核对: the days and the days of the post are over; every channel was looked through."""
    with stepping("lapse", notice_id, actor=actor, seen=seen) as notice:
        if not checked_post:
            raise RuleBroken("请确认已核对窗口、邮寄和网上三个渠道，没有在途的材料")
        notice.transit_checked_on, notice.transit_checked_by = clock.today(), actor
    return notice
