"""hold: what judging a sheet of any length keeps in memory: the greatest the process has had, at ever more rows."""

import json
import platform
import resource
import time
from functools import partial
from pathlib import Path

from bench.importing import ITEM, STATED, _bureau, _in_a_new_database, coming
from daoli_credit.accounts.models import User
from daoli_credit.law import clock, pack
from records.models import BatchRow
from records.rules import columns
from records.workflows import importing, uploading

OUT = Path("bench-hold.json")
STEPS = (0.01, 0.1, 0.5, 1)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _judged(rows: int) -> tuple[float, float]:
    clerk, body = _bureau()
    batch = uploading.upload(department=body, item=ITEM, name="x.csv", data=b"-", stated=STATED, actor=clerk)
    system = User.objects.system()
    batch = importing.begin(batch_id=batch.pk, actor=system)
    lines = coming(rows)
    _, head = next(lines)
    found = columns.match(pack.current().item(ITEM), [head], today=clock.today())
    begun = time.perf_counter()
    importing.preview(batch=batch, kind="CSV", found=found, body=lines, actor=system)
    assert BatchRow.objects.count() == rows
    return _peak(), time.perf_counter() - begun


def run(rows: int, rounds: int) -> None:
    """Ever more rows, for the greatest that a process has had does not shrink; `rounds` says nothing here."""
    facts: dict[str, object] = {"job": "hold", "on": platform.platform()}
    peak = 0.0
    for share in STEPS:
        count = int(rows * share)
        peak, seconds = _in_a_new_database(partial(_judged, count))
        facts[str(count)] = {"peak_mb": peak, "seconds": seconds}
        print(f"{count:>10} 行  峰值 {peak:.0f} MB  {seconds:.0f} 秒", flush=True)
    OUT.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"hold peak={peak:.0f}MB n={rows}")
