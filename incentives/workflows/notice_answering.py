"""对事先告知的答复: the person's own acts, and what came on paper. No act of staff ends the days early."""

from datetime import date

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone
from incentives.models import PreAdverseNotice, PreAdverseStatement
from incentives.models.status import Channel
from incentives.rules import notice_gate
from incentives.workflows import notice_telling, own_answer, telling
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
        own_answer.finish(notice)
    return notice


def waive(*, notice_id: int, actor: User, seen: int | None = None) -> PreAdverseNotice:
    """放弃陈述申辩: only by the person's own sign-in, once, and it may be taken back."""
    with stepping("waive", notice_id, actor=actor, seen=seen) as notice:
        own_answer.waive(notice)
    return notice


def take_back(*, notice_id: int, actor: User, seen: int | None = None) -> PreAdverseNotice:
    """撤回放弃, in time."""
    with stepping("take-back", notice_id, actor=actor, seen=seen) as notice:
        own_answer.take_back(notice, notice_gate.waiver(notice))
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
    words = cleaned(text)
    with stepping("receive", notice_id, actor=actor, seen=seen) as notice:
        own_answer.demand_received(notice, channel=channel, posted_on=posted_on, received_on=received_on)
        _file(notice, words, channel=channel, posted_on=posted_on, received_on=received_on)
    return notice


def lapse(*, notice_id: int, actor: User, seen: int | None = None, checked_post: bool = True) -> PreAdverseNotice:
    """在途核对: the days and the days of the post are over; every channel was looked through."""
    with stepping("lapse", notice_id, actor=actor, seen=seen) as notice:
        own_answer.check_post(notice, actor, checked=checked_post)
    return notice
