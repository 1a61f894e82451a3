"""名单与措施的定时任务. A task holds no facts; each is harmless when run twice."""

from celery import shared_task

from daoli_credit.accounts.models import User
from incentives.workflows import sharing_ends


@shared_task
def tend_sharing() -> int:
    """共享授权到期、一年未使用: writes down what every look already knows, and closes what nobody uses."""
    return sharing_ends.tend(User.objects.system())
