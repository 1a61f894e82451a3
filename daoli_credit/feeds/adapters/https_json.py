"""https_json: batches of rows as JSON over one persistent connection, signed; one answer per row."""

import json
import time
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings

from daoli_credit.feeds.adapters import Answer, Kept, Row, RowAnswer, Told, Unreachable
from daoli_credit.feeds.channels import Channel
from daoli_credit.feeds.masking import masked
from daoli_credit.feeds.signing import HmacSm3, Signer, signed


@lru_cache(maxsize=16)
def _session(origin: str) -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    session.headers["Accept"] = "application/json"
    return session


def body_of(rows: Sequence[Row]) -> bytes:
    """整批: the stored bytes stand in it as they are; the same row is the same bytes in whatever batch."""
    parts = []
    for row in rows:
        head = {"hash": row.digest, "key": row.key, "kind": row.kind, "record": row.record, "revision": row.revision}
        text = json.dumps(head, sort_keys=True, separators=(",", ":")).encode()
        parts.append(text[:-1] + b',"payload":' + row.payload + b"}")
    return b'{"rows":[' + b",".join(parts) + b"]}"


class HttpsJson:
    """One platform. Redirects are not followed: a signed body goes where the settings say and nowhere else."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.signer: Signer = HmacSm3(channel.key.encode(), channel.key_id)

    def _ask(self, method: str, path: str, body: bytes = b"") -> requests.Response:
        address = self.channel.url + path
        parts = urlsplit(address)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = signed(
            self.signer, method=method, path=target, body=body, sender=settings.FEED_SENDER, now=time.time()
        )
        return _session(self.channel.url).request(
            method,
            address,
            data=body or None,
            headers={**headers, "Content-Type": "application/json"},
            timeout=settings.FEED_TIMEOUT,
            allow_redirects=False,
        )

    def send(self, rows: Sequence[Row]) -> Answer:
        """送一批. Never raises for what the wire or the platform does: the outcome is the answer."""
        try:
            told = self._ask("POST", "/batches", body_of(rows))
        except requests.RequestException as why:
            return Answer(reached=False, words=f"没有收到回答（{type(why).__name__}）")
        if told.status_code != 200:
            return Answer(reached=False, status=told.status_code, words=masked(told.text))
        try:
            answers = {str(one["key"]): _row(one) for one in told.json()["rows"]}
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
            return [Kept(str(one["record"]), int(one["revision"]), str(one["hash"])) for one in found["holdings"]]
        except (ValueError, KeyError, TypeError) as why:
            raise Unreachable("持有清单读不懂") from why

    def _get(self, path: str) -> dict[str, Any]:
        try:
            answer = self._ask("GET", path)
            found = answer.json() if answer.status_code == 200 else None
        except (requests.RequestException, ValueError) as why:
            raise Unreachable(f"没有收到可用的回答（{type(why).__name__}）") from why
        if not isinstance(found, dict):
            raise Unreachable(f"对方回答 {answer.status_code}")
        return found


def _row(one: dict[str, Any]) -> RowAnswer:
    return RowAnswer(bool(one["accepted"]), str(one.get("code", "")), masked(str(one.get("words", ""))))


def told(one: dict[str, Any]) -> Told:
    """一份回执 from its JSON, polled or called back. Raises ValueError, KeyError, TypeError for anything else."""
    if one["verdict"] not in {"accepted", "rejected"}:
        raise ValueError(one["verdict"])
    number, words = str(one["receipt"])[:64], masked(str(one.get("words", "")))
    return Told(str(one["key"]), number, one["verdict"] == "accepted", words)
