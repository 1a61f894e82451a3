"""A platform that answers at once, with a receipt for every row: what it costs to be heard, and nothing else."""

import json
import socket
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from daoli_credit.feeds.channels import Channel


class Sink(BaseHTTPRequestHandler):
    """Takes every batch, says accepted for each row, and keeps a receipt for each; checks nothing."""

    protocol_version = "HTTP/1.1"
    delay = 0.0
    receipts: list[dict[str, str]]
    seen: set[str]

    def do_POST(self) -> None:
        rows = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["rows"]
        if self.delay:
            time.sleep(self.delay)
        self.seen.update(row["record"] if row["kind"] == "effective" else f"-{row['record']}" for row in rows)
        self.receipts += [
            {"receipt": f"R{len(self.receipts) + n}", "key": row["key"], "verdict": "accepted"}
            for n, row in enumerate(rows)
        ]
        self._say({"rows": [{"key": row["key"], "accepted": True} for row in rows]})

    def do_GET(self) -> None:
        after = int(self.path.partition("after=")[2] or 0)
        self._say({"receipts": self.receipts[after : after + 500], "last": min(len(self.receipts), after + 500)})

    def _say(self, facts: dict[str, Any]) -> None:
        body = json.dumps(facts).encode()
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base class's name
        """Nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads, request_queue_size = True, 64


@contextmanager
def sink(delay: float = 0.0) -> Any:
    """A running sink and its channel."""
    handler = type("BoundSink", (Sink,), {"receipts": [], "seen": set(), "delay": delay})
    server = Server(("127.0.0.1", 0), handler)
    server.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield handler, Channel("hlj", "信用中国（黑龙江）", f"http://127.0.0.1:{server.server_port}", "k" * 32, "1")
    finally:
        server.shutdown()
