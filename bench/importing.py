"""import: from a parsed upload to committed rows (Subject, SubjectKey, CreditRecord, BatchRow, one event of the set).

limit  COPY of the very same rows, ready, into the same tables with all their constraints, in one transaction
peer   django-import-export at its best on the same parsed sheet: use_bulk, no diffs, people from a dict. They are
       already there; it checks the digit of their numbers and one date, seals nobody, keeps no preview, no event
same   django-import-export doing the same job as ours, row by row, in bulk (`bench.same_job`)
ours   every rule of intake, comparison in the sheet and with the register, sealing, preview rows, commit
"""

import hashlib
import io
import json
import platform
import time
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection, transaction

from bench.same_job import same_job
from bench.spans import Watch
from bench.the_sheet import ITEM, STATED, Sheet, Spent, bureau, sheet
from daoli_credit import cipher
from daoli_credit.accounts.models import User
from daoli_credit.audit import events, merkle
from daoli_credit.embedded import testbed
from daoli_credit.law import clock, pack
from records.models import CreditRecord, ImportBatch, SubjectKey
from records.rules import columns, id_number
from records.workflows import importing, uploading

PEER_ROWS = 5_000
TABLES = ("records_importbatch", "records_subject", "records_subjectkey", "records_creditrecord", "records_batchrow")
OUT = Path("bench-import.json")


def ours(lines: Sheet) -> tuple[Spent, dict[str, str]]:
    """What it took, and the rows that came out, as COPY writes them."""
    clerk, body = bureau()
    batch = uploading.upload(department=body, item=ITEM, name="x.csv", data=b"-", stated=STATED, actor=clerk)
    system = User.objects.system()
    batch = importing.begin(batch_id=batch.pk, actor=system)
    found = columns.match(pack.current().item(ITEM), [cells for _, cells in lines[:1]], today=clock.today())
    watch = Watch()
    batch = importing.preview(batch=batch, kind="CSV", found=found, body=lines[1:], actor=system)
    importing.commit(batch_id=batch.pk, actor=clerk, seen=batch.revision)
    spent = watch.read()
    assert CreditRecord.objects.filter(status="submitted").count() == len(lines) - 1
    ready = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            text = io.StringIO()
            cursor.copy_expert(f"COPY {table} TO STDOUT", text)
            ready[table] = text.getvalue()
    return spent, ready


def limit(ready: dict[str, str]) -> Spent:
    """What the same rows take by COPY alone."""
    clerk, _ = bureau()
    watch = Watch()
    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.copy_expert(f"COPY {table} FROM STDIN", io.StringIO(ready[table]))
        events.record(
            act="record.submitted", noun="creditrecord", object_id="*", actor=clerk, root=merkle.root_of_values([1])
        )
    spent = watch.read()
    assert ImportBatch.objects.count() == 1
    return spent


