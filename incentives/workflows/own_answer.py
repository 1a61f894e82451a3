"""本人答复的几步: what each of them writes on a row on which a person was told; one rule for every such case."""

from datetime import date

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken
from incentives.models.noticed import Noticed
from incentives.models.status import Channel
from incentives.rules.gate import Lock, waiver_ends_at


def finish(row: Noticed) -> None:
    """表示没有别的要补充: what was stated and finished needs no further waiting. Raises RuleBroken."""
    if row.notice_served_on is None:
        raise RuleBroken("告知书还没有登记送达。您现在可以先提交意见；登记送达以后才能表示没有别的要补充")
    if row.stated_on is None:
        raise RuleBroken("还没有写意见。不想陈述申辩的，请用“放弃陈述申辩”，那样 24 小时内可以撤回")
    row.answered_on, row.that_is_all = clock.today(), True


def waive(row: Noticed) -> None:
    """放弃陈述申辩, once, and it may be taken back. Raises RuleBroken."""
    if row.notice_served_on is None:
        raise RuleBroken("告知书还没有登记送达，现在不能放弃陈述申辩")
    if row.waived_at is not None:
        raise RuleBroken("您撤回过一次放弃，不能再次在线放弃；期限届满前随时可以陈述申辩")
    row.waived_at = clock.now()
    row.waiver_final_from = waiver_ends_at(row.waived_at).astimezone(clock.CHINA).date()


def take_back(row: Noticed, lock: Lock | None) -> None:
    """撤回放弃, while `lock` says that it is still in time. Raises RuleBroken."""
    if row.waived_at is None or lock is None:
        raise RuleBroken("撤回的时间已过，或者您没有放弃过陈述申辩")
    row.waiver_taken_back_at = clock.now()


def demand_received(row: Noticed, *, channel: str, posted_on: date, received_on: date) -> None:
    """收到的材料: handed in or posted, on days that can be. Raises RuleBroken."""
    if channel not in {Channel.COUNTER, Channel.POST}:
        raise RuleBroken("请选择当面或者邮寄；本人登录提交的，系统自己收下")
    if received_on > clock.today() or posted_on > received_on:
        raise RuleBroken("交邮日、收到日不能晚于今天，收到日不能早于交邮日，请核对")
    if row.noticed_on is None or posted_on < row.noticed_on:
        raise RuleBroken("交邮或者提交的日期早于告知书，请核对")


def check_post(row: Noticed, actor: User, *, checked: bool) -> None:
    """在途核对: counter, post and online were looked through. Raises RuleBroken."""
    if not checked:
        raise RuleBroken("请确认已核对窗口、邮寄和网上三个渠道，没有在途的材料")
    row.transit_checked_on, row.transit_checked_by = clock.today(), actor
