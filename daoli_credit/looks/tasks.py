"""定时任务."""

from celery import shared_task

from daoli_credit.accounts.models import User
from daoli_credit.looks.workflows import handed, opened, watching


@shared_task
def watch_looks() -> int:
    """查找异常查询. Returns how many were newly pointed at; harmless when two run."""
    return watching.sweep(actor=User.objects.system())


@shared_task
def tell_of_openings() -> int:
    """告知本人封存件开启过. Returns how many letters were written; harmless when two run."""
    return opened.tell_of_openings()


@shared_task
def tell_of_requests() -> int:
    """告知本人依法调取过. Returns how many letters were written; harmless when two run."""
    return handed.tell_of_requests()