def peer(lines: Sheet, ready: dict[str, str]) -> tuple[float, int]:
    """Seconds and rows of the peer; raises ImportError when it is not installed (requirements-bench.txt)."""
    from import_export import fields, resources, widgets  # noqa: PLC0415
    from tablib import Dataset  # noqa: PLC0415

    clerk, body = bureau()
    with connection.cursor() as cursor:
        for table in ("records_subject", "records_subjectkey"):
            cursor.copy_expert(f"COPY {table} FROM STDIN", io.StringIO(ready[table]))
    item, today, edition = pack.current().item(ITEM), clock.today(), pack.current().edition
    names = [field.name for field in (*pack.current().identity, *item.fields) if not field.ignored]
    contents = [field.name for field in item.fields if field.name in names and field.name != "document_number"]
    people_there = SubjectKey.objects.values_list("digest", "subject_id")
    by_key = {bytes(digest): subject for digest, subject in people_there}
    by_number = {cells[3]: by_key[cipher.person_keys(cells[3])[0]] for _, cells in lines[1 : PEER_ROWS + 1]}
    numbers = count(1)

    class Records(resources.ModelResource):  # type: ignore[misc]
        """Its best set-up: bulk, one batch of 1000 after another, no diffs, people from a dict, no look-ups per row."""

        document_number = fields.Field(attribute="document_number", column_name="document_number")
        determined_on = fields.Field(
            attribute="determined_on", column_name="decided_on", widget=widgets.DateWidget("%Y-%m-%d")
        )

        class Meta:
            model = CreditRecord
            fields = ("document_number", "determined_on")
            import_id_fields = ()
            use_bulk, batch_size, force_init_instance = True, 1000, True
            skip_diff = skip_html_diff = True
            use_transactions = True

        def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
            """Two fields by their widgets; the person, the content and what is fixed by hand, as cheaply as can be."""
            super().import_instance(instance, row, **kwargs)
            number = row["id_number"]
            if id_number.check_digit(number[:17]) != number[17]:
                raise ValueError("校验位")
            instance.subject_id, instance.number = by_number[number], f"PEER-{next(numbers)}"
            instance.item_id, instance.department_id, instance.edition = ITEM, body.pk, edition
            instance.content = {name: row[name] for name in contents if row[name]}
            instance.content_digest = hashlib.sha256(repr(instance.content).encode()).digest()
            instance.entered_by_id = instance.submitted_by_id = clerk.pk
            instance.status = CreditRecord._meta.get_field("status").default
            instance.submitted_on = instance.first_submitted_on = today

        def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
            """Not the reset of the sequence: the application's role may not, and it would only cost time."""

    begun = time.perf_counter()
    data = Dataset(*(cells for _, cells in lines[1 : PEER_ROWS + 1]), headers=names)
    result = Records().import_data(data, dry_run=False, raise_errors=True)
    seconds = time.perf_counter() - begun
    assert CreditRecord.objects.count() == len(data) == result.total_rows
    return seconds, len(data)


def _in_a_new_database(job: Callable[[], Any]) -> Any:
    with testbed.fresh_database():
        return job()


def run(rows: int, rounds: int) -> None:
    """Interleaved rounds; medians with their range; the last line is the one to quote."""
    with testbed.fresh_database():
        lines = sheet(rows)
    rates: dict[str, list[float]] = {"limit": [], "ours": [], "peer": [], "same": []}
    worth: list[float] = []
    each: list[float] = []
    absent = ""
    for number in range(1, rounds + 1):
        (seconds, work), ready = _in_a_new_database(partial(ours, lines))
        rates["ours"].append(rows / seconds)
        seconds, least = _in_a_new_database(partial(limit, ready))
        rates["limit"].append(rows / seconds)
        worth.append(least / work)
        try:
            seconds, timed = _in_a_new_database(partial(peer, lines, ready))
            rates["peer"].append(timed / seconds)
            (seconds, slow), timed = _in_a_new_database(partial(same_job, lines))
            rates["same"].append(timed / seconds)
            each.append((slow / timed) / (work / rows))
        except ImportError as why:
            absent = f"没有安装对照 django-import-export（{why}）：pip install -r requirements-bench.txt"
        print(
            f"第 {number} 轮 " + " ".join(f"{name} {found[-1]:,.0f}" for name, found in rates.items() if found),
            f"处理器 微秒/行 limit {least / rows * 1e6:.1f} ours {work / rows * 1e6:.1f}",
            flush=True,
        )
    report(rows, rates, worth, each, absent)


def report(rows: int, rates: dict[str, list[float]], worth: list[float], each: list[float], absent: str) -> None:
    """The table, the JSON and the line."""
    middle = {name: median(found) for name, found in rates.items() if found}
    ratio = median(o / n for o, n in zip(rates["ours"], rates["limit"], strict=True))
    times = f"{middle['ours'] / middle['peer']:.1f}x" if "peer" in middle else "none"
    same = f"{middle['ours'] / middle['same']:.1f}x same_processor={median(each):.1f}x" if each else "none"
    print(f"\n{'':8}{'行/秒（中位）':>14}{'最低':>10}{'最高':>10}{'比 COPY':>10}")
    for name, found in rates.items():
        if found:
            share = middle[name] / middle["limit"]
            print(f"{name:8}{middle[name]:>16,.0f}{min(found):>12,.0f}{max(found):>12,.0f}{share:>10.2f}")
    if absent:
        print(absent)
    facts = {
        "job": "import",
        "rows": rows,
        "rates": rates,
        "ratio": ratio,
        "processor": worth,
        "peer": times,
        "same": same,
        "on": platform.platform(),
    }
    OUT.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"import ratio={ratio:.2f} processor={median(worth):.2f} peer={times} same={same} n={rows}")
