"""服务: sockets and headers around the provider, on the standard library's threading server."""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from daoli_credit.sandbox.identity import pages
from daoli_credit.sandbox.identity.provider import Answer, Fields, Provider, as_json

LONGEST_FORM = 16_384


def _fields(text: str) -> Fields:
    return dict(parse_qsl(text, keep_blank_values=True))


class Handler(BaseHTTPRequestHandler):
    """One request. `provider` is set on the subclass that `serve` makes."""

    provider: Provider
    protocol_version = "HTTP/1.1"
    timeout = 15

    def do_GET(self) -> None:
        """Pages and documents."""
        parts = urlsplit(self.path)
        match parts.path:
            case "/.well-known/openid-configuration":
                self._send(self.provider.discovery())
            case "/jwks.json":
                self._send(as_json(self.provider.signer.jwks()))
            case "/authorize":
                self._send(self.provider.authorize(_fields(parts.query), submitted=False))
            case "/style.css":
                self._send(Answer(200, pages.STYLE, "text/css; charset=utf-8"))
            case "/":
                self._send(Answer(200, pages.problem("请从“道里诚信”的登录页进入。")))
            case _:
                self._send(Answer(404, pages.problem("没有这个页面。")))

    def do_POST(self) -> None:
        """The sign-in form and the token endpoint."""
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LONGEST_FORM:
            self.close_connection = True
            self._send(Answer(413, pages.problem("内容太长。")))
            return
        given = _fields(self.rfile.read(int(length)).decode("utf-8", "replace"))
        match urlsplit(self.path).path:
            case "/authorize":
                self._send(self.provider.authorize(given, submitted=True))
            case "/token":
                self._send(self.provider.token(given, self.headers.get("Authorization", "")))
            case _:
                self._send(Answer(404, pages.problem("没有这个页面。")))

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", self.provider.policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "same-origin")
        if answer.location:
            self.send_header("Location", answer.location)
        if answer.status == 401 and answer.kind == "application/json":
            self.send_header("WWW-Authenticate", 'Basic realm="token"')
        self.end_headers()
        self.wfile.write(answer.body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Without the query: it carries codes and states."""
        sys.stderr.write(f"{self.command} {urlsplit(self.path).path} {code}\n")

    def log_error(self, format: str, *args: Any) -> None:  # noqa: A002  the base class's name
        """An idle connection that runs out is no error."""


def serve(provider: Provider, host: str, port: int) -> None:
    """Serves until the process is told to stop."""
    bound = type("BoundHandler", (Handler,), {"provider": provider})
    with ThreadingHTTPServer((host, port), bound) as server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return
