"""密封登记: every binary column of the product says what it holds, so that none is forgotten when keys are changed.

An envelope is sealed anew under the current key; a person key is moved to the current key where the person is known;
anything else says why it stays as it is. A test asks every BinaryField which of the three it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Envelope:
    """一栏密文: what each row's envelope is bound to, what to read along with it, and how many rows fit a portion."""

    model: str
    name: str
    context: Callable[[Any], bytes]
    related: tuple[str, ...] = ()
    portion: int = 500


@dataclass(frozen=True)
class PersonKey:
    """一栏个人标识, in rows that may be rewritten; `former` is the column that keeps the keys it had before."""

    model: str
    name: str
    former: str = ""


@dataclass(frozen=True)
class Other:
    """既不是密文也不随密钥更换: a digest, a root, or a row that is never rewritten."""

    model: str
    name: str
    why: str


_known: dict[tuple[str, str], Envelope | PersonKey | Other] = {}


def register(*columns: Envelope | PersonKey | Other) -> None:
    """登记. Raises ValueError for a column that is already registered as something else."""
    for column in columns:
        place = (column.model, column.name)
        if _known.get(place, column) != column:
            raise ValueError(f"{column.model}.{column.name} 已经登记为别的")
        _known[place] = column


def known() -> dict[tuple[str, str], Envelope | PersonKey | Other]:
    """全部登记: (model label, column) → what it is."""
    return dict(_known)


def envelopes() -> list[Envelope]:
    """密文各栏, in the order of their names."""
    return sorted((one for one in _known.values() if isinstance(one, Envelope)), key=lambda one: (one.model, one.name))


def person_keys() -> list[PersonKey]:
    """可以更换的个人标识各栏."""
    return sorted((one for one in _known.values() if isinstance(one, PersonKey)), key=lambda one: (one.model, one.name))
