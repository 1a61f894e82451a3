"""浏览器: one person at one window. Opens pages, follows links and submits forms as they stand on the page."""

from collections.abc import Mapping
from urllib.parse import urljoin

import requests

from daoli_credit.embedded.smoke.page import Button, Form, Page


class Astray(AssertionError):
    """The page is not what a person would need here; the message says which page and what it shows."""


class Browser:
    """Cookies, the present address and the present page. Every answer must have the expected status."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.session = requests.Session()
        self.session.trust_env = False
        self.url = origin
        self.status = 0
        self.page = Page("")

    def open(self, address: str, *, expect: int = 200) -> Page:
        """Go to an address, following redirects."""
        return self._seen(self.session.get(urljoin(self.url, address), timeout=30), expect)

    def follow(self, caption: str, *, expect: int = 200) -> Page:
        """Click the first link whose text contains `caption`."""
        for link in self.page.links:
            if caption in link.caption:
                return self.open(link.address, expect=expect)
        raise Astray(f"{self.url} 上没有链接“{caption}”：{self.page.text[:600]}")

    def submit(
        self,
        what: str,
        fields: Mapping[str, str | list[str]] | None = None,
        *,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
        expect: int = 200,
    ) -> Page:
        """Fill and send the form that has a button captioned `what`, or whose action contains `what`.

        What is not named keeps the value it has on the page, the CSRF token included. A field that the form
        does not have is an error: a person could not have filled it.
        """
        form, button = self._form(what)
        given = dict(fields or {})
        if unknown := {*given, *(files or {})} - form.names:
            raise Astray(f"{self.url} 的表单“{what}”没有栏目 {sorted(unknown)}，只有 {sorted(form.names)}")
        body: dict[str, str | list[str]] = {**form.fields, **given}
        if button and button.name:
            body[button.name] = button.value
        address, referer = urljoin(self.url, form.action), {"Referer": self.url}
        if form.method == "get":
            return self._seen(self.session.get(address, params=body, headers=referer, timeout=30), expect)
        answer = self.session.post(address, data=body, files=dict(files or {}) or None, headers=referer, timeout=30)
        return self._seen(answer, expect)

    def must_show(self, *words: str) -> None:
        """Raises Astray when a text is not on the page."""
        for word in words:
            if word not in self.page.text:
                raise Astray(f"{self.url} 上没有“{word}”：{self.page.text[:600]}")

    def must_not_show(self, *words: str) -> None:
        """Raises Astray when a text is on the page."""
        for word in words:
            if word in self.page.text:
                raise Astray(f"{self.url} 上不应出现“{word}”：{self.page.text[:600]}")

    def _form(self, what: str) -> tuple[Form, Button | None]:
        for form in self.page.forms:
            for button in form.buttons:
                if what in button.caption:
                    return form, button
        for form in self.page.forms:
            if what in urljoin(self.url, form.action):
                return form, form.buttons[0] if form.buttons else None
        shown = [(form.action, [button.caption for button in form.buttons]) for form in self.page.forms]
        raise Astray(f"{self.url} 上没有表单“{what}”，只有 {shown}：{self.page.text[:600]}")

    def _seen(self, answer: requests.Response, expect: int) -> Page:
        self.url, self.status = answer.url, answer.status_code
        html = "html" in answer.headers.get("Content-Type", "")
        self.page = Page(answer.text if html else "")
        if answer.status_code != expect:
            raise Astray(f"{answer.url} 回答 {answer.status_code}，应为 {expect}：{self.page.text[:800]}")
        return self.page
