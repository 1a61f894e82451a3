"""manage.py audit_proof EVENT_ID > proof.json."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from daoli_credit.audit import proof
from daoli_credit.audit.models import Event, LookUp


class Command(BaseCommand):
    help = "导出一条事件（或查询记录）的存证证明；用 check_proof.py 和库外的根核验。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, help="事件编号")
        parser.add_argument("--look", action="store_true", help="编号是查询记录的编号")

    def handle(self, *args: Any, **options: Any) -> None:
        model = LookUp if options["look"] else Event
        try:
            row = model._default_manager.get(pk=options["number"])
            found = proof.of(row)
        except (Event.DoesNotExist, LookUp.DoesNotExist) as why:
            raise CommandError(f"没有编号 {options['number']}") from why
        except proof.NotSealed as why:
            raise CommandError(str(why)) from why
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
