"""manage.py load_plan: 装入方案、任务、责任分工和条款；再运行一次不会改变什么。"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from daoli_credit.supervision.plan_files import PlanFileError
from daoli_credit.supervision.plan_load import load


class Command(BaseCommand):
    help = "装入实施方案：部门、任务、责任分工、条款"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load()
        except PlanFileError as why:
            raise CommandError("方案没有装入：\n" + "\n".join(why.findings)) from why
        self.stdout.write("；".join(f"{kind} {count}" for kind, count in report.totals.items()))
        if not report.changes:
            self.stdout.write("没有变化")
        for (kind, what), count in report.changes.items():
            self.stdout.write(f"{what}{kind} {count}")
