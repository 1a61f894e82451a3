"""manage.py verify_request_deletions: nothing of the requests that were deleted is left, and the evidence says so."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from records.models import RequestDeletion
from records.workflows import request_retention


class Command(BaseCommand):
    help = "核对依法调取件的销毁：已销毁的一行不剩，销毁证明与存证一致。"

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(request_retention.faults())
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} 处不符")
        self.stdout.write(f"已销毁 {RequestDeletion.objects.count()} 件依法调取件，全部核对无误，没有遗留")
