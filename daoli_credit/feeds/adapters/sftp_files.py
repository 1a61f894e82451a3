"""sftp_files: numbered packages laid into the platform's inbox, receipts fetched from its outbox, in short sessions.

A package is two files: the rows, a line each, and its manifest with their digest, signed. Each is written under
another name and renamed when it is whole; the manifest last, so a package is there when its manifest is.
"""

import asyncio
import hashlib
import json
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import asyncssh
from django.conf import settings

from daoli_credit.feeds.adapters import Answer, Kept, PackageNumber, Row, RowAnswer, Told, Unreachable
from daoli_credit.feeds.adapters.lines import kept, line, told
from daoli_credit.feeds.adapters.trouble import plain
from daoli_credit.feeds.channels import Channel
from daoli_credit.signing import problem, signed

RECEIPT = re.compile(r"R([0-9]{10})\.json")
AT_ONCE = 50  # receipt files in one round
LARGEST = 64 * 1024 * 1024
FRESH = 25 * 3600  # seconds; an older list of holdings proves nothing of today
Found = TypeVar("Found")
asyncssh.set_log_level("WARNING")  # a line for every step of every session is nobody's news
# a key that cannot be read is the settings' fault, and no reason to leave a batch without an outcome
TROUBLE = (OSError, asyncssh.Error, TimeoutError, asyncssh.KeyImportError)


class SftpFiles:
    """One platform. Its host key is pinned: another server under the same address is sent nothing."""

    def __init__(self, channel: Channel) -> None:
        self.channel, parts = channel, urlsplit(channel.url)
        self.host, self.port = parts.hostname or "", parts.port or 22
        self.user, self.base = unquote(parts.username or settings.FEED_SENDER), parts.path.rstrip("/")

    def send(self, rows: Sequence[Row], package: PackageNumber) -> Answer:
        """送一包. What the wire did is the answer: a package that was laid down whole is accepted for processing."""
        body = b"".join(line(row) + b"\n" for row in rows)
        manifest = self._signed(
            f"/inbox/{package}.json",
            {
                "epoch": package.epoch,
                "package": package.serial,
                "rows": len(rows),
                "sha256": hashlib.sha256(body).hexdigest(),
                "size": len(body),
            },
        )

        async def lay_down(sftp: asyncssh.SFTPClient) -> None:
            await _whole(sftp, f"{self.base}/inbox/{package}.jsonl", body)
            await _whole(sftp, f"{self.base}/inbox/{package}.json", manifest)

        try:
            self._with(lay_down)
        except TROUBLE as why:
            return Answer(reached=False, words=f"第 {package.serial} 包没有放好（{plain(why)}）")
        return Answer(reached=True, words=f"第 {package.serial} 包", rows={row.key: RowAnswer(True) for row in rows})

    def receipts(self, after: int) -> tuple[list[Told], int]:
        """取回执文件 in the order of their numbers, skipping none. Raises Unreachable, also at one not theirs."""

        async def fetch(sftp: asyncssh.SFTPClient) -> list[tuple[int, str, bytes]]:
            names = [str(name) for name in await sftp.listdir(f"{self.base}/outbox")]
            found = sorted((int(match[1]), match[0]) for name in names if (match := RECEIPT.fullmatch(name)))
            due = [(number, name) for number, name in found if number > after][:AT_ONCE]
            return [(number, name, await _read(sftp, f"{self.base}/outbox/{name}")) for number, name in due]

        try:
            files = self._with(fetch)
        except TROUBLE as why:
            raise Unreachable(f"回执没有取到（{plain(why)}）") from why
        heard: list[Told] = []
        for number, name, content in files:
            heard += self._listed(name, content, "receipts", told)
            after = number
        return heard, after

    def holdings(self) -> list[Kept]:
        """对方自述持有什么, of the last day. Raises Unreachable."""

        async def fetch(sftp: asyncssh.SFTPClient) -> bytes:
            return await _read(sftp, f"{self.base}/outbox/holdings.json")

        try:
            content = self._with(fetch)
        except TROUBLE as why:
            raise Unreachable(f"持有清单没有取到（{plain(why)}）") from why
        if time.time() - float(self._opened("holdings.json", content).get("at", 0)) > FRESH:
            raise Unreachable("持有清单是一天以前的")
        return self._listed("holdings.json", content, "holdings", kept)

    def _signed(self, path: str, facts: dict[str, Any]) -> bytes:
        text = json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()
        sender, now = settings.FEED_SENDER, time.time()
        head = signed(self.channel.signer(), method="PUT", path=path, body=text, sender=sender, now=now)
        return text + b"\n" + json.dumps(head, sort_keys=True).encode() + b"\n"

    def _opened(self, name: str, content: bytes) -> dict[str, Any]:
        text, _, head = content.partition(b"\n")
        try:
            headers, facts = json.loads(head), json.loads(text)
        except ValueError as why:
            raise Unreachable(f"{name} 读不懂") from why
        path, believed = f"/outbox/{name}", self.channel.believed()
        wrong = isinstance(headers, dict) and problem(
            believed, method="PUT", path=path, headers=headers, body=text, sender=self.channel.code, now=None
        )
        if wrong or not isinstance(headers, dict) or not isinstance(facts, dict):
            raise Unreachable(f"{name} 不是对方签名的：{wrong or '格式不符'}")
        return facts

    def _listed(self, name: str, content: bytes, what: str, read: Callable[[dict[str, Any]], Found]) -> list[Found]:
        try:
            return [read(one) for one in self._opened(name, content)[what]]
        except (ValueError, KeyError, TypeError) as why:
            raise Unreachable(f"{name} 读不懂") from why

    def _with(self, act: Callable[[asyncssh.SFTPClient], Awaitable[Found]]) -> Found:
        async def session() -> Found:
            async with (
                asyncio.timeout(settings.FEED_TIMEOUT),
                asyncssh.connect(
                    self.host,
                    self.port,
                    username=self.user,
                    client_keys=[asyncssh.import_private_key(self.channel.identity + "\n")],
                    known_hosts=([asyncssh.import_public_key(self.channel.host_key)], [], []),
                    agent_path=None,
                    config=None,
                ) as connection,
                connection.start_sftp_client() as sftp,
            ):
                return await act(sftp)

        return asyncio.run(session())


async def _whole(sftp: asyncssh.SFTPClient, path: str, content: bytes) -> None:
    """Under another name until it is whole. Harmless twice: the same name is the same content."""
    half = f"{path}.part"
    async with sftp.open(half, "wb") as file:
        await file.write(content)
    try:
        await sftp.posix_rename(half, path)
    except asyncssh.SFTPOpUnsupported:
        await sftp.rename(half, path)


async def _read(sftp: asyncssh.SFTPClient, path: str) -> bytes:
    if ((await sftp.stat(path)).size or 0) > LARGEST:
        raise OSError("too large")
    async with sftp.open(path, "rb") as file:
        content: bytes = await file.read()
    return content
