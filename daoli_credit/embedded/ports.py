"""端口: chosen by us, and kept for us until the process that is to listen there has come.

Between choosing a number and listening on it lie seconds, on a first start minutes; a number that is merely known to be
free is given to the next one who asks. The kernel gives nobody a port that is bound, though nobody listens on it; a
server that is told the number may still listen there, because servers ask for the address to be reused.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

HERE = "127.0.0.1"


def keep(wanted: int = 0) -> socket.socket:
    """占住一个端口: `wanted` if nobody has it, else any; kept until the socket is closed. Raises nothing."""
    kept = socket.socket()
    try:
        kept.bind((HERE, wanted))
    except (OSError, OverflowError):  # somebody's, or past the last there is
        kept.bind((HERE, 0))
    # only now: whoever else looks for a free one is refused, whoever is told this one is let in
    kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return kept


def number(kept: socket.socket) -> int:
    """它的号码."""
    port: int = kept.getsockname()[1]
    return port


@contextmanager
def kept_port(wanted: int = 0) -> Iterator[int]:
    """`keep` for the length of a `with`."""
    with keep(wanted) as kept:
        yield number(kept)


@contextmanager
def claimed(host: str, port: int) -> Iterator[None]:
    """指定的端口, kept. Raises RuntimeError, in words, while it can still be changed and nothing has been started."""
    with socket.socket() as kept:
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            kept.bind((host, port))
        except OSError as why:
            raise RuntimeError(f"{host}:{port} 不能使用（{why.strerror}），可用 --port 换一个端口") from why
        yield
