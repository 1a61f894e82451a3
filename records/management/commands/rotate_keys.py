"""manage.py rotate_keys [--drop-old N]: after the ring has got its new current key (docs/deploy.md)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from daoli_credit import cipher
from daoli_credit.accounts.models import User
from records.workflows import retiring


class Command(BaseCommand):
    help = "把密文和个人标识换到密钥环的当前密钥；不停机，中断后重新运行即可，重复运行无害。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--portion", type=int, help="每一小批的行数")
        parser.add_argument("--drop-old", type=int, metavar="N", help="换完以后停用第 N 号密钥，删去它的个人标识")

    def handle(self, *args: Any, **options: Any) -> None:
        actor, current = User.objects.system(), cipher.ring().current
        self.stdout.write(f"换到第 {current} 号密钥")
        tally = retiring.rotate(actor=actor, tell=self._tell, portion=options["portion"])
        for fault in tally.faults:
            self.stderr.write(fault)
        if tally.faults:
            raise CommandError(f"{len(tally.faults)} 处没有换成；处理以后再运行一次")
        self.stdout.write(f"已换到第 {current} 号密钥，本次换了 {tally.total} 件，没有遗留")
        if (old := options["drop_old"]) is not None:
            try:
                gone = retiring.retire(old, actor=actor)
            except retiring.NotYet as why:
                raise CommandError(str(why)) from why
            self.stdout.write(f"第 {old} 号密钥已停用，删去 {gone} 行个人标识；密钥环里要留着它，读只增不改的旧行")

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
