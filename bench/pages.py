"""record: the pages of a register of N records, over HTTP, whole stack, against the SQL that they need.

limit  the statements of the page itself, caught once, run bare by psycopg2 on one connection, commit and all
ours   the page: gunicorn as `run` starts it (two workers of four threads), real sign-ins, one visitor at a time

Percentiles of `rounds` looks at each page, the pages taken in turn. Not timed: filling (bench/filling.py), signing in,
the first looks. The one visitor stands for many: how much an address may ask in a minute is not limited. A check is
asked anew each time, its statements are rolled back.
"""

import json
import os
import platform
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median, quantiles

import psycopg2
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from psycopg2.extensions import connection as Connection  # noqa: N812

from bench import filling, serving
from bench.calling import Caller
from daoli_credit import cipher
from daoli_credit.accounts.cast import CAST
from daoli_credit.accounts.models import Department, User
from daoli_credit.demo import assessed
from daoli_credit.embedded import clones, testbed
from daoli_credit.embedded.smoke.browser import Browser
from daoli_credit.law import clock, pack
from incentives.models import MatterCase
from incentives.workflows import matter_case
from records import publicity
from records.models import CreditRecord, ImportBatch, PublicPage

# every thread of every worker has a connection of its own, whose first look at a page is not the page's
WARM = 3 * serving.WORKERS * serving.THREADS
MATTER, CASE = "food-permit", "食许〔2026〕1号"
OUT = Path("bench-record.json")
Pages = dict[str, tuple[str, str]]
CHECK = "核查一人"


def a_case() -> str:
    """The form at which 赵敏 asks about an applicant of the one open case."""
    found = MatterCase.objects.filter(case_number=CASE).first()
    if found is None:
        clerk, body = User.objects.get(username="zhaomin"), Department.objects.get(code="market-regulation")
        assessed.a_matter(MATTER, pack.current().matters[MATTER].title)
        today = clock.today()
        found = matter_case.register(matter=MATTER, body=body, case_number=CASE, opened_on=today, actor=clerk)
    return f"/desk/checks/cases/{found.pk}/"


def pages() -> Pages:
    """Name: who opens it, and where."""
    market = CreditRecord.objects.filter(department__code="market-regulation")
    waiting = market.filter(status="submitted")
    alone, listed = waiting.filter(row__isnull=True).last(), waiting.filter(row__isnull=False).last()
    inforce = market.filter(status="effective", row__isnull=False).last()
    sheet = ImportBatch.objects.get(rows__record=listed)
    own = CreditRecord.objects.in_force(on=clock.today()).filter(subject=1).last()
    opened = PublicPage.objects.filter(record__in=publicity.public_today()).first()
    assert alone
    assert listed
    assert inforce
    assert own
    middle = market.filter(status="effective", pk__lt=inforce.pk * 3 // 4).first() or inforce
    return {
        "工作台（经办）": ("zhaomin", "/desk/"),
        "工作台（复核）": ("sunjianguo", "/desk/"),
        "报送记录": ("zhaomin", "/desk/records/"),
        "报送记录·待复核": ("zhaomin", "/desk/records/?status=submitted"),
        "报送记录·已生效": ("zhaomin", "/desk/records/?status=effective"),
        "报送记录·翻到当中": ("zhaomin", f"/desk/records/?before={middle.pk}"),
        "记录页（待复核）": ("sunjianguo", f"/desk/records/{alone.number}/"),
        "记录页（已生效）": ("zhaomin", f"/desk/records/{inforce.number}/"),
        "待复核": ("sunjianguo", "/desk/records/queue/"),
        "按文书逐件复核": ("sunjianguo", f"/desk/imports/{sheet.number}/review/"),
        "批次页": ("zhaomin", f"/desk/imports/{sheet.number}/"),
        "导入列表": ("zhaomin", "/desk/imports/"),
        "到期与撤下": ("zhaomin", "/desk/ends/"),
        "核查申请人（表）": ("zhaomin", a_case()),
        "本人：我的信息": ("linxiuyun", "/me/"),
        "本人：一条信息": ("linxiuyun", f"/me/records/{own.number}/"),
        "本人：谁看过": ("linxiuyun", "/me/looks/"),
        "本人：谁看过（两千次）": ("guchanglin", "/me/looks/"),
        "督导总览": ("hezhiyuan", "/supervision/"),
        "数据质量看板": ("hezhiyuan", "/desk/quality/"),
        "审计：事件": ("qinfeng", "/desk/evidence/"),
        "审计：查询记录": ("qinfeng", "/desk/evidence/looks/"),
        "审计：异常查询": ("qinfeng", "/desk/odd-looks/"),
        "公众：首页": ("", "/"),
        **({"公众：公示页": ("", f"/public/{opened.token}/")} if opened else {}),
        "公众：目录": ("", "/catalogue/"),
    }


def _user(username: str) -> User:
    if known := User.objects.filter(username=username).first():
        return known
    number = next(one.id_number for one in CAST if one.username == username)
    found = User.objects.filter(person_key=cipher.person_keys(number)[0]).first()
    assert found
    return found


def statements(username: str, address: str) -> list[str]:
    """What the page asks of the database, with its values, as the second look at it asks."""
    client = Client()
    if username:
        client.force_login(_user(username))
    client.get(address)
    # tests look at the edition anew each time; the served site does not
    with override_settings(TESTING=False), CaptureQueriesContext(connection) as caught:
        answer = client.get(address)
    if answer.status_code != 200:
        raise AssertionError(f"{address} 回答 {answer.status_code}")
    return [one["sql"] for one in caught.captured_queries]


def bare(to: Connection, asked: list[str]) -> float:
    """Milliseconds of these statements alone; every row of every answer is fetched."""
    with to.cursor() as cursor:
        begun = time.perf_counter()
        for one in asked:
            cursor.execute(one)
            if cursor.description:
                cursor.fetchall()
        return (time.perf_counter() - begun) * 1000


def looked(caller: Caller, address: str) -> float:
    """Milliseconds of one look."""
    caller.ready()
    begun = time.perf_counter()
    status, _ = caller.ask(address)
    took = (time.perf_counter() - begun) * 1000
    if status != 200:
        raise AssertionError(f"{address} 回答 {status}")
    return took


def _asks(browser: Browser, address: str, number: str) -> Callable[[], float]:
    """核查一人, form to answer: the form is open, the number is typed, the answer is read."""

    def ask() -> float:
        page = browser.open(address)
        form = next(one for one in page.forms if any("核查" in button.caption for button in one.buttons))
        caller = Caller(browser)
        caller.ready()
        begun = time.perf_counter()
        status, then = caller.ask(form.action or address, {**form.fields, "number": number})
        if status == 302:
            status, _ = caller.ask(then)
        took = (time.perf_counter() - begun) * 1000
        if status != 200:
            raise AssertionError(f"核查回答 {status}")
        return took

    return ask


def _check_statements(address: str, number: str) -> list[str]:
    client = Client()
    client.force_login(_user("zhaomin"))
    client.get(address)
    with override_settings(TESTING=False), transaction.atomic(), CaptureQueriesContext(connection) as caught:
        answer = client.post(address, {"number": number, "name": "", "request_id": "0" * 32}, follow=True)
        transaction.set_rollback(True)
    if answer.status_code != 200 or len(answer.redirect_chain) != 1:
        raise AssertionError(f"核查没有答复：{answer.status_code}")
    return ["BEGIN", *(one["sql"] for one in caught.captured_queries), "ROLLBACK"]


Measured = dict[str, dict[str, float]]


def p95(took: list[float]) -> float:
    """The nineteenth of twenty."""
    return quantiles(took, n=20)[18]


def measured(site: serving.Served, rounds: int) -> Measured:
    """Each page: p50 and p95 of HTTP and of SQL, how many statements."""
    browsers = {"": site.visitor()}
    found = pages()
    for who, _ in found.values():
        if who not in browsers:
            browsers[who] = site.citizen(who) if who.startswith(("lin", "gu")) else site.staff(who)
    number = filling.citizens()[0].id_number
    form = found["核查申请人（表）"][1]
    looks: dict[str, Callable[[], float]] = {}
    asked = {name: statements(*one) for name, one in found.items()} | {CHECK: _check_statements(form, number)}
    callers = {who: Caller(browser) for who, browser in browsers.items()}
    looks.update({name: partial(looked, callers[who], to) for name, (who, to) in found.items()})
    looks[CHECK] = _asks(browsers["zhaomin"], form, number)
    url = clones.at_database(os.environ["DATABASE_URL"], connections.settings["default"]["NAME"])
    to = psycopg2.connect(url)
    to.autocommit = True
    times: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in looks}
    for n in range(WARM + rounds):
        for name, look in looks.items():
            pair = look(), bare(to, asked[name])
            if n >= WARM:
                times[name][0].append(pair[0])
                times[name][1].append(pair[1])
    to.close()
    return {
        name: {
            "p50": median(http),
            "p95": p95(http),
            "sql50": median(sql),
            "sql95": p95(sql),
            "statements": len(asked[name]),
        }
        for name, (http, sql) in times.items()
    }


