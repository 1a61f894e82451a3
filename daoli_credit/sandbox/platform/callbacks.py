"""回执: a thread of its own tells the sender what was done, signed, until the sender has heard it."""

import http.client
import json
import sys
import threading
import time
from typing import Any
from urllib.parse import urlsplit

from daoli_credit.sandbox.platform.faults import Faults
from daoli_credit.sandbox.platform.signing import Keys
from daoli_credit.sandbox.platform.store import Store

TICK = 0.2
AGAIN = 3.0
AT_ONCE = 20


def as_told(code: str, row: dict[str, Any]) -> dict[str, Any]:
    """A receipt as the protocol has it."""
    return {
        "receipt": f"{code.upper()}{row['id']:010d}",
        "key": row["key"],
        "record": row["record"],
        "revision": row["revision"],
        "verdict": row["verdict"],
        "words": row["words"],
        "code": row["code"],
    }


class Caller(threading.Thread):
    """Calls back until told to stop with the process."""

    def __init__(self, code: str, store: Store, keys: Keys, address: str, faults: Faults) -> None:
        super().__init__(daemon=True, name="callbacks")
        self.faults = faults
        self.code, self.store, self.keys, self.address = code, store, keys, address
        self._busy = threading.Lock()

    def run(self) -> None:
        """For ever."""
        while True:
            try:
                self.once()
            except Exception as why:  # whatever the other side did, the next tick tries again
                sys.stderr.write(f"回执没有送到：{type(why).__name__}\n")
                time.sleep(AGAIN)
            time.sleep(TICK)

    def once(self) -> None:
        """What is due now. `sent` counts up to 1; a duplicate begins one lower."""
        with self._busy:
            due = self.store.ask(
                "SELECT * FROM receipt WHERE sendable AND sent < 1 AND due <= ? ORDER BY id LIMIT ?",
                time.time(), AT_ONCE,
            )  # fmt: skip
            if not due or not self.address or self.faults.down:
                return
            status = self._post(json.dumps({"receipts": [as_told(self.code, row) for row in due]}).encode())
            for row in due:
                if status == 200:
                    self.store.ask("UPDATE receipt SET sent = sent + 1 WHERE id = ?", row["id"])
                else:
                    self.store.ask("UPDATE receipt SET due = ? WHERE id = ?", time.time() + AGAIN, row["id"])

    def _post(self, body: bytes) -> int:
        parts = urlsplit(self.address)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.netloc, timeout=10)
        try:
            headers = self.keys.headers("POST", parts.path, body, self.code)
            connection.request("POST", parts.path, body, {**headers, "Content-Type": "application/json"})
            return connection.getresponse().status
        finally:
            connection.close()
