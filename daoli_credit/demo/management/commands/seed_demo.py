"""manage.py seed_demo: the cast, the lived-in data and the story. Harmless twice."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from daoli_credit.demo import campaigns, imported, listings, lived_in, repairs, staff, story
from records.models import CreditRecord


class Command(BaseCommand):
    help = "装入演示人物和故事（只能在演示模式下使用）"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--people", type=int, default=240, help="日常数据的人数")

    def handle(self, *args: Any, people: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("seed_demo 只能在演示模式（DAOLI_DEMO=1）下使用")
        count = staff.the_cast(settings.CAST_FILE)
        self.stdout.write(f"演示人物 {count} 人")
        if CreditRecord.objects.exists():
            self.stdout.write("演示数据已在，不再重复")
            return
        self.stdout.write(f"日常记录 {lived_in.fill(people)} 条")
        self.stdout.write(f"故事记录 {story.tell()} 条")
        self.stdout.write(f"导入批次 {imported.tell()} 个")
        self.stdout.write(f"列入案件 {listings.tell()} 件，修复 {repairs.tell()} 件，宣传活动 {campaigns.tell()} 项")
