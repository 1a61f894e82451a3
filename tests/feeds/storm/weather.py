"""天气: seeded changes of records and faults of platforms while the workers die, and the verdict afterwards."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field

import redis
from django.conf import settings
from django.db import Error, connection

from daoli_credit.embedded.clones import at_database
from daoli_credit.embedded.places import CLONE
from daoli_credit.feeds import bodies, channels
from daoli_credit.feeds.adapters import Unreachable
from daoli_credit.feeds.models import Delivery
from daoli_credit.feeds.models.delivery import UNSETTLED
from daoli_credit.feeds.workflows import sending, settling, sweeping
from records.models import CreditRecord
from records.models.revision import WITHDRAWALS, Kind
from tests.feeds.ground import Ground
from tests.feeds.storm.door import Door
from tests.feeds.storm.nursery import POINTS, SIGNALS

# What loses, doubles or delays; what refuses for good has its own tests and would leave rows held.
FAULTS = {
    "hlj": (
        "500",
        "500-after-store",
        "reset",
        "reset-after-store",
        "slow",
        "partial",
        "duplicate-receipt",
        "full-disk",
    ),
    "hrb": ("full-disk", "reset", "reset-after-store", "late", "reverse", "duplicate-receipt"),
}
NEXT = {
    Kind.EFFECTIVE: (Kind.MARKED, Kind.SUSPENDED),
    Kind.MARKED: (Kind.UNMARKED, Kind.SUSPENDED),
    Kind.UNMARKED: (Kind.MARKED, Kind.SUSPENDED),
    Kind.SUSPENDED: (Kind.RESUMED,),
    Kind.RESUMED: (Kind.MARKED, Kind.SUSPENDED),
}
QUIET_WITHIN = 600.0
WHERE = dict(zip(POINTS, ("认领以后", "送出以后", "提交当中", "听回执以前"), strict=True))
HOW = {"kill": "杀死", "stop": "停住"}


@dataclass
class Storm:
    """One storm: everything that happens follows from `seed`, but for the order in which the machine runs processes."""

    ground: Ground
    seed: int
    records: list[CreditRecord]
    terminate: bool = False  # also cut the workers' database connections now and then
    hits: dict[str, int] = field(default_factory=dict)
    revisions: int = 0
    faults: int = 0
    cut: int = 0
    door: Door | None = None  # our own web, killed and started again
    crashes: int = 0
    wiped: int = 0

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)  # noqa: S311  replayable on purpose

    def says(self) -> str:
        """种子和数目, to be replayed by."""
        struck = "；".join(
            f"{where} " + "、".join(f"{HOW[how]} {self.hits.get(f'{how}-{point}', 0)} 次" for how in SIGNALS)
            for point, where in WHERE.items()
        )
        return "\n".join(
            (
                f"种子 {self.seed}（同样的 --rows、--rounds 和 --seed {self.seed} 重放）",
                f"{len(self.records)} 条记录变更 {self.revisions} 次，建了 {Delivery.objects.count()} 件推送单",
                f"平台出错 {self.faults} 次；断开数据库连接 {self.cut} 次，数据库崩溃恢复 {self.crashes} 次，"
                f"清空消息队列 {self.wiped} 次，杀网站进程 {self.door.killed if self.door else 0} 次",
                f"发送进程：{struck}",
            )
        )

    def missed(self, times: int) -> list[str]:
        """打得不够的: a point that was not hit so often was not tried, whatever the verdict."""
        want = [f"{how}-{point}" for how in SIGNALS for point in POINTS]
        return [f"{one} 只打中 {self.hits.get(one, 0)} 次" for one in want if self.hits.get(one, 0) < times]

    def blow(self, times: int) -> None:
        """Each signal at each point `times`, while records change; then half of the records end; then it calms down."""
        plan = [(how, point) for how in SIGNALS for point in POINTS] * times
        self.dice.shuffle(plan)
        command = [sys.executable, "-m", "tests.feeds.storm.nursery", json.dumps(plan)]
        with subprocess.Popen(command, cwd=CLONE, env=environment(), stdout=subprocess.PIPE, text=True) as nursery:
            while nursery.poll() is None:
                try:
                    self._change()
                except Error:
                    connection.close()  # PostgreSQL is still recovering: this change did not happen
                time.sleep(0.1)
            assert nursery.stdout
            self.hits = json.loads(nursery.stdout.read())
        for record in self.records[::2]:
            self.ground.end(record)
        self._calm()

    def _lightning(self) -> None:
        """What a machine does to itself: PostgreSQL dies and recovers, the broker forgets, the web is killed."""
        bolt = self.dice.random()
        if bolt < 0.01:
            self._crash()
        elif bolt < 0.03:
            redis.from_url(settings.REDIS_URL).flushall()
            self.wiped += 1
        elif bolt < 0.04 and self.door:
            self.door.kill()
            self.door.open_()

    def _crash(self) -> None:
        """SIGKILL to one backend: everybody is thrown out and the log is replayed, as after a power cut."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            victims = [pid for (pid,) in cursor.fetchall()]
        if not victims:
            return
        os.kill(self.dice.choice(victims), signal.SIGKILL)
        self.crashes += 1
        end = time.monotonic() + 60
        while True:
            connection.close()
            try:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1")
            except Error:
                assert time.monotonic() < end, "数据库没有恢复"
                time.sleep(0.1)
            else:
                return

    def _change(self) -> None:
        if self.terminate:
            self._lightning()
        record = self.dice.choice(self.records)
        last = record.revisions.order_by("-number").first()
        assert last
        self.ground.revise(record, self.dice.choice(NEXT[Kind(last.kind)]))
        self.revisions += 1
        if self.dice.random() < 0.15:
            code = self.dice.choice(list(self.ground.places))
            self.ground.places[code].fault(self.dice.choice(FAULTS[code]))
            self.faults += 1
        if self.terminate and self.dice.random() < 0.05:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    " WHERE usename = current_user AND datname = current_database() AND pid <> pg_backend_pid()"
                )
                self.cut += cursor.fetchone()[0]

    def _calm(self) -> None:
        for place in self.ground.places.values():
            place.fault("", 0)
        end = time.monotonic() + QUIET_WITHIN
        while True:
            for channel in channels.all_of_them():
                sweeping.sweep(channel)
                Delivery.objects.filter(feed=channel.code, state="waiting").update(next_try_at=None)
                sending.send_batch(channel)
                try:
                    settling.poll(channel)
                except Unreachable:
                    continue
            if not Delivery.objects.filter(state__in=["waiting", "sending", "awaiting"]).exists():
                return
            assert time.monotonic() < end, "风暴以后没有平静下来"
            time.sleep(0.1)

    def judge(self) -> list[str]:
        """What is wrong, from the platforms' own word over HTTP; [] when every promise was kept."""
        return [wrong for code in self.ground.places for wrong in self._judged(code)]

    def _judged(self, code: str) -> list[str]:
        place, wrong = self.ground.places[code], []
        held = place.holdings()
        for record in self.records:
            last = record.revisions.order_by("-number").first()
            assert last
            numbers = [number for number, _ in place.applied(record.number)]
            if numbers != sorted(set(numbers)):
                wrong.append(f"{code} {record.number} 次序乱了或者办了两次：{numbers}")
            if last.kind in WITHDRAWALS:
                if record.number in held:
                    wrong.append(f"{code} {record.number} 已撤回，对方仍有")
                continue
            one = Delivery.objects.get(feed=code, revision=last)
            if held.get(record.number, (0, ""))[0] != last.number:
                wrong.append(f"{code} {record.number} 丢了第 {last.number} 版：{held.get(record.number)}")
            elif held[record.number][1] != bytes(one.digest or b"").hex() or not bodies.opened(one):
                wrong.append(f"{code} {record.number} 内容不是存下的那一份")
        for one in Delivery.objects.filter(feed=code):
            if one.state in UNSETTLED or one.tries.count() < one.attempts:
                wrong.append(f"{code} {one.key} 看不见：{one.state}，{one.attempts} 次只记下 {one.tries.count()} 次")
        return wrong


def environment() -> dict[str, str]:
    """For a process of the storm: the database and the feeds that it is about."""
    name = str(connection.settings_dict["NAME"])
    found = {**os.environ, "DATABASE_URL": at_database(os.environ["DATABASE_URL"], name)}
    found["DAOLI_FEEDS"] = " ".join(settings.FEEDS)
    for code, facts in settings.FEEDS.items():
        found |= {f"DAOLI_FEED_{code.upper()}_{word.upper()}": value for word, value in facts.items()}
    return found
