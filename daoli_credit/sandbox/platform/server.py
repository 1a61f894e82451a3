"""服务: sockets, signatures and faults around the intake, on the standard library's threading server."""

import hashlib
import hmac
import json
import socket
import ssl
import struct
import sys
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import takewhile
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from daoli_credit.sandbox.platform import intake, lists, pages
from daoli_credit.sandbox.platform.callbacks import Caller, as_told
from daoli_credit.sandbox.platform.faults import Faults
from daoli_credit.sandbox.platform.signing import NAMES, Keys
from daoli_credit.sandbox.platform.store import Store

LARGEST = 8 * 1024 * 1024
MOST_ROWS = 1_000  # as many as a sender may be told to send at once
SILENCE, SLOW = 30.0, 2.0


@dataclass(frozen=True)
class Platform:
    """信用中国的一个演示平台."""

    code: str
    title: str
    store: Store
    keys: Keys
    token: str
    caller: Caller
    faults: Faults = field(default_factory=Faults)
    list_keys: Keys | None = None  # for whoever may ask about lists; another agreement with another key
    list_faults: Faults = field(default_factory=Faults)


class Handler(BaseHTTPRequestHandler):
    """One request. `platform` is set on the subclass that `serve` makes."""

    platform: Platform
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """The human page, and what a signed sender may ask."""
        here, parts = self.platform, urlsplit(self.path)
        if parts.path == "/":
            self._send(200, pages.home(here.title, here.store), "text/html; charset=utf-8")
        elif parts.path.startswith("/records/"):
            found = pages.record(here.title, here.store, parts.path.removeprefix("/records/"))
            missing = pages.page(here.title, "<p>本平台没有这一条。</p>")
            self._send(200 if found else 404, found or missing, "text/html; charset=utf-8")
        elif parts.path == "/style.css":
            self._send(200, pages.STYLE, "text/css; charset=utf-8")
        elif parts.path == "/healthz/":
            self.tell({"alive": True})
        elif parts.path == "/admin/journal":
            if self._is_admin():
                self.tell({"applied": here.store.ask("SELECT record, revision, kind, key FROM applied ORDER BY id")})
        elif parts.path == "/admin/faults":
            if self._is_admin():
                self.tell(dict(zip(("fault", "left"), here.faults.standing, strict=True)))
        elif parts.path in {"/holdings", "/receipts"}:
            if here.faults.down:
                self.breaks("down")
            elif self._is_signed("GET", b""):
                self.tell(self._holdings() if parts.path == "/holdings" else self._receipts(parts.query))
        else:
            self.tell({"error": "not-found"}, 404)

    def do_POST(self) -> None:
        """Batches from the sender, faults from whoever has the token."""
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LARGEST:
            self.close_connection = True
            self.tell({"error": "too-large"}, 413)
            return
        body = self.rfile.read(int(length))
        match urlsplit(self.path).path:
            case "/batches":
                if self._is_signed("POST", body):
                    self._batch(body)
            case "/lists" if self.platform.list_keys:
                if self._is_signed("POST", body, self.platform.list_keys):
                    lists.respond(self, self.platform.list_keys, body)
            case "/admin/lists":
                if self._is_admin():
                    self.tell({"kept": lists.enter(self.platform.store, body)})
            case "/admin/faults" | "/admin/list-faults":
                if self._is_admin():
                    self._order(body)
            case _:
                self.tell({"error": "not-found"}, 404)

    def _is_signed(self, method: str, body: bytes, keys: Keys | None = None) -> bool:
        headers = {name: self.headers.get(name, "") for name in (*NAMES, "X-Feed-Signature")}
        problem = (keys or self.platform.keys).problem(method, self.path, headers, body)
        if not problem and not self.platform.store.first_use(headers["X-Feed-Nonce"]):
            problem = "replayed"
        if problem:
            self.tell({"error": problem}, 401)
        return not problem

    def _is_admin(self) -> bool:
        given = self.headers.get("Authorization", "").removeprefix("Bearer ")
        right = hmac.compare_digest(given.encode(), self.platform.token.encode())
        if not right:
            self.tell({"error": "token"}, 403)
        return right

    def _order(self, body: bytes) -> None:
        try:
            given = json.loads(body)
            faults = self.platform.list_faults if self.path.endswith("list-faults") else self.platform.faults
            known = faults.order(str(given["fault"]), int(given["count"]))
        except (ValueError, KeyError, TypeError):
            known = False
        self.tell({"ordered": known}, 200 if known else 422)

    def _batch(self, body: bytes) -> None:
        try:
            given = json.loads(body)
            rows, number = given["rows"], (int(given.get("epoch", 0)), int(given.get("package", 0)))
            fits = isinstance(rows, list) and len(rows) <= MOST_ROWS and all(isinstance(row, dict) for row in rows)
        except (ValueError, KeyError, TypeError):
            fits = False
        if not fits:
            self.tell({"error": "shape"}, 400)
            return
        fault = self.platform.faults.take()
        if fault in {"500", "silent", "reset", "down"}:
            self.breaks(fault)
            return
        if fault in {"full-disk", "clock-skew", "key-change"}:
            said = "sender" if fault == "key-change" else fault
            self.tell({"error": said}, 507 if fault == "full-disk" else 401)
            return
        with self.platform.store.whole():
            digest = hashlib.sha256(body).hexdigest()
            wrong = self.platform.store.in_turn(*number, digest) if number[1] else ""
            if wrong not in {"", "again"}:
                self.tell({"error": wrong}, 409)
                return
            taken = rows[: len(rows) // 2] if fault == "partial" else rows
            answers = [intake.take(self.platform.store, row, fault) for row in taken]
        if fault.endswith("-after-store"):
            self.breaks(fault.removesuffix("-after-store"))
            return
        if fault == "slow":
            time.sleep(SLOW)
        if fault == "receipt-first":
            self.platform.caller.once()
        self.tell({"rows": answers})

    def breaks(self, how: str) -> None:
        """No proper answer."""
        if how == "500":
            self.tell({"error": "internal"}, 500)
            return
        self.close_connection = True
        if how == "silent":
            time.sleep(SILENCE)
        # with no lingering the kernel sends a reset instead of a polite end
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def _holdings(self) -> dict[str, Any]:
        return {"holdings": self.platform.store.ask("SELECT record, revision, hash FROM held WHERE NOT gone")}

    def _receipts(self, query: str) -> dict[str, Any]:
        after = dict(parse_qsl(query)).get("after", "0")
        rows = self.platform.store.ask(
            "SELECT * FROM receipt WHERE id > ? ORDER BY id LIMIT 500", int(after) if after.isdigit() else 0
        )
        # nobody is told past one that is not due yet, or it would never be fetched
        rows = list(takewhile(lambda row: row["due"] <= time.time(), rows))
        last = rows[-1]["id"] if rows else int(after) if after.isdigit() else 0
        return {"receipts": [as_told(self.platform.code, row) for row in rows], "last": last}

    def answer_signed(self, body: bytes, headers: dict[str, str]) -> None:
        """An answer under the platform's own signature."""
        self._send(200, body, "application/json", headers)

    def tell(self, content: Any, status: int = 200) -> None:
        """An answer as JSON."""
        self._send(status, json.dumps(content, ensure_ascii=False).encode(), "application/json")

    def _send(self, status: int, body: bytes, kind: str, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {
            **(more or {}),
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "Content-Security-Policy": pages.POLICY,
            "X-Content-Type-Options": "nosniff",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """One line for what changes something."""
        if self.command == "POST":
            sys.stderr.write(f"{self.command} {urlsplit(self.path).path} {code}\n")

    def log_error(self, format: str, *args: Any) -> None:  # noqa: A002  the base class's name
        """An idle connection that runs out is no error."""


class Server(ThreadingHTTPServer):
    """A broken connection is what this place is for."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Without a traceback."""


def serve(platform: Platform, host: str, port: int, tls: ssl.SSLContext | None = None) -> None:
    """Serves until the process is told to stop."""
    bound = type("BoundHandler", (Handler,), {"platform": platform})
    with Server((host, port), bound) as server:
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return
