"""manage.py drop_evidence_month YYYY-MM: run as the owner when the term is over."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections, transaction

from daoli_credit.audit.dropped import DropRefused, drop
from daoli_credit.audit.verify_rows import SOURCES
from daoli_credit.law import clock


class Command(BaseCommand):
    help = "保存期满后整月删除存证；叶子和根保留，核验仍能通过并说明删除依据。由所有者执行。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("month", metavar="YYYY-MM", help="月份")
        parser.add_argument("--table", choices=[source.table for source in SOURCES], help="只删其中一张表")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            month = datetime.strptime(options["month"], "%Y-%m").date()
        except ValueError as why:
            raise CommandError("月份写成 2026-11 的样子") from why
        alias = "owner" if "owner" in connections else "default"
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            for source in SOURCES:
                if options["table"] in {None, source.table}:
                    try:
                        rows = drop(cursor, source, month, clock.today())
                    except DropRefused as why:
                        raise CommandError(str(why)) from why
                    self.stdout.write(f"{source.title} {month:%Y-%m}：已删除 {rows} 条，叶子和根保留")
