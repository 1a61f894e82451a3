"""check-one: one applicant over HTTP, whole stack, at growing numbers of records. p95 must not grow with them.

A bureau's system asks by its key: sign, rate, rules, look, measures, kept answer, commit. The production server as
`run` starts it, one caller, in a register of the size (bench/filling.py); two thirds of those who are asked about have
records, of which the open case needs some. The one caller stands for many: what an address may ask in a minute is not
limited here, what a key may ask is. Not timed: making the data.
"""

import json
import platform
import random
import time
import uuid
from datetime import timedelta
from pathlib import Path
from statistics import quantiles

import requests

from bench import filling, pages, serving
from daoli_credit.accounts import service_keys
from daoli_credit.accounts.models import Department, User
from daoli_credit.demo import people
from daoli_credit.embedded import testbed
from daoli_credit.law import clock
from incentives.models import Check, MatterCase
from incentives.workflows import matter_case

SIZES = (1000, 100, 10, 1)
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


def _cases(opened: MatterCase) -> list[str]:
    """More cases like the one that is there: not more people are asked about in any than its matter allows."""
    assert opened.opened_by is not None
    first = 1 + MatterCase.objects.count()
    numbers = [f"食许〔2026〕{first + at}号" for at in range(1 + (ASKED + WARM) // PER_CASE)]
    for number in numbers:
        matter_case.register(
            matter=opened.matter,
            body=opened.department,
            case_number=number,
            opened_on=opened.opened_on,
            actor=opened.opened_by,
        )
    return numbers


def asked(origin: str, keys: list[str], cases: list[str], numbers: list[tuple[str, str]]) -> list[float]:
    """Milliseconds of each."""
    took = []
    with requests.Session() as caller:
        for at, (name, number) in enumerate(numbers):
            headers = {
                "Authorization": f"Daoli {keys[at // PER_KEY]}",
                "Idempotency-Key": uuid.uuid4().hex,
            }
            case = cases[at // PER_CASE]
            applicant = {"application": f"{case}-{at}", "name": name, "number": number}
            body = {"case_number": case, "applicants": [applicant]}
            begun = time.perf_counter()
            answer = caller.post(f"{origin}/api/v1/checks/", json=body, headers=headers, timeout=30)
            took.append((time.perf_counter() - begun) * 1000)
            if answer.status_code != 200:
                raise AssertionError(f"{answer.status_code}：{answer.text[:300]}")
    return took[WARM:]


def _numbers(registered: int) -> list[tuple[str, str]]:
    """Whom is asked about: two of three are in the register, under the name that is known."""
    dice, found = random.Random(11), []  # noqa: S311  the same every time
    for n in range(ASKED + WARM):
        if n % 3:
            known = filling.person(1 + len(filling.citizens()) + dice.randrange(registered - len(filling.citizens())))
            found.append((known.name, known.id_number))
        else:
            found.append(("", people.number(people.YOUNGEST - timedelta(days=n // 1000), 999 - n % 1000)))
    return found


def measured(site: serving.Served, registered: int) -> list[float]:
    """Milliseconds of each check; `registered` people are in the register."""
    pages.a_case()
    cases = _cases(MatterCase.objects.get(case_number=pages.CASE))
    before = Check.objects.count()
    keys = [_key() for _ in range(1 + (ASKED + WARM) // PER_KEY)]
    took = asked(site.origin, keys, cases, _numbers(registered))
    assert Check.objects.count() == before + ASKED + WARM
    return took


def run(rows: int, rounds: int) -> None:
    """Sizes in turn, each filled once, asked `rounds` times; the median p95, and the largest against the smallest."""
    sizes = sorted({max(10_000, rows // part) for part in SIZES})
    p50: dict[int, list[float]] = {size: [] for size in sizes}
    p95: dict[int, list[float]] = {size: [] for size in sizes}
    for size in sizes:
        with testbed.fresh_database() as database:
            registered = filling.fill(size)
            with serving.served(database, throttled=False) as site:
                for number in range(1, rounds + 1):
                    cuts = quantiles(measured(site, registered), n=20)
                    p50[size].append(cuts[9])
                    p95[size].append(cuts[18])
                    print(f"第 {number} 轮 {size:>10,} 条 p50 {cuts[9]:.1f} ms p95 {cuts[18]:.1f} ms", flush=True)
    middle = {size: sorted(found)[len(found) // 2] for size, found in p95.items()}
    growth = middle[sizes[-1]] / middle[sizes[0]]
    facts = {"job": "check-one", "rows": rows, "p50": p50, "p95": p95, "growth": growth, "on": platform.platform()}
    OUT.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"check-one growth={growth:.2f} p95={middle[sizes[-1]]:.1f}ms n={rows}")
