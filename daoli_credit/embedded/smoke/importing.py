"""一张表: a bureau's sheet from upload to records in force."""

from collections.abc import Callable

from daoli_credit.embedded.world import World

STATIONS: list[tuple[str, Callable[[World], None]]] = []
