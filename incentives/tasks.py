"""后台任务: pulls from records; harmless twice and side by side."""

from celery import shared_task

from daoli_credit.accounts.models import User
from incentives.workflows import measure_pulling


@shared_task
def tend_measures() -> int:
    """照看措施任务: what took effect of late is assigned, what has ended is called back. Returns how many."""
    system = User.objects.system()
    return measure_pulling.settle_all(actor=system) + measure_pulling.assign_all(actor=system, recent=True)


@shared_task
def review_measures() -> int:
    """通盘核对措施任务: with rules as they are today, every record and every task. Returns how many."""
    system = User.objects.system()
    return measure_pulling.settle_all(actor=system, everything=True) + measure_pulling.assign_all(actor=system)
