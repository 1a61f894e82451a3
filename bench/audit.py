"""audit: what evidence costs the acts it witnesses, how fast it is sealed, how fast a million events are verified.

act     a whole act through `taking()` (报送, 退回 in turn), one transaction each, 8 processes
        limit: the very same act with the event left out; peer: the same with django-auditlog watching the record
row     the event alone, one INSERT and COMMIT each, 8 processes
        limit: the same columns, checks and indexes in a plain table without triggers or partitions
seal    from a full queue to committed seals and roots on disk; limit: emptying the queue, and nothing else
leaves  the check that hashes every row anew; limit: SHA-256 in a Python loop over the same canonical bytes in memory
verify  `manage.py audit verify`, every check of it, Merkle nodes and lost rows included; the same limit;
        peer: a plain script that must also read the rows that it hashes, and checks nothing

The servers commit as in production: fsync and synchronous_commit on. Beside the acts a second stands how many one
second of processor gives (writers and their server processes together): on a machine that others use too, only that
is the same from round to round.
"""

import json
import multiprocessing
import os
import platform
import time
from collections.abc import Callable
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

import psycopg2
from django.apps import apps
from django.conf import settings
from django.db import connection

from bench import sealed, spans
from bench.sealed import COLUMNS
from daoli_credit.accounts.models import Department, User
from daoli_credit.audit import events
from daoli_credit.demo import lived_in, people, staff
from daoli_credit.embedded import clones, testbed
from daoli_credit.law import clock
from records.identity import Identity
from records.models import CreditRecord
from records.rules.id_number import RESIDENT
from records.workflows import record as acts

WRITERS, SECONDS = 8, 2.0
OUT = Path("bench-audit.json")
VALUES = (
    "2026-11-27, user:12, 赵敏, market-regulation, record.submitted, creditrecord, {}, draft, submitted, 材料齐全，同意"
)
Job = Callable[[int], tuple[Callable[[int], None], int]]


def _ready() -> None:
    staff.the_cast("")
    clerk, bureau = User.objects.get(username="zhaomin"), Department.objects.get(code="market-regulation")
    for n in range(WRITERS):
        who = Identity(f"林秀{people.GIVEN[n]}", RESIDENT, people.number(people.ELDEST + timedelta(days=n), n))
        decided = clock.today() - timedelta(days=10)
        raw = lived_in.penalty("penalty-food", who, bureau, decided=decided, serial=n + 1, severity="general")
        checked = lived_in.checked("penalty-food", raw, clock.today())
        acts.enter(department=bureau, checked=checked, actor=clerk)
    with clones.cursor_at(testbed.owner_url()) as cursor:
        cursor.execute("CREATE TABLE bench_plain (LIKE audit_event INCLUDING ALL)")
        cursor.execute("CREATE SEQUENCE bench_plain_id; GRANT ALL ON bench_plain, bench_plain_id TO daoli_app")
        cursor.execute("ALTER TABLE bench_plain ALTER id SET DEFAULT nextval('bench_plain_id')")
        cursor.execute("ALTER TABLE bench_plain ALTER leaf SET DEFAULT sha256('')")


def _act(writer: int) -> tuple[Callable[[int], None], int]:
    clerk, reviewer = (User.objects.get(username=name) for name in ("zhaomin", "sunjianguo"))
    pk = CreditRecord.objects.order_by("pk").values_list("pk", flat=True)[writer]

    def one(n: int) -> None:
        if n % 2:
            acts.send_back(record_id=pk, actor=reviewer, opinion="请核对", seen=1)
        else:
            acts.submit(record_id=pk, actor=clerk, seen=1)

    return one, connection.connection.info.backend_pid


def _act_without(writer: int) -> tuple[Callable[[int], None], int]:
    events.record = lambda **given: None  # type: ignore[assignment]  # in this process only
    return _act(writer)


def _act_with_peer(writer: int) -> tuple[Callable[[int], None], int]:
    from auditlog.registry import auditlog  # noqa: PLC0415

    auditlog.register(CreditRecord)
    return _act_without(writer)


def _row(table: str) -> Job:
    def prepared(writer: int) -> tuple[Callable[[int], None], int]:
        own = psycopg2.connect(**connection.get_connection_params())
        cursor = own.cursor()
        marks = ", ".join(["%s"] * (COLUMNS.count(",") + 1))
        statement = f"INSERT INTO {table} ({COLUMNS}, revision) VALUES ({marks}, 1)"  # noqa: S608 - our own constants

        def one(n: int) -> None:
            cursor.execute(statement, VALUES.format(n).split(", "))
            own.commit()

        return one, own.info.backend_pid

    return prepared


JOBS: dict[str, Job] = {
    "act/limit": _act_without,
    "act/ours": _act,
    "act/peer": _act_with_peer,
    "row/limit": _row("bench_plain"),
    "row/ours": _row("audit_event"),
}


