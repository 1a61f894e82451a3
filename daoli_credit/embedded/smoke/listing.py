"""列入案件: one case walks its procedure; the locked step is tried and refuses."""

from collections.abc import Callable

from daoli_credit.embedded.world import World

STATIONS: list[tuple[str, Callable[[World], None]]] = []
