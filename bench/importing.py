"""import: from a parsed upload to committed rows (Subject, SubjectKey, CreditRecord, BatchRow, one event of the set).

limit  COPY of the very same rows, ready, into the same tables with all their constraints, in one transaction
peer   django-import-export at its best: use_bulk, no diffs, foreign keys from a dict; its people are already there,
       it checks nothing but types and the unique key, and seals nobody
ours   every rule of intake, comparison in the sheet and with the register, sealing, preview rows, commit
"""

import io
import json
import platform
import random
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection, transaction

from daoli_credit.accounts.models import Department, User
from daoli_credit.audit import events, merkle
from daoli_credit.demo import people, staff
from daoli_credit.embedded import testbed
from daoli_credit.law import clock, pack
from records.models import CreditRecord, ImportBatch
from records.rules import columns
from records.workflows import importing

ITEM, ROWS_EACH, PEER_ROWS = "penalty-market-other", 5, 5_000
STATED = {"severity": "general", "severity_basis": "行政处罚裁量基准（示例）"}
TABLES = ("records_importbatch", "records_subject", "records_subjectkey", "records_creditrecord", "records_batchrow")
CODE, BUREAU = "1199999900000000AP", "道里区市场监督管理局（示例）"
OUT = Path("bench-import.json")

Sheet = list[tuple[int, list[str]]]


