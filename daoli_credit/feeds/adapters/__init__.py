"""接口: what a feed can be asked, whatever wire it speaks. One file per wire."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol


class Row(NamedTuple):
    """一行: key, our public number, revision, kind, SHA-256 and the stored bytes."""

    key: str
    record: str
    revision: int
    kind: str
    digest: str
    payload: bytes


@dataclass(frozen=True, order=True)
class PackageNumber:
    """包号: of one batch or file. The serial only grows within an epoch, and an epoch begins after a restore."""

    epoch: int
    serial: int

    def __str__(self) -> str:
        return f"{self.epoch:012d}-{self.serial:010d}"


class RowAnswer(NamedTuple):
    """对一行的回答: accepted for processing, or refused at the door with a code and words."""

    accepted: bool
    code: str = ""
    words: str = ""


@dataclass(frozen=True)
class Answer:
    """对一批的回答. `reached` is False when nothing is known: nobody can say whether the rows arrived."""

    reached: bool
    status: int | None = None
    words: str = ""
    rows: dict[str, RowAnswer] = field(default_factory=dict)


class Told(NamedTuple):
    """一份回执 as the platform says it."""

    key: str
    number: str
    accepted: bool
    words: str = ""
    code: str = ""


@dataclass(frozen=True)
class Kept:
    """对方持有的一条."""

    record: str
    revision: int
    digest: str


class Unreachable(Exception):
    """对方没有给出可用的回答."""


class Adapter(Protocol):
    """一种接法."""

    def send(self, rows: Sequence[Row], package: PackageNumber) -> Answer: ...
    def receipts(self, after: int) -> tuple[list[Told], int]: ...
    def holdings(self) -> list[Kept]: ...
