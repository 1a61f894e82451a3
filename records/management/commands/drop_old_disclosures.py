"""manage.py drop_old_disclosures: run as the owner; what was given longer ago than the pack keeps it is forgotten."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections, transaction

from daoli_credit.law import clock
from records.workflows import disclosing


class Command(BaseCommand):
    help = "删除登记期满的对外提供登记，期限依规则包。由所有者执行；应用角色只能追加。"

    def handle(self, *args: Any, **options: Any) -> None:
        alias = "owner" if "owner" in connections else "default"
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            gone = disclosing.forget_old(cursor, clock.today())
        self.stdout.write(f"已删除 {gone} 条满{disclosing.kept()}的登记")
