"""演示的措施任务: pulled from what is in force, some reported by the true acts; the rest wait on the desks."""

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from incentives.models import MeasureTask
from incentives.models.measure_task import T
from incentives.workflows import measure_pulling, measures

BODY = "human-resources"


def _open(measure: str) -> MeasureTask | None:
    found = MeasureTask.objects.filter(measure=measure, department__code=BODY, status=T.OPEN)
    return found.order_by("pk").first()


def tell() -> int:
    """讲这一段. Returns how many tasks there are."""
    system, clerk = User.objects.system(), User.objects.get(username="xuwenjing")
    measure_pulling.assign_all(actor=system)
    if task := _open("m-wage-funds"):
        number = f"哈里人社资〔{clock.today().year}〕1号"
        measures.apply(task_id=task.pk, actor=clerk, seen=task.revision, day=clock.today(), document=number)
    if task := _open("m-civil-service"):
        reason = "本期没有招录考察，待考察阶段核对。"
        measures.refuse(task_id=task.pk, actor=clerk, seen=task.revision, opinion=reason)
    return MeasureTask.objects.count()
