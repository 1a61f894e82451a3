"""一栏的各格: the different cells of a column as they were read, each once, and which row has which."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from records.rules.values import Value

_One = TypeVar("_One")


class Cell(NamedTuple):
    """一格: what it adds to the content as JSON, its value, and the day where it is one."""

    content: bytes = b""
    value: Value = None
    day: date | None = None


PLAIN = Cell()


@dataclass(frozen=True, slots=True)
class Column:
    """一栏 of some rows: its different texts as they were read, and the text of each row."""

    known: Mapping[str, Cell]
    texts: Sequence[str]
    different: frozenset[str]

    def of(self, part: Callable[[Cell], _One]) -> Sequence[_One]:
        """The same part of every cell; of a column in which all is alike it is looked up once."""
        if len(self.different) == 1:
            return [part(self.known[self.texts[0]])] * len(self.texts)
        parts = {text: part(self.known[text]) for text in self.different}
        return [parts[text] for text in self.texts]

    def holding(self, wanted: str) -> set[str]:
        """Which texts say this, alone or among others."""
        return {text for text in self.different if wanted in (self.known[text].value or [])}

    @property
    def empty(self) -> set[str]:
        """Which texts say nothing."""
        return {text for text in self.different if self.known[text].value is None}
