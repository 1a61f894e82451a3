"""manage.py rules_to_confirm: 上线前确认清单，按模块列出还待法制审核人员确认的规则。"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from daoli_credit.law import pack
from daoli_credit.law.checklist import Open, to_confirm


class Command(BaseCommand):
    help = "上线前确认清单"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rules = pack.current()
        except pack.NoEdition as why:
            raise CommandError(str(why)) from why
        waiting = to_confirm(rules)
        self.stdout.write(f"上线前确认清单：{rules.title}，共 {sum(map(len, waiting.values()))} 行")
        for module, entries in waiting.items():
            self.stdout.write(f"\n{module}（{len(entries)}）")
            for entry in entries:
                self.stdout.write(f"  {line(entry)}")


def line(entry: Open) -> str:
    rests = f"；先确认依据：{'、'.join(entry.waits_for)}" if entry.waits_for else ""
    return f"[{entry.status.label}] {entry.title}（{entry.kind} {entry.code}）：{entry.source}{rests}"
