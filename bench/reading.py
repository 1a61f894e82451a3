"""read: from the bytes of a workbook to rows of text, in the child process with its limits, start-up and all.

limit  polars.read_excel by calamine, in this process, into columns; nothing looked for, nothing refused
rows   the same, and then what ours hands over: rows of text in Python (`DataFrame.rows`)
ours   `records.reading.sheet.read`: hidden parts, error cells, dates and kinds looked at, rows handed over the pipe
"""

import io
import json
import platform
import time
from importlib import import_module
from pathlib import Path
from statistics import median

from bench.importing import sheet
from bench.spans import Rates, ratio, table, told
from daoli_credit.embedded import testbed
from records.reading import workbook
from records.reading.sheet import read

OUT = Path("bench-read.json")


def _ours(data: bytes, rows: int) -> float:
    begun = time.perf_counter()
    found = list(read(iter([data])).rows)
    seconds = time.perf_counter() - begun
    assert len(found) == rows + 1
    return rows / seconds


def _limit(data: bytes, rows: int, *, as_rows: bool = False) -> float:
    polars = import_module("polars")  # requirements-bench.txt

    begun = time.perf_counter()
    found = polars.read_excel(io.BytesIO(data), engine="calamine")
    if as_rows:
        found.rows()
    seconds = time.perf_counter() - begun
    assert found.height == rows
    return rows / seconds


def run(rows: int, rounds: int) -> None:
    """Interleaved rounds; the last line is the one to quote."""
    with testbed.fresh_database():
        lines = [cells for _, cells in sheet(rows)]
    data = workbook.write(lines[0], lines[1:])
    rates: Rates = {"read/limit": [], "read/ours": [], "read/rows": []}
    for number in range(1, rounds + 1):
        rates["read/ours"].append(_ours(data, rows))
        rates["read/limit"].append(_limit(data, rows))
        rates["read/rows"].append(_limit(data, rows, as_rows=True))
        told(number, rates)
    table(rates)
    facts = {"job": "read", "rows": rows, "rates": rates, "on": platform.platform()}
    OUT.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    alike = median(ours / limit for ours, limit in zip(rates["read/ours"], rates["read/rows"], strict=True))
    print(f"read ratio={ratio(rates, 'read'):.2f} as_rows={alike:.2f} n={rows}")
