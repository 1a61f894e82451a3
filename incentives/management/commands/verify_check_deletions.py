"""manage.py verify_check_deletions: nothing of the checks that were deleted is left, and the evidence bears it out."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from incentives.models import CheckDeletion
from incentives.workflows import check_retention


class Command(BaseCommand):
    help = "核对核查的销毁：已销毁的核查在任何一张表里都没有了，销毁证明与存证一致。"

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(check_retention.faults())
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} 处不符")
        self.stdout.write(f"已销毁 {CheckDeletion.objects.count()} 件办件的核查，全部核对无误，没有遗留")
