"""https_json: batches of rows as JSON over connections that are kept, signed; one answer per row."""

import time
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import certifi
import urllib3
from django.conf import settings

from daoli_credit.feeds.adapters import Answer, Kept, PackageNumber, Row, RowAnswer, Told, Unreachable
from daoli_credit.feeds.adapters.lines import kept, line, told
from daoli_credit.feeds.adapters.trouble import BROKEN, plain, refused
from daoli_credit.feeds.channels import Channel
from daoli_credit.feeds.masking import masked
from daoli_credit.signing import Signer, signed

OK = 200
TAKEN = RowAnswer(True)  # what most rows are answered


@lru_cache(maxsize=16)
def _pool(channel: Channel) -> urllib3.PoolManager:
    """Connections that are kept, one for each batch that may be on its way; no proxy of the environment is asked."""
    return urllib3.PoolManager(
        maxsize=channel.at_once,
        retries=False,
        cert_reqs="CERT_REQUIRED",
        ca_certs=channel.ca or certifi.where(),
        cert_file=channel.certificate or None,
        key_file=channel.certificate_key or channel.certificate or None,
    )


def body_of(rows: Sequence[Row], package: PackageNumber) -> bytes:
    """整批: package number, then the rows."""
    head = f'{{"epoch":{package.epoch},"package":{package.serial},"rows":['.encode()
    return head + b",".join(line(row) for row in rows) + b"]}"


class HttpsJson:
    """One platform. Redirects are not followed: a signed body goes where the settings say and nowhere else."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.signer: Signer = channel.signer()

    def _ask(self, method: str, path: str, body: bytes = b"") -> urllib3.BaseHTTPResponse:
        address = self.channel.url + path
        parts = urlsplit(address)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = signed(
            self.signer, method=method, path=target, body=body, sender=settings.FEED_SENDER, now=time.time()
        )
        return _pool(self.channel).request(
            method,
            address,
            body=body or None,
            headers={**headers, "Content-Type": "application/json", "Accept": "application/json"},
            timeout=urllib3.Timeout(connect=settings.FEED_TIMEOUT, read=settings.FEED_TIMEOUT),
            redirect=False,
        )

    def send(self, rows: Sequence[Row], package: PackageNumber) -> Answer:
        """送一批. Never raises for what the wire or the platform does: the outcome is the answer."""
        try:
            answer = self._ask("POST", "/batches", body_of(rows, package))
        except urllib3.exceptions.HTTPError as why:
            return Answer(reached=False, words=f"没有收到回答（{self._wrong(why)}）")
        if answer.status != OK:
            return Answer(reached=False, status=answer.status, words=refused(answer.status, answer.data))
        try:
            answers = {str(one["key"]): _row(one) for one in answer.json()["rows"]}
        except (ValueError, KeyError, TypeError):
            return Answer(reached=False, status=200, words="回答读不懂")
        return Answer(reached=True, status=200, rows=answers)

    def receipts(self, after: int) -> tuple[list[Told], int]:
        """取回执 after a cursor. Raises Unreachable."""
        found = self._get(f"/receipts?after={after}")
        try:
            return [told(one) for one in found["receipts"]], int(found["last"])
        except (ValueError, KeyError, TypeError) as why:
            raise Unreachable("回执读不懂") from why

    def holdings(self) -> list[Kept]:
        """对方自述持有什么. Raises Unreachable."""
        found = self._get("/holdings")
        try:
            return [kept(one) for one in found["holdings"]]
        except (ValueError, KeyError, TypeError) as why:
            raise Unreachable("持有清单读不懂") from why

    def _wrong(self, why: BaseException) -> str:
        said = plain(why)
        # a side that refuses our certificate may be quicker to hang up than to say so
        doubt = said == BROKEN and (self.channel.ca or self.channel.certificate)
        return f"{said}，也可能是对方不认我方的证书" if doubt else said

    def _get(self, path: str) -> dict[str, Any]:
        try:
            answer = self._ask("GET", path)
        except urllib3.exceptions.HTTPError as why:
            raise Unreachable(f"没有收到可用的回答（{self._wrong(why)}）") from why
        if answer.status != OK:
            raise Unreachable(f"HTTP {answer.status}：{refused(answer.status, answer.data)}")
        try:
            found = answer.json()
        except ValueError as why:
            raise Unreachable("回答读不懂") from why
        if not isinstance(found, dict):
            raise Unreachable("回答读不懂")
        return found


def _row(one: dict[str, Any]) -> RowAnswer:
    if one["accepted"] is True and len(one) == 2:
        return TAKEN
    return RowAnswer(bool(one["accepted"]), str(one.get("code", "")), masked(str(one.get("words", ""))))
