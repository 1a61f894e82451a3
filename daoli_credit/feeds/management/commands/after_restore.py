"""manage.py after_restore: run once after a backup was restored, before the site and the workers are started."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from daoli_credit.accounts.models import User
from daoli_credit.audit import restored
from daoli_credit.feeds import channels
from daoli_credit.feeds.adapters import Unreachable
from daoli_credit.feeds.workflows import restoring
from records.workflows.removals import JournalAltered


class Command(BaseCommand):
    help = "恢复备份以后：进入新纪元，按撤下日志再次终止，与每个平台对账；全部完成以前什么都不送。可以重复运行。"

    def handle(self, *args: Any, **options: Any) -> None:
        found = channels.all_of_them()
        for channel in found:
            feed = restoring.close_gate(channel)
            self.stdout.write(f"{channel.title}：停止发送，纪元 {feed.epoch}")
        try:
            self.stdout.write(f"按撤下日志再次终止 {restoring.apply_journal()} 条")
        except JournalAltered as why:
            raise CommandError(f"{why}。查清以前什么都不送，也不要启动网站") from why
        waiting = [channel.title for channel in found if not self._reconciled(channel)]
        if waiting:
            raise CommandError(f"{'、'.join(waiting)} 没有对成，仍然停止发送；对方恢复以后再运行一次")
        if kept := restored.settle(actor=User.objects.system()):
            self.stdout.write(f"库外的根比数据库新，旧的另存为 {kept}，不要删")
        self.stdout.write("可以启动网站和后台进程")

    def _reconciled(self, channel: channels.Channel) -> bool:
        try:
            done = restoring.reconcile(channel)
        except Unreachable as why:
            self.stderr.write(f"{channel.title}：{why}")
            return False
        run = done.run
        self.stdout.write(
            f"{channel.title}：对方持有 {run.there} 条，重申 {done.said_again} 条，差异 {run.differences} 处"
        )
        return True