def told(rows: int, facts: Measured) -> None:
    """The table of one size."""
    print(f"\n{rows:,} 条{'':18}{'p50':>8}{'p95':>8}{'SQL p95':>9}{'倍':>6}{'语句':>5}  （毫秒）")
    for name, one in facts.items():
        wide = sum(2 if ord(mark) > 255 else 1 for mark in name)
        times = f"{one['p95'] / one['sql95']:6.1f}" if one["statements"] else f"{'–':>6}"
        cells = f"{one['p50']:8.1f}{one['p95']:8.1f}{one['sql95']:9.1f}{times}"
        print(f"{name}{'':{max(1, 26 - wide)}}{cells}{one['statements']:5.0f}", flush=True)


def run(rows: int, rounds: int) -> None:
    """Steps of ten from 10,000 to `rows`; the last line is the one to quote, over all pages of the largest.
    One address asks all the time, so the limits by address are off; everything else is as `run` serves it."""
    sizes = [size for size in (10_000, 100_000, 1_000_000, 10_000_000) if size < rows] + [rows]
    found: dict[int, Measured] = {}
    for size in sizes:
        with testbed.fresh_database() as database:
            filling.fill(size)
            with serving.served(database, throttled=False) as site:
                found[size] = measured(site, rounds)
        told(size, found[size])
    report(rows, found)


def report(rows: int, found: dict[int, Measured]) -> None:
    """JSON and the line."""
    # a page that asks nothing has no statements to be compared with
    largest = {name: one for name, one in found[rows].items() if one["statements"]}
    smallest = found[min(found)]
    worst = max(largest, key=lambda name: largest[name]["p95"] / largest[name]["sql95"])
    ratios = [one["p95"] / one["sql95"] for one in largest.values()]
    # a small register has no public page yet
    growth = [largest[name]["p95"] / smallest[name]["p95"] for name in largest if name in smallest]
    facts = {"job": "record", "rows": rows, "pages": found, "on": platform.platform()}
    OUT.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    print(
        f"record ratio={median(ratios):.1f} worst={max(ratios):.1f}（{worst}） growth={median(growth):.2f}"
        f" most={max(growth):.2f} slowest={max(one['p95'] for one in largest.values()):.0f}ms n={rows}"
    )
