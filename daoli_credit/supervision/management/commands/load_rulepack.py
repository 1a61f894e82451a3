"""manage.py load_rulepack [EDITION] [--dry-run]: 载入规则版本，说明增加、修改、删去了什么；再运行一次不会改变什么。"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from daoli_credit.accounts import departments
from daoli_credit.law import loader
from daoli_credit.law.editions import BadPack
from daoli_credit.law.pack import DemoRefused
from records.workflows import catalogue


class Command(BaseCommand):
    help = "载入规则版本"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", nargs="?", default=settings.EDITION, help="版本编号，默认为 DAOLI_EDITION")
        parser.add_argument("--dry-run", action="store_true", help="只核对和比较，不载入")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = loader.load(options["edition"], dry_run=options["dry_run"])
        except (BadPack, DemoRefused) as why:
            raise CommandError(str(why)) from why
        for word, codes in (("增加", report.added), ("修改", report.changed), ("删去", report.removed)):
            for kind, each in codes.items():
                self.stdout.write(f"{word} {kind}（{len(each)}）：{'、'.join(code for code in each if code)}")
        for one in report.rewritten:
            place = " ".join(word for word in (one.kind, one.code, one.column) if word)
            self.stdout.write(f"改写 {place}：{one.before} → {one.after}")
        for row in report.overlaid:
            self.stdout.write(f"叠加受影响 {row.kind} {row.code}（{row.title}）：{row.before} → {row.after}")
        if not options["dry_run"]:
            # law writes its edition and nothing else; whoever rests on it pulls (design.md §4)
            bodies = departments.load()
            items, providers = catalogue.pull()
            self.stdout.write(f"部门 {bodies}；目录事项 {items}；归集单位 {providers}")
        self.stdout.write(f"{report.title} {report.edition}，摘要 {report.digest[:12]}：{outcome(report)}")


def outcome(report: loader.LoadReport) -> str:
    if report.written:
        return "已载入"
    return "与现行版本相同，未改动" if report.is_same else "只作比较，未载入"