def sheet(rows: int) -> Sheet:
    """A parsed upload: header and `rows` good rows, five to a person."""
    dice, today = random.Random(20180009), clock.today()  # noqa: S311  the same sheet every time
    item = pack.current().item(ITEM)
    fields = [field for field in (*pack.current().identity, *item.fields) if not field.ignored]
    lines: Sheet = [(1, [field.zh for field in fields])]
    for n in range(rows):
        someone = n // ROWS_EACH
        born = people.ELDEST + timedelta(days=someone // 1000)
        decided = today - timedelta(days=20 + n % 300)
        row = {
            "party_name": people.SURNAMES[someone % 30] + people.GIVEN[someone % 37] + people.GIVEN[someone % 31],
            "party_type": "自然人",
            "id_type": "居民身份证",
            "id_number": people.number(born, someone % 1000),
            "document_number": f"哈里市监罚〔{decided.year}〕{n:07d}号",
            "conduct_type": "使用未经检定的计量器具",
            "facts": f"当事人于{decided - timedelta(days=40):%Y年%m月%d日}被查实使用未经检定的计量器具。",
            "legal_ground": "《中华人民共和国计量法实施细则》第四十三条",
            "penalty_kinds": "罚款",
            "penalty_content": "罚款500元",
            "fine": str(dice.choice(("0.05", "0.1", "0.2"))),
            "decided_on": decided.isoformat(),
            "authority": BUREAU,
            "authority_code": CODE,
            "source_unit": BUREAU,
            "source_unit_code": CODE,
        }
        lines.append((n + 2, [row.get(field.name, "") for field in fields]))
    return lines


def _bureau() -> tuple[User, Department]:
    staff.the_cast("")
    return User.objects.get(username="zhaomin"), Department.objects.get(code="market-regulation")


def ours(lines: Sheet) -> tuple[float, dict[str, str]]:
    """Seconds, and the rows that came out, as COPY writes them."""
    clerk, body = _bureau()
    batch = importing.upload(department=body, item=ITEM, name="x.csv", data=b"-", stated=STATED, actor=clerk)
    system = User.objects.system()
    batch = importing.begin(batch_id=batch.pk, actor=system)
    found = columns.match(pack.current().item(ITEM), [cells for _, cells in lines[:1]], today=clock.today())
    begun = time.perf_counter()
    batch = importing.preview(batch=batch, kind="CSV", found=found, body=lines[1:], actor=system)
    importing.commit(batch_id=batch.pk, actor=clerk, seen=batch.revision)
    seconds = time.perf_counter() - begun
    assert CreditRecord.objects.filter(status="submitted").count() == len(lines) - 1
    ready = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            text = io.StringIO()
            cursor.copy_expert(f"COPY {table} TO STDOUT", text)
            ready[table] = text.getvalue()
    return seconds, ready


def limit(ready: dict[str, str]) -> float:
    """Seconds for the same rows by COPY alone."""
    clerk, _ = _bureau()
    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.copy_expert(f"COPY {table} FROM STDIN", io.StringIO(ready[table]))
        events.record(
            act="record.submitted", noun="creditrecord", object_id="*", actor=clerk, root=merkle.root_of_values([1])
        )
    seconds = time.perf_counter() - begun
    assert ImportBatch.objects.count() == 1
    return seconds


def peer(ready: dict[str, str]) -> tuple[float, int]:
    """Seconds and rows of the peer; raises ImportError when it is not installed (requirements-bench.txt)."""
    from import_export import resources  # noqa: PLC0415
    from tablib import Dataset  # noqa: PLC0415

    _bureau()
    with connection.cursor() as cursor:
        for table in ("records_subject", "records_subjectkey"):
            cursor.copy_expert(f"COPY {table} FROM STDIN", io.StringIO(ready[table]))
        cursor.copy_expert("COPY records_creditrecord FROM STDIN", io.StringIO(ready["records_creditrecord"]))
        names = [field.attname for field in CreditRecord._meta.concrete_fields if field.attname != "id"]
        rows = list(CreditRecord.objects.order_by("pk").values_list(*names)[:PEER_ROWS])
        cursor.execute("DELETE FROM records_creditrecord")

    class Records(resources.ModelResource):  # type: ignore[misc]
        """Its best set-up: bulk, one batch of 1000 after another, no look-ups per row."""

        class Meta:
            model = CreditRecord
            fields = names
            import_id_fields = ()
            use_bulk, batch_size, force_init_instance = True, 1000, True
            skip_diff = skip_html_diff = True
            use_transactions = True

        def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
            for name in names:
                setattr(instance, name, row[name])

        def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
            """Not the reset of the sequence: the application's role may not, and it would only cost time."""

    data = Dataset(*rows, headers=names)
    begun = time.perf_counter()
    result = Records().import_data(data, dry_run=False, raise_errors=True)
    seconds = time.perf_counter() - begun
    assert CreditRecord.objects.count() == len(rows) == result.total_rows
    return seconds, len(rows)


def _in_a_new_database(job: Callable[[], Any]) -> Any:
    with testbed.fresh_database():
        return job()


def run(rows: int, rounds: int) -> None:
    """Interleaved rounds; medians with their range; the last line is the one to quote."""
    with testbed.fresh_database():
        lines = sheet(rows)
    rates: dict[str, list[float]] = {"limit": [], "ours": [], "peer": []}
    absent = ""
    for number in range(1, rounds + 1):
        seconds, ready = _in_a_new_database(partial(ours, lines))
        rates["ours"].append(rows / seconds)
        rates["limit"].append(rows / _in_a_new_database(partial(limit, ready)))
        try:
            seconds, count = _in_a_new_database(partial(peer, ready))
            rates["peer"].append(count / seconds)
        except ImportError as why:
            absent = f"没有安装对照 django-import-export（{why}）：pip install -r requirements-bench.txt"
        print(f"第 {number} 轮 " + " ".join(f"{name} {found[-1]:,.0f}" for name, found in rates.items() if found))
    report(rows, rates, absent)


def report(rows: int, rates: dict[str, list[float]], absent: str) -> None:
    """The table, the JSON and the line."""
    middle = {name: median(found) for name, found in rates.items() if found}
    ratio = median(o / n for o, n in zip(rates["ours"], rates["limit"], strict=True))
    times = f"{middle['ours'] / middle['peer']:.1f}x" if "peer" in middle else "none"
    print(f"\n{'':8}{'行/秒（中位）':>14}{'最低':>10}{'最高':>10}{'比 COPY':>10}")
    for name, found in rates.items():
        if found:
            share = middle[name] / middle["limit"]
            print(f"{name:8}{middle[name]:>16,.0f}{min(found):>12,.0f}{max(found):>12,.0f}{share:>10.2f}")
    if absent:
        print(absent)
    facts = {"job": "import", "rows": rows, "rates": rates, "ratio": ratio, "peer": times, "on": platform.platform()}
    OUT.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"import ratio={ratio:.2f} peer={times} n={rows}")
