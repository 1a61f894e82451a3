"""文件交换: an SFTP server on the platform's own folder, for one sender with one key, in a thread of its own."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import asyncssh

from daoli_credit.sandbox.platform.mailroom import Mailroom

WAITS = {"silent": 30.0, "slow": 2.0}  # seconds


class Files(asyncssh.SFTPServer):
    """The folder, and nothing above it; with the faults that a disk and a wire have."""

    mailroom: Mailroom

    def __init__(self, channel: Any) -> None:
        self._connection = channel.get_connection()
        super().__init__(channel, chroot=str(self.mailroom.root).encode())

    def _fault(self, path: bytes) -> str:
        name = path.decode().rsplit("/", 1)[-1].split(".", 1)[0]
        return self.mailroom.begins(name) if b"/inbox/" in path else ""

    async def open(self, path: bytes, pflags: int, attrs: asyncssh.SFTPAttrs) -> Any:
        """Opens a file; a full disk takes nothing new, and a slow one takes its time."""
        fault = self._fault(path) if pflags & asyncssh.FXF_WRITE else "down" if self.mailroom.faults.down else ""
        if fault == "full-disk":
            raise asyncssh.SFTPFailure("no space left")
        if fault == "down":
            self._connection.abort()
            raise asyncssh.SFTPConnectionLost("down")
        if fault in WAITS and path.endswith(b".jsonl.part"):
            await asyncio.sleep(WAITS[fault])
        return super().open(path, pflags, attrs)

    def posix_rename(self, oldpath: bytes, newpath: bytes) -> None:
        """The last step of a package; the wire may break just before or just after it."""
        fault = self._fault(newpath) if newpath.endswith(b".json") else ""
        if fault == "reset":
            self._connection.abort()
            raise asyncssh.SFTPConnectionLost("reset")
        super().posix_rename(oldpath, newpath)
        if fault == "reset-after-store":
            self._connection.abort()


def serve(mailroom: Mailroom, host: str, port: int, host_key: str, sender_key: str) -> None:
    """Begins to listen; `host_key` is our private key, `sender_key` the sender's public one. Returns at once."""
    files = type("BoundFiles", (Files,), {"mailroom": mailroom})
    known = asyncssh.import_authorized_keys(sender_key + "\n")
    ready = threading.Event()

    async def listen() -> None:
        await asyncssh.listen(
            host,
            port,
            server_host_keys=[asyncssh.import_private_key(host_key + "\n")],
            authorized_client_keys=known,
            password_auth=False,
            sftp_factory=files,
            config=None,
        )
        ready.set()
        await asyncio.Event().wait()

    threading.Thread(target=lambda: asyncio.run(listen()), daemon=True, name="sftp").start()
    if not ready.wait(60):
        raise SystemExit("SFTP 没有就绪")


def folder_of(store: Path) -> Path:
    """The folder beside a store."""
    return store.with_suffix(".files")
