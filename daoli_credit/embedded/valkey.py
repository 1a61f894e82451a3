"""内嵌 Valkey: the broker and cache, on a unix socket."""

import os
import signal
import subprocess
import time
from pathlib import Path

import redis

from daoli_credit.embedded import binaries
from daoli_credit.embedded.child import server_user, spawn, stop

PATIENCE = 90.0
OPTIONS = ["--port", "0", "--unixsocketperm", "700", "--appendonly", "yes", "--save", ""]


def url(sockets: Path) -> str:
    """The address, as settings wants it."""
    return f"unix://{sockets}/vk.sock"


def start(data: Path, sockets: Path) -> subprocess.Popen[bytes]:
    """Start the server and wait until it answers; raises RuntimeError with its log."""
    found = binaries.valkey()
    program = binaries.within_reach(found, found.parent, server_user(), data)
    folder = data / "valkey"
    folder.mkdir(mode=0o700, exist_ok=True)
    os.chown(folder, *server_user())
    log = data / "valkey.log"
    with log.open("wb") as output:
        server = spawn(
            [str(program), "--unixsocket", f"{sockets}/vk.sock", "--dir", str(folder), *OPTIONS],
            user=server_user(),
            output=output,
        )
    client = redis.Redis(unix_socket_path=f"{sockets}/vk.sock")
    until = time.monotonic() + PATIENCE
    while True:
        try:
            client.ping()
        except redis.ConnectionError as why:
            if server.poll() is not None or time.monotonic() > until:
                stop(server, signal.SIGKILL)
                raise RuntimeError(f"Valkey 没有启动：\n{log.read_text(errors='replace')[-2000:]}") from why
            time.sleep(0.02)
        else:
            client.close()
            return server
