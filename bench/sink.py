"""A platform that answers at once, with a receipt for every row: what it costs to be heard, and nothing else.

`python -m bench.sink` is a process of its own, so that nobody's Python waits for it; it prints its port.
"""

import json
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PORTION = 500  # receipts in one answer


class Sink(BaseHTTPRequestHandler):
    """Takes every batch, says accepted for each row, and keeps a receipt for each; checks nothing."""

    protocol_version = "HTTP/1.1"
    delay = 0.0
    receipts: list[dict[str, str]]
    seen: set[str]
    turn = threading.Lock()

    def do_POST(self) -> None:
        rows = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["rows"]
        if self.delay:
            time.sleep(self.delay)
        with self.turn:
            self.seen.update(row["record"] if row["kind"] == "effective" else f"-{row['record']}" for row in rows)
            self.receipts += [
                {"receipt": f"R{len(self.receipts) + n}", "key": row["key"], "verdict": "accepted"}
                for n, row in enumerate(rows)
            ]
        self._say({"rows": [{"key": row["key"], "accepted": True} for row in rows]})

    def do_GET(self) -> None:
        if self.path.startswith("/seen/"):
            self._say({"seen": self.path.removeprefix("/seen/") in self.seen})
            return
        after = int(self.path.partition("after=")[2] or 0)
        found = self.receipts[after : after + PORTION]
        self._say({"receipts": found, "last": after + len(found)})

    def _say(self, facts: dict[str, Any]) -> None:
        body = json.dumps(facts).encode()
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base class's name
        """Nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads, request_queue_size = True, 64


@dataclass(frozen=True)
class Platform:
    """A running sink."""

    port: int

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def has(self, number: str) -> bool:
        """Whether it was sent this record; `-` before the number for its withdrawal."""
        with urllib.request.urlopen(f"{self.url}/seen/{number}") as answer:  # noqa: S310  our own sink
            return bool(json.load(answer)["seen"])


@contextmanager
def sink(delay: float = 0.0) -> Iterator[tuple[Platform, Any]]:
    """A running sink and its channel."""
    from daoli_credit.feeds.channels import Channel  # noqa: PLC0415  the sink itself knows nothing of the house

    command = [sys.executable, "-m", "bench.sink", str(delay)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        there = Platform(int(running.stdout.readline()))
        try:
            yield there, Channel("hlj", "信用中国（黑龙江）", there.url, "k" * 32, "1")
        finally:
            running.kill()


def main() -> None:
    """Serves until it is killed."""
    handler = type("BoundSink", (Sink,), {"receipts": [], "seen": set(), "delay": float(sys.argv[1])})
    server = Server(("127.0.0.1", 0), handler)
    server.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
