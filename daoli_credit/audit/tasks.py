"""定时任务. All are harmless when two beats run."""

from celery import shared_task

from daoli_credit.audit import partitions, sealer, verification
from daoli_credit.audit.events import Timetable


@shared_task(name="daoli_credit.audit.tasks.seal")
def seal() -> None:
    """每分钟封存."""
    sealer.seal()


@shared_task(name="daoli_credit.audit.tasks.prepare_partitions")
def prepare_partitions() -> None:
    """每天备好以后各月的分区."""
    partitions.prepare()


@shared_task(name="daoli_credit.audit.tasks.verify")
def verify() -> None:
    """办理要求过的核验, at once after somebody asked, and again each minute in case the broker lost the call."""
    verification.run()


@shared_task(name="daoli_credit.audit.tasks.verify_daily")
def verify_daily() -> None:
    """每天核验一次."""
    verification.ask(Timetable(), "")
    verification.run()
