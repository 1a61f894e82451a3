"""收发室: packages that lie in the inbox are read, and receipts and the list of holdings are laid into the outbox."""

import hashlib
import json
import sys
import threading
import time
from pathlib import Path
from typing import Any

from daoli_credit.sandbox.platform import intake
from daoli_credit.sandbox.platform.callbacks import as_told
from daoli_credit.sandbox.platform.faults import Faults
from daoli_credit.sandbox.platform.signing import Keys
from daoli_credit.sandbox.platform.store import Store

TICK, LATE, DAYS = 0.2, 2.0, 3 * 86400.0
MOST_ROWS, AT_ONCE = 10_000, 500
FOLDERS = ("inbox", "outbox", "done", "refused")


class Mailroom(threading.Thread):
    """Reads until told to stop with the process. What it was doing when it died it does again, with the same result."""

    def __init__(self, code: str, store: Store, keys: Keys, faults: Faults, root: Path) -> None:
        super().__init__(daemon=True, name="mailroom")
        self.code, self.store, self.keys, self.faults, self.root = code, store, keys, faults, root
        for name in FOLDERS:
            (root / name).mkdir(parents=True, exist_ok=True)
        self._ordered: dict[str, str] = {}  # package → its fault, asked for when its first byte came

    def begins(self, package: str) -> str:
        """The fault of a package that is just being written."""
        if package not in self._ordered:
            self._ordered[package] = self.faults.take()
        return self._ordered[package]

    def run(self) -> None:
        """For ever."""
        self._list_holdings()
        while True:
            try:
                self.once()
            except Exception as why:  # the next round tries again
                sys.stderr.write(f"收发室：{type(why).__name__} {why}\n")
            time.sleep(TICK)

    def once(self) -> None:
        """What lies there now; a package that is to be read out of order waits for another."""
        if self.faults.down:
            return
        days = False
        waiting = sorted((self.root / "inbox").glob("[0-9]*.json"))
        now = [one for one in waiting if self._ordered.get(one.stem) != "reverse"]
        if now:
            now += [one for one in waiting if one not in now]
        for manifest in now:
            fault = self._ordered.get(manifest.stem, "")
            if fault == "late" and time.time() - manifest.stat().st_mtime < LATE:
                continue
            wrong = "sender" if fault == "key-change" else self._read(manifest, fault)
            days = days or fault == "clock-skew"
            self._ordered.pop(manifest.stem, None)
            for part in (manifest, manifest.with_suffix(".jsonl")):
                if part.exists():
                    part.rename(self.root / ("refused" if wrong else "done") / part.name)
            if wrong:
                sys.stderr.write(f"包 {manifest.stem} 不收：{wrong}\n")
        if now:
            self._list_holdings(late=DAYS if days else 0)
        self._tell()

    def _read(self, manifest: Path, fault: str) -> str:
        facts, wrong = self._opened(manifest)
        if wrong:
            return wrong
        body = manifest.with_suffix(".jsonl").read_bytes()
        try:
            rows = [json.loads(line) for line in body.splitlines()]
        except ValueError:
            return "shape"
        if hashlib.sha256(body).hexdigest() != facts.get("sha256") or len(rows) != facts.get("rows"):
            return "digest"
        if len(rows) > MOST_ROWS or manifest.stem != f"{facts.get('epoch', 0):012d}-{facts.get('package', 0):010d}":
            return "shape"
        with self.store.whole():
            wrong = self.store.in_turn(facts["epoch"], facts["package"], facts["sha256"])
            if not wrong:
                for row in rows[: len(rows) // 2] if fault == "partial" else rows:
                    intake.take(self.store, row, fault, by_file=True)
        return "" if wrong == "again" else wrong

    def _opened(self, manifest: Path) -> tuple[dict[str, Any], str]:
        text, _, head = manifest.read_bytes().partition(b"\n")
        try:
            headers, facts = json.loads(head), json.loads(text)
        except ValueError:
            return {}, "shape"
        return facts, self.keys.problem("PUT", f"/inbox/{manifest.name}", headers, text, lies=True)

    def _tell(self) -> None:
        due = self.store.ask(
            "SELECT * FROM receipt WHERE sendable AND sent < 1 AND due <= ? ORDER BY id LIMIT ?", time.time(), AT_ONCE
        )
        if not due:
            return
        with self.store.whole():
            self.store.ask("INSERT INTO receipt_file (at) VALUES (?)", time.time())
            (number,) = self.store.ask("SELECT max(number) AS n FROM receipt_file")
            told = [as_told(self.code, row) for row in due]
            self._lay(f"R{number['n']:010d}.json", {"number": number["n"], "receipts": told})
            for row in due:
                self.store.ask("UPDATE receipt SET sent = sent + 1 WHERE id = ?", row["id"])

    def _list_holdings(self, *, late: float = 0) -> None:
        held = self.store.ask("SELECT record, revision, hash FROM held WHERE NOT gone")
        self._lay("holdings.json", {"at": time.time() - late, "holdings": held})

    def _lay(self, name: str, facts: dict[str, Any]) -> None:
        text = json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()
        head = self.keys.headers("PUT", f"/outbox/{name}", text, self.code)
        half = self.root / "outbox" / f"{name}.part"
        half.write_bytes(text + b"\n" + json.dumps(head, sort_keys=True).encode() + b"\n")
        half.rename(self.root / "outbox" / name)
