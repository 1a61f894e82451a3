"""manage.py audit verify | seal."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from daoli_credit.audit import sealer, verify
from daoli_credit.audit.roots import RootsDisagree


class Command(BaseCommand):
    help = "存证：verify 核验全部存证，有一处不符即以 1 退出；seal 立即封存。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["verify", "seal"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "seal":
            self.seal()
        else:
            self.verify()

    def seal(self) -> None:
        try:
            sealed = sealer.seal()
        except RootsDisagree as why:
            raise CommandError(str(why)) from why
        if sealed is None:
            self.stdout.write("没有待封存的行")
        else:
            self.stdout.write(f"已封存 {sealed.rows} 条，至第 {sealed.last} 次封存")

    def verify(self) -> None:
        broken = 0
        for finding in verify.verify():
            broken += not finding.ok
            self.stdout.write(f"{'通过' if finding.ok else '不符'}  {finding.text}")
        if broken:
            self.stderr.write(f"核验不通过：{broken} 处不符")
            sys.exit(1)
        self.stdout.write("核验通过")
