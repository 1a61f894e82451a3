"""定时任务. Both are harmless when two beats run."""

from celery import shared_task

from daoli_credit.audit import partitions, sealer


@shared_task(name="daoli_credit.audit.tasks.seal")
def seal() -> None:
    """每分钟封存."""
    sealer.seal()


@shared_task(name="daoli_credit.audit.tasks.prepare_partitions")
def prepare_partitions() -> None:
    """每天备好以后各月的分区."""
    partitions.prepare()
