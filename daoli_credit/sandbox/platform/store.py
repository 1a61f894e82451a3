"""存储: one SQLite file of the platform's own."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TABLES = """
CREATE TABLE IF NOT EXISTS row (key TEXT PRIMARY KEY, record TEXT, revision INTEGER, kind TEXT, hash TEXT);
CREATE TABLE IF NOT EXISTS held (record TEXT PRIMARY KEY, revision INTEGER, hash TEXT, payload TEXT, gone INTEGER,
  at REAL);
CREATE TABLE IF NOT EXISTS applied (id INTEGER PRIMARY KEY,
  record TEXT, revision INTEGER, kind TEXT, key TEXT, at REAL);
CREATE TABLE IF NOT EXISTS receipt (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT, record TEXT, revision INTEGER,
  verdict TEXT, words TEXT, sendable INTEGER, sent INTEGER DEFAULT 0, due REAL);
CREATE TABLE IF NOT EXISTS nonce (nonce TEXT PRIMARY KEY, at REAL);
CREATE TABLE IF NOT EXISTS package (epoch INTEGER, serial INTEGER, digest TEXT, PRIMARY KEY (epoch, serial));
CREATE TABLE IF NOT EXISTS list_entry (id_number TEXT, list TEXT, authority TEXT, document_number TEXT,
  decided_on TEXT, until TEXT, PRIMARY KEY (list, document_number));
CREATE TABLE IF NOT EXISTS receipt_file (number INTEGER PRIMARY KEY AUTOINCREMENT, at REAL);
"""
Found = list[dict[str, Any]]


class Store:
    """The only connection, behind one lock: SQLite is asked by many threads here."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._database.row_factory = sqlite3.Row
        self._lock = threading.RLock()
        self._database.executescript(TABLES)
        if not self.ask("SELECT 1 FROM pragma_table_info('receipt') WHERE name = 'code'"):
            self.ask("ALTER TABLE receipt ADD COLUMN code TEXT DEFAULT ''")  # a store of before

    @contextmanager
    def whole(self) -> Iterator[None]:
        """All or nothing."""
        with self._lock:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")

    def ask(self, text: str, *values: object) -> Found:
        """Rows of a statement."""
        with self._lock:
            return [dict(row) for row in self._database.execute(text, values).fetchall()]

    def in_turn(self, epoch: int, serial: int, digest: str) -> str:
        """包号: "" for a new one, "again" for the same package once more, else what is wrong with it."""
        with self._lock:
            (newest,) = self.ask("SELECT coalesce(max(epoch), 0) AS epoch FROM package")
            if epoch < newest["epoch"]:
                return "epoch"
            known = self.ask("SELECT digest FROM package WHERE epoch = ? AND serial = ?", epoch, serial)
            if known:
                return "again" if known[0]["digest"] == digest else "serial"
            self.ask("INSERT INTO package VALUES (?, ?, ?)", epoch, serial, digest)
            return ""

    def first_use(self, nonce: str) -> bool:
        """Was this nonce never seen before? Forgets those beyond the clock window."""
        with self._lock:
            self.ask("DELETE FROM nonce WHERE at < ?", time.time() - 900)
            try:
                self.ask("INSERT INTO nonce VALUES (?, ?)", nonce, time.time())
            except sqlite3.IntegrityError:
                return False
            return True
