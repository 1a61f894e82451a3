"""check-one: one applicant over HTTP, whole stack, at growing numbers of records. p95 must not grow with them.

A bureau's system asks by its key: sign, rate, rules, look, measures, kept answer, commit. One process of the production
server with four threads, one caller; a third of those who are asked about have a record. Not timed: making the data.
"""

import contextlib
import json
import os
import platform
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from statistics import quantiles

import requests

from bench import checking
from bench.importing import sheet
from daoli_credit.accounts import service_keys
from daoli_credit.accounts.models import Department, User
from daoli_credit.demo import people
from daoli_credit.embedded import clones, testbed
from daoli_credit.law import clock
from incentives.models import Check, MatterCase
from incentives.workflows import matter_case

SIZES = (100, 10, 1)
ASKED, WARM = 300, 20
PER_KEY = 100  # fewer than a key may ask in a minute
PER_CASE = 40  # fewer than a case lets through one by one
OUT = Path("bench-check-one.json")


def _key() -> str:
    made = service_keys.ask(
        actor=User.objects.get(username="mengfan"),
        title="压力测试",
        department=Department.objects.get(code="market-regulation"),
        scopes=["checks"],
        expires_on=clock.today() + timedelta(days=30),
    )
    service_keys.approve(key_id=made.key.pk, actor=User.objects.get(username="jianglan"))
    return made.text


def _cases(opened: MatterCase) -> None:
    """More cases like the one that is there: not more people are asked about in any than its matter allows."""
    assert opened.opened_by is not None
    for at in range(1 + (ASKED + WARM) // PER_CASE):
        matter_case.register(
            matter=opened.matter,
            body=opened.department,
            case_number=f"{opened.case_number}{at}",
            opened_on=opened.opened_on,
            actor=opened.opened_by,
        )


@contextlib.contextmanager
def _served(database: str) -> Iterator[str]:
    """The production server over this database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "DATABASE_URL": clones.at_database(os.environ["DATABASE_URL"], database)}
    words = ["gunicorn", "daoli_credit.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4", "--log-level", "error"]
    server = subprocess.Popen([sys.executable, "-m", *words], env=environment)
    try:
        for _ in range(200):
            with contextlib.suppress(requests.ConnectionError):
                requests.get(f"http://127.0.0.1:{port}/healthz/", timeout=5)
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def asked(origin: str, keys: list[str], numbers: list[tuple[str, str]]) -> list[float]:
    """Milliseconds of each."""
    took = []
    with requests.Session() as caller:
        for at, (name, number) in enumerate(numbers):
            headers = {
                "Authorization": f"Daoli {keys[at // PER_KEY]}",
                "Idempotency-Key": f"bench-{at:08d}",
                "Host": "testserver",
            }
            case = f"{checking.CASE}{at // PER_CASE}"
            applicant = {"application": f"{case}-{at}", "name": name, "number": number}
            body = {"case_number": case, "applicants": [applicant]}
            begun = time.perf_counter()
            answer = caller.post(f"{origin}/api/v1/checks/", json=body, headers=headers, timeout=30)
            took.append((time.perf_counter() - begun) * 1000)
            if answer.status_code != 200:
                raise AssertionError(f"{answer.status_code}：{answer.text[:300]}")
    return took[WARM:]


def _numbers(listed: int) -> list[tuple[str, str]]:
    dice, known = random.Random(11), sheet(listed * 5)[1::5]  # noqa: S311  the same every time
    found = []
    for n in range(ASKED + WARM):
        if n % 3:
            found.append(("", people.number(people.ELDEST + timedelta(days=7000 + n // 1000), n % 1000)))
        else:
            cells = dice.choice(known)[1]
            found.append((cells[0], cells[3]))
    return found


def run(rows: int, rounds: int) -> None:
    """Sizes in turn, `rounds` times; the median p95 of each, and how the largest compares with the smallest."""
    sizes = [max(100, rows // part) for part in SIZES]
    p50: dict[int, list[float]] = {size: [] for size in sizes}
    p95: dict[int, list[float]] = {size: [] for size in sizes}
    for number in range(1, rounds + 1):
        for size in sizes:
            checking.LISTED = size
            with testbed.fresh_database() as database:
                _cases(checking._listed())
                keys = [_key() for _ in range(1 + (ASKED + WARM) // PER_KEY)]
                with _served(database) as origin:
                    took = asked(origin, keys, _numbers(size))
                assert Check.objects.count() == ASKED + WARM
            cuts = quantiles(took, n=20)
            p50[size].append(cuts[9])
            p95[size].append(cuts[18])
            print(f"第 {number} 轮 {size:>9,} 条 p50 {cuts[9]:.1f} ms p95 {cuts[18]:.1f} ms", flush=True)
    middle = {size: sorted(found)[len(found) // 2] for size, found in p95.items()}
    growth = middle[sizes[-1]] / middle[sizes[0]]
    facts = {"job": "check-one", "rows": rows, "p50": p50, "p95": p95, "growth": growth, "on": platform.platform()}
    OUT.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"check-one growth={growth:.2f} p95={middle[sizes[-1]]:.1f}ms n={rows}")
