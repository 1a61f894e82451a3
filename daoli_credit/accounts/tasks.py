"""定时任务."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def clear_sessions() -> None:
    """清理已经结束的会话; harmless twice."""
    call_command("clearsessions")
