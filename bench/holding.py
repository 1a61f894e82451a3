"""hold: what judging and entering a sheet of any length keep in memory: the greatest in each, at ever more rows."""

import json
import platform
import re
import time
from functools import partial
from pathlib import Path

from bench.importing import _in_a_new_database
from bench.the_sheet import ITEM, STATED, bureau, coming
from daoli_credit.accounts.models import User
from daoli_credit.law import clock, pack
from records.models import BatchRow
from records.rules import columns
from records.workflows import importing, uploading

OUT = Path("bench-hold.json")
STEPS = (0.01, 0.1, 0.5, 1)


def _peak() -> float:
    """The most that this process has held since the last look; what it has let go may still be counted."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    Path("/proc/self/clear_refs").write_text("5")
    return int(found[1]) / 1024 if found else 0.0


def _held(rows: int) -> dict[str, float]:
    clerk, body = bureau()
    batch = uploading.upload(department=body, item=ITEM, name="x.csv", data=b"-", stated=STATED, actor=clerk)
    system = User.objects.system()
    batch = importing.begin(batch_id=batch.pk, actor=system)
    lines = coming(rows)
    _, head = next(lines)
    found = columns.match(pack.current().item(ITEM), [head], today=clock.today())
    _peak()
    begun = time.perf_counter()
    batch = importing.preview(batch=batch, kind="CSV", found=found, body=lines, actor=system)
    assert BatchRow.objects.count() == rows
    judged, between = _peak(), time.perf_counter()
    importing.commit(batch_id=batch.pk, actor=clerk, seen=batch.revision)
    return {
        "judged_mb": judged,
        "entered_mb": _peak(),
        "judged_seconds": between - begun,
        "entered_seconds": time.perf_counter() - between,
    }


def run(rows: int, rounds: int) -> None:
    """Ever more rows; `rounds` says nothing here."""
    facts: dict[str, object] = {"job": "hold", "on": platform.platform()}
    held: dict[str, float] = {}
    for share in STEPS:
        count = int(rows * share)
        held = _in_a_new_database(partial(_held, count))
        facts[str(count)] = held
        print(f"{count:>10} 行 ", " ".join(f"{name} {value:.0f}" for name, value in held.items()), flush=True)
    OUT.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"hold judged={held['judged_mb']:.0f}MB entered={held['entered_mb']:.0f}MB n={rows}")
