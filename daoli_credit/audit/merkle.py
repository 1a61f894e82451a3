"""默克尔树 (RFC 6962): pure functions over 32-byte leaves. Nothing here knows what a leaf stands for."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import islice

from daoli_credit.audit.check_proof import Broken, climb, leaf_of

SIZE = 32
AT_ONCE = 1 << 14  # leaves of a share; a power of two
_INNER = sha256(b"\x01")


def root(leaves: Iterable[bytes]) -> bytes:
    """根 of leaves in order. Raises ValueError when there are none."""
    return root_of_joined(b"".join(leaves))


def root_of_joined(leaves: bytes) -> bytes:
    """根 of leaves written one after another, as the database hands them over."""
    if not leaves or len(leaves) % SIZE:
        raise ValueError("叶子应为一个或多个 32 字节的值")
    level = leaves
    while len(level) > SIZE:
        level = _parents(level)
    return level


def root_of_values(values: Iterable[object]) -> bytes:
    """一组编号的根, for an act on a set: the leaf of each is its text. Holds few at a time."""
    coming = iter(values)
    # full shares are whole subtrees, and a last one that is not full goes up as it is: the root is the same
    tops = []
    while some := [leaf_of(str(value).encode("utf-8")) for value in islice(coming, AT_ONCE)]:
        tops.append(root(some))
    return root(tops)


def proof(leaves: Sequence[bytes], position: int) -> list[bytes]:
    """包含证明: the siblings from a leaf up to the root. Raises IndexError when there is no such leaf."""
    if not 0 <= position < len(leaves):
        raise IndexError(f"没有第 {position} 片叶子")
    path, level, here = [], b"".join(leaves), position
    while len(level) > SIZE:
        sibling = level[(here ^ 1) * SIZE : (here ^ 1) * SIZE + SIZE]
        if sibling:
            path.append(sibling)
        level, here = _parents(level), here >> 1
    return path


def check(leaf: bytes, position: int, count: int, path: Iterable[bytes], expected: bytes) -> bool:
    """核对包含证明."""
    try:
        return climb(leaf, position, count, path) == expected
    except Broken:
        return False


def _parents(level: bytes) -> bytes:
    # A node without a neighbour goes up as it is; that is the tree RFC 6962 splits from the top.
    # Copying a hash that has already taken 0x01 costs about half of making a new one; a million leaves pass here.
    paired = len(level) - len(level) % (2 * SIZE)
    new, nodes = _INNER.copy, []
    for at in range(0, paired, 2 * SIZE):
        node = new()
        node.update(level[at : at + 2 * SIZE])
        nodes.append(node.digest())
    return b"".join(nodes) + level[paired:]
