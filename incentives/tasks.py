"""名单与措施的定时任务. A task holds no facts; each is harmless when run twice."""

from celery import shared_task

from daoli_credit.accounts.models import User
from daoli_credit.rounds import in_turn, one_by_one
from daoli_credit.workflow import WorkflowError
from incentives.selectors import check_sets
from incentives.workflows import (
    check_ends,
    check_reminding,
    check_retention,
    checking_sets,
    measure_pulling,
    sharing_ends,
)


@shared_task
def run_check_set(set_id: int) -> bool:
    """核对并核查一张申请人表. False when somebody else has it in hand, or it is over."""
    try:
        checking_sets.run(set_id=set_id, actor=User.objects.system())
    except WorkflowError:
        return False
    return True


@shared_task
def run_waiting_check_sets() -> int:
    """接手没有人办的申请人表: whose worker was lost, or which nobody was told of. Returns how many."""
    return one_by_one(check_sets.abandoned(), run_check_set)


@shared_task
def forget_old_check_sheets() -> int:
    """删去过期的结果表. Returns how many sets."""
    return check_sets.forget_old()


@shared_task
def remind_of_feedback() -> int:
    """提醒欠着的措施反馈. Returns of how many checks."""
    return check_reminding.remind(actor=User.objects.system())


@shared_task
def delete_old_checks() -> int:
    """销毁保存期满的核查. Returns of how many cases."""
    return check_retention.delete_due(actor=User.objects.system())


@shared_task
def tell_of_ended_checks() -> int:
    """告知核查过的部门：记录已终止. Returns how many copies."""
    return check_ends.tell(actor=User.objects.system())


@shared_task
def tend_sharing() -> int:
    """共享授权到期、一年未使用: writes down what every look already knows, and closes what nobody uses."""
    return sharing_ends.tend(User.objects.system())


@shared_task
def tend_measures() -> int:
    """照看措施任务: what took effect of late is assigned, what has ended is called back. Returns how many."""
    system = User.objects.system()
    return in_turn(
        lambda: measure_pulling.settle_all(actor=system),
        lambda: measure_pulling.assign_all(actor=system, recent=True),
    )


@shared_task
def review_measures() -> int:
    """通盘核对措施任务: with rules as they are today, every record and every task. Returns how many."""
    system = User.objects.system()
    return in_turn(
        lambda: measure_pulling.settle_all(actor=system, everything=True),
        lambda: measure_pulling.assign_all(actor=system),
    )
