"""read: from the bytes of a workbook to rows of text, in the child process with its limits, start-up and all.

limit  polars.read_excel by calamine, in this process, into columns; nothing looked for, nothing refused
rows   the same, and then what ours hands over: rows of text in Python (`DataFrame.rows`)
ours   `records.reading.sheet.read`: hidden parts, error cells, dates and kinds looked at, rows handed over the pipe

processor: rows for a second of the processor, the child's among them, beside those of limit and of rows.
"""

import io
import json
import os
import platform
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from statistics import median

from bench.spans import Rates, ratio, table, told
from bench.the_sheet import sheet
from daoli_credit.embedded import testbed
from records.reading import workbook
from records.reading.sheet import read

OUT = Path("bench-read.json")


def _worked() -> float:
    """Seconds of the processor that this process and its children that have ended have had."""
    return sum(os.times()[:4])


def _rate(rows: int, job: Callable[[], int]) -> tuple[float, float]:
    """Rows a second by the clock, and for a second of the processor."""
    begun, before = time.perf_counter(), _worked()
    found = job()
    spent, work = time.perf_counter() - begun, _worked() - before
    assert found == rows
    return rows / spent, rows / work


def _ours(data: bytes) -> int:
    return len(list(read(iter([data])).rows)) - 1


def _limit(data: bytes, *, as_rows: bool = False) -> int:
    polars = import_module("polars")  # requirements-bench.txt
    found = polars.read_excel(io.BytesIO(data), engine="calamine")
    if as_rows:
        found.rows()
    return int(found.height)


def run(rows: int, rounds: int) -> None:
    """Interleaved rounds; the last line is the one to quote."""
    with testbed.fresh_database():
        lines = [cells for _, cells in sheet(rows)]
    data = workbook.write(lines[0], lines[1:])
    jobs = {"ours": partial(_ours, data), "limit": partial(_limit, data), "rows": partial(_limit, data, as_rows=True)}
    rates: Rates = {f"{span}/{name}": [] for span in ("read", "processor") for name in jobs}
    for number in range(1, rounds + 1):
        for name, job in jobs.items():
            by_clock, of_processor = _rate(rows, job)
            rates[f"read/{name}"].append(by_clock)
            rates[f"processor/{name}"].append(of_processor)
        told(number, rates)
    table(rates)
    facts = {"job": "read", "rows": rows, "rates": rates, "on": platform.platform()}
    OUT.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    alike = [_beside(rates, span) for span in ("read", "processor")]
    print(
        f"read ratio={ratio(rates, 'read'):.2f} as_rows={alike[0]:.2f} "
        f"processor={ratio(rates, 'processor'):.2f} processor_as_rows={alike[1]:.2f} n={rows}"
    )


def _beside(rates: Rates, span: str) -> float:
    """Median over the rounds of ours to what hands over the same."""
    pairs = zip(rates[f"{span}/ours"], rates[f"{span}/rows"], strict=True)
    return median(ours / rows for ours, rows in pairs)
