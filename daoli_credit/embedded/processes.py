"""进程组: the product's processes beside each other, their lines on one screen, all stopped together.

honcho puts a process of its own between us and each program, which lives on when we are killed with -9 and so hides
our death from the kernel's signal; here each program is our own child.
"""

import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence
from threading import Thread

from daoli_credit.embedded.child import spawn, stop


class Ended(RuntimeError):
    """A process that should go on has ended; the message holds its last lines."""


class Processes:
    """Start with `start`, look with `check` or `watch`, end with `stop`."""

    def __init__(self, *, loud: bool) -> None:
        self.loud = loud
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.last: dict[str, deque[str]] = {}
        self.readers: list[Thread] = []

    def start(
        self,
        name: str,
        argv: Sequence[str],
        env: Mapping[str, str],
        *,
        user: tuple[int, int] | None = None,
        on_death: signal.Signals = signal.SIGTERM,
    ) -> None:
        """One more process; its output is shown line by line under its name, or only kept when not loud."""
        process = spawn(argv, env=env, user=user, on_death=on_death, output=subprocess.PIPE)
        self.running[name], self.last[name] = process, deque(maxlen=40)
        reader = Thread(target=self._read, args=(name, process), daemon=True)
        reader.start()
        self.readers.append(reader)

    def _read(self, name: str, process: subprocess.Popen[bytes]) -> None:
        for raw in process.stdout or ():
            line = raw.decode(errors="replace").rstrip()
            self.last[name].append(line)
            if self.loud:
                sys.stdout.write(f"{name:<8}│ {line}\n")
                sys.stdout.flush()

    def told(self, name: str) -> str:
        """The last lines of one process."""
        return "\n".join(self.last[name])

    def check(self) -> None:
        """Raises Ended when a process has ended."""
        for name, process in self.running.items():
            if process.poll() is not None:
                self.readers[list(self.running).index(name)].join(1)
                raise Ended(f"进程 {name} 意外退出（代码 {process.returncode}）：\n{self.told(name)}")

    def watch(self) -> None:
        """Until a process ends (Ended) or a signal comes (the handler raises)."""
        while True:
            self.check()
            time.sleep(0.3)

    def stop(self) -> None:
        """Ask all at once, then wait for each."""
        self.loud = False
        for process in self.running.values():
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.running.values():
            stop(process, patience=10)
