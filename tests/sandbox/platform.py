"""A sandbox platform as a process of its own, and how a test speaks to it: over HTTP, never through tables."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from daoli_credit.embedded.ports import kept_port
from daoli_credit.signing import HmacSm3, signed
from tests.sandbox.process import until_it_answers
from tests.sandbox.ssh import HOST, SENDER

KEYS = {"hlj": "k1" * 16, "hrb": "k2" * 16}
TITLES = {"hlj": "信用中国（黑龙江）", "hrb": "信用中国（黑龙江哈尔滨）"}
TOKEN = "admin-token-of-a-test"


@dataclass(frozen=True)
class Place:
    """One running platform."""

    code: str
    url: str
    files: str = ""  # its sftp:// address, where it also takes files
    host_key: str = ""
    folder: Path = Path()

    def ask(self, method: str, path: str, body: bytes = b"", **changed: str) -> requests.Response:
        """A signed call; `changed` overwrites single headers, `key` the secret, `late` moves the clock."""
        signer = HmacSm3(changed.pop("key", KEYS[self.code]).encode(), "1")
        now = time.time() + float(changed.pop("late", "0"))
        headers = signed(signer, method=method, path=path, body=body, sender="daoli", now=now)
        sent = {**headers, **{name.replace("_", "-"): value for name, value in changed.items()}}
        return requests.request(method, self.url + path, data=body or None, headers=sent, timeout=5)

    def holdings(self) -> dict[str, tuple[int, str]]:
        """What it says it holds: record → revision and hash."""
        rows = self.ask("GET", "/holdings").json()["holdings"]
        return {row["record"]: (row["revision"], row["hash"]) for row in rows}

    def applied(self, record: str) -> list[tuple[int, str]]:
        """What it has ever applied of a record, in order: revision and kind."""
        headers = {"Authorization": f"Bearer {TOKEN}"}
        rows = requests.get(f"{self.url}/admin/journal", headers=headers, timeout=5).json()["applied"]
        return [(row["revision"], row["kind"]) for row in rows if row["record"] == record]

    def fault(self, kind: str, count: int = 1) -> None:
        """Order a fault for the next batches."""
        headers = {"Authorization": f"Bearer {TOKEN}"}
        told = requests.post(
            f"{self.url}/admin/faults", json={"fault": kind, "count": count}, headers=headers, timeout=5
        )
        assert told.status_code == 200, told.text

    def batch(self, rows: list[dict[str, Any]], **changed: str) -> requests.Response:
        """A batch as anybody could write it."""
        return self.ask("POST", "/batches", json.dumps({"rows": rows}).encode(), **changed)


@contextmanager
def platform(
    code: str,
    folder: Path,
    callback: str = "",
    *more: str,
    files: bool = False,
    named: dict[str, str] | None = None,
    ports: tuple[int, int] | None = None,
) -> Iterator[Place]:
    """A running platform with a store of its own in `folder`; `more` words on its line, `named` in its environment."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OIDC_", "DAOLI_", "DJANGO_"))}
    given = {**kept, f"DAOLI_FEED_{code.upper()}_KEY": KEYS[code], "DAOLI_PLATFORM_TOKEN": TOKEN, **(named or {})}
    if files:
        given |= {
            f"DAOLI_PLATFORM_{code.upper()}_HOST_KEY": HOST.private,
            f"DAOLI_FEED_{code.upper()}_IDENTITY_PUBLIC": SENDER.public,
        }
    with ExitStack() as stack:
        port, sftp = ports or (stack.enter_context(kept_port()), stack.enter_context(kept_port()))
        facts = ["--code", code, "--port", str(port), "--store", str(folder / f"{code}.sqlite3")]
        facts += ["--callback", callback, "--sftp-port", str(sftp if files else 0), *more]
        command = [sys.executable, "-m", "daoli_credit.sandbox.platform", *facts]
        child = stack.enter_context(subprocess.Popen(command, env=given, stderr=subprocess.DEVNULL))
        address = f"sftp://daoli@127.0.0.1:{sftp}" if files else ""
        scheme = "https" if "--tls" in more else "http"
        place = Place(code, f"{scheme}://127.0.0.1:{port}", address, HOST.public, folder / f"{code}.files")
        try:
            until_it_answers(child, f"{place.url}/healthz/")
            yield place
        finally:
            child.terminate()
