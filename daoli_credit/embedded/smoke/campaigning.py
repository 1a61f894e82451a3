"""宣传: a bureau reports one campaign on a key date."""

from collections.abc import Callable

from daoli_credit.embedded.world import World

STATIONS: list[tuple[str, Callable[[World], None]]] = []
