"""修复: a record is repaired, withdrawn everywhere, and answers as if it never was."""

from collections.abc import Callable

from daoli_credit.embedded.world import World

STATIONS: list[tuple[str, Callable[[World], None]]] = []
