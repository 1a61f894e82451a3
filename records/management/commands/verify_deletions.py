"""manage.py verify_deletions: nothing of what was deleted is left, and every certificate agrees with the evidence."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from records.models import Deletion
from records.workflows import proving


class Command(BaseCommand):
    help = "核对销毁：已销毁的记录在任何一张表里都没有了，销毁证明与存证一致。"

    def handle(self, *args: Any, **options: Any) -> None:
        faults = proving.faults()
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} 处不符")
        count = Deletion.objects.count()
        certificates = Deletion.objects.values("certificate").distinct().count()
        self.stdout.write(f"已销毁 {count} 条，{certificates} 份证明，全部核对无误，没有遗留")
