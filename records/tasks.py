"""定时任务: acts of the system user, in the person's favour only, harmless twice."""

from celery import shared_task

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.workflow import WorkflowError
from records.models import CreditRecord
from records.models.record import S
from records.workflows import record as acts


@shared_task
def end_what_ended() -> int:
    """到期自动停止: writes down what every exit already knows. Returns how many were written."""
    system = User.objects.system()
    over = CreditRecord.objects.filter(status=S.EFFECTIVE, use_until__lt=clock.today()).values_list("pk", flat=True)
    ended = 0
    for pk in list(over):
        try:
            acts.expire(record_id=pk, actor=system)
        except WorkflowError:
            continue  # another worker was quicker; the day has ended it either way
        ended += 1
    return ended
