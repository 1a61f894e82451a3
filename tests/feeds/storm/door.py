"""我们的门: a web process of its own that takes receipts, killed and started again while it rains."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from daoli_credit.embedded.places import CLONE
from daoli_credit.embedded.ports import keep, number
from tests.sandbox.process import until_it_answers


@dataclass
class Door:
    """网站进程. The environment is asked for at each start, because it names the database of the storm."""

    environment: Callable[[], Mapping[str, str]]
    kept: socket.socket = field(default_factory=keep)  # ours also while nobody listens there
    killed: int = 0
    running: "subprocess.Popen[bytes] | None" = None

    @property
    def port(self) -> int:
        """Where it is opened, each time the same."""
        return number(self.kept)

    def open_(self) -> None:
        """起来, and answers."""
        words = ["-b", f"127.0.0.1:{self.port}", "-w", "1", "--threads", "4", "daoli_credit.wsgi"]
        command = [sys.executable, "-m", "gunicorn", *words]
        given = {**self.environment(), "ALLOWED_HOSTS": "*"}
        self.running = subprocess.Popen(
            command, cwd=CLONE, env=given, stderr=subprocess.DEVNULL, start_new_session=True
        )
        until_it_answers(self.running, f"http://127.0.0.1:{self.port}/healthz/")

    def kill(self) -> None:
        """SIGKILL to the master and its workers."""
        if self.running:
            os.killpg(self.running.pid, 9)
            self.running.wait()
            self.running = None
            self.killed += 1