def _processor(server: int) -> float:
    """Seconds of processor that this process and its server process have had."""
    return time.process_time() + int(Path(f"/proc/{server}/schedstat").read_text().split()[0]) / 1e9


def _write(job: Job, writer: int, barrier: Any, done: Any) -> None:
    (one, server), n = job(writer), 0
    one(0), one(1)  # caches are warm, connections open
    barrier.wait()
    begun = _processor(server)
    until = time.perf_counter() + SECONDS
    while time.perf_counter() < until or n % 2:
        one(n)
        n += 1
    done.put((n, _processor(server) - begun))


def writes(job: Job) -> tuple[float, float]:
    """Acts or rows a second, of all writers together, and a second of processor. Raises RuntimeError."""
    connection.close()
    fork = multiprocessing.get_context("fork")
    barrier, done = fork.Barrier(WRITERS), fork.Queue()
    writers = [fork.Process(target=_write, args=(job, n, barrier, done)) for n in range(WRITERS)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    if any(one.exitcode for one in writers):
        raise RuntimeError("有写入进程没有办完")
    counts, seconds = zip(*(done.get() for _ in writers), strict=True)
    return sum(counts) / SECONDS, sum(counts) / sum(seconds)


def peer_is_ready() -> str:
    """django-auditlog in this database, or why it is not there."""
    if not find_spec("auditlog"):
        return "没有安装对照 django-auditlog：pip install -r requirements-bench.txt"
    if not apps.is_installed("auditlog"):
        apps.set_installed_apps([*settings.INSTALLED_APPS, "auditlog"])
    entry = apps.all_models["auditlog"]["logentry"]
    with connection.schema_editor(collect_sql=True) as editor:
        editor.create_model(entry)
    with clones.cursor_at(testbed.owner_url()) as cursor:
        cursor.execute("\n".join(editor.collected_sql))
        cursor.execute("GRANT ALL ON auditlog_logentry TO daoli_app")
        cursor.execute("GRANT ALL ON SEQUENCE auditlog_logentry_id_seq TO daoli_app")
    return ""


def run(rows: int, rounds: int) -> None:
    """Interleaved rounds: writes in one database, sealing and verifying in another."""
    rates: dict[str, list[float]] = {}

    def note(name: str, rate: float) -> None:
        rates.setdefault(name, []).append(rate)

    settings.EVIDENCE_DIR = Path(os.environ["DAOLI_EVIDENCE_DIR"]) / "writes"
    with testbed.fresh_database():
        _ready()
        absent = peer_is_ready()
        jobs = {name: job for name, job in JOBS.items() if not absent or name != "act/peer"}
        for number in range(rounds):
            for name in sorted(jobs, reverse=bool(number % 2)):
                rate, worth = writes(jobs[name])
                note(name, rate)
                note(name.replace("/", "·处理器/"), worth)
            spans.told(number + 1, rates)
    for number in range(min(rounds, 3) if rows else 0):
        settings.EVIDENCE_DIR = Path(os.environ["DAOLI_EVIDENCE_DIR"]) / f"seals-{number}"
        with testbed.fresh_database():
            note("fill", rows / sealed.fill(rows))
            emptied, sealing = sealed.sealing(rows)
            note("seal/limit", emptied)
            note("seal/ours", sealing)
            for _ in range(2):
                note("verify/limit", sealed.hash_loop(rows))
                note("verify/ours", sealed.verifying())
                note("verify/peer", sealed.reading_loop(rows))
                note("leaves/limit", rates["verify/limit"][-1])
                note("leaves/ours", sealed.leaves())
            spans.told(number + 1, rates)
    report(rows, rates, absent)


def report(rows: int, rates: dict[str, list[float]], absent: str) -> None:
    """The table, the JSON and the line."""
    spans.table(rates)
    if absent:
        print(absent)
    act, worth, row, row_worth = (spans.ratio(rates, name) for name in ("act", "act·处理器", "row", "row·处理器"))
    peer = f"{median(rates['act/ours']) / median(rates['act/peer']):.2f}x" if "act/peer" in rates else "none"
    facts = {"job": "audit", "rows": rows, "rates": rates, "on": platform.platform(), "load": os.getloadavg()}
    OUT.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    print(
        f"audit ratio={act:.2f} processor={worth:.2f} row={row:.2f} row_processor={row_worth:.2f} peer={peer}", end=""
    )
    if rows:
        verified = spans.ratio(rates, "verify")
        hashed = spans.ratio(rates, "leaves")
        script = median(rates["verify/ours"]) / median(rates["verify/peer"])
        print(f" seal={median(rates['seal/ours']):.0f}/s leaves={hashed:.2f} verify={verified:.2f}", end="")
        print(f" verify_peer={script:.2f}x", end="")
    print(f" n={rows}")
