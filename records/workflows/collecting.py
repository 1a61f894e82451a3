"""少回收: of a hundred thousand rows nothing refers to itself; looking for rings after every few hundred is waste."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

AFTER = 200_000


@contextmanager
def seldom_collected() -> Iterator[None]:
    """少清理内存: in the block the collector of rings runs after so many new objects, not after seven hundred."""
    before = gc.get_threshold()
    gc.set_threshold(max(AFTER, before[0]), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
