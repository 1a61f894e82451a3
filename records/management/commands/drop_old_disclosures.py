"""manage.py drop_old_disclosures: run as the owner; what was given more than three years ago is forgotten."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections, transaction

from daoli_credit.law import clock


class Command(BaseCommand):
    help = "删除登记满三年的对外提供登记。由所有者执行；应用角色只能追加。"

    # 网络数据安全管理条例 第十二条: three years at least
    def handle(self, *args: Any, **options: Any) -> None:
        alias, today = "owner" if "owner" in connections else "default", clock.today()
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute("DELETE FROM records_disclosure WHERE (day + interval '3 years')::date < %s", [today])
            self.stdout.write(f"已删除 {cursor.rowcount} 条满三年的登记")
