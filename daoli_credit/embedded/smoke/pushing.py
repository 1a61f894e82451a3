"""推送: what may leave reaches both platforms, signed, and their receipts come back."""

from collections.abc import Callable

from daoli_credit.embedded.world import World

STATIONS: list[tuple[str, Callable[[World], None]]] = []
