"""我们的门: a web process of its own that takes receipts, killed and started again while it rains."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import requests

from daoli_credit.embedded.places import CLONE
from tests.sandbox.process import free_port


@dataclass
class Door:
    """网站进程. The environment is asked for at each start, because it names the database of the storm."""

    environment: Callable[[], Mapping[str, str]]
    port: int = field(default_factory=free_port)
    killed: int = 0
    running: "subprocess.Popen[bytes] | None" = None

    def open_(self) -> None:
        """起来, and answers."""
        words = ["-b", f"127.0.0.1:{self.port}", "-w", "1", "--threads", "4", "daoli_credit.wsgi"]
        command = [sys.executable, "-m", "gunicorn", *words]
        given = {**self.environment(), "ALLOWED_HOSTS": "*"}
        self.running = subprocess.Popen(
            command, cwd=CLONE, env=given, stderr=subprocess.DEVNULL, start_new_session=True
        )
        for _ in range(150):
            try:
                requests.get(f"http://127.0.0.1:{self.port}/healthz/", timeout=1)
            except requests.RequestException:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("网站进程没有起来")

    def kill(self) -> None:
        """SIGKILL to the master and its workers."""
        if self.running:
            os.killpg(self.running.pid, 9)
            self.running.wait()
            self.running = None
            self.killed += 1
