"""裸的来访者: a signed-in browser's cookies on one open connection, so that the site is timed and no library."""

import http.client
from collections.abc import Mapping
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from daoli_credit.embedded.smoke.browser import Browser


class Caller:
    """One visitor. `ready` opens the connection anew, for the site closes it after two idle seconds."""

    def __init__(self, browser: Browser) -> None:
        self.cookies = browser.session.cookies.get_dict()
        self.line = http.client.HTTPConnection(urlsplit(browser.origin).netloc, timeout=120)

    def ready(self) -> None:
        """Connected, and nothing else: a visitor's browser is, too."""
        self.line.close()
        self.line.connect()

    def ask(self, address: str, fields: Mapping[str, str | list[str]] | None = None) -> tuple[int, str]:
        """Status of the whole answer, and where it leads. With fields it is a POST."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.line.request("GET" if body is None else "POST", address, body, headers)
        answer = self.line.getresponse()
        answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: one.value for name, one in SimpleCookie(cookie).items()}
        return answer.status, answer.headers.get("Location", "")
