"""翻页和计数, at a cost that does not grow with the register: pages by key, and counts that stop at a thousand."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
LARGEST = 2**63 - 1
MOST = 999  # more than so many is said as “999+”


def counted(rows: QuerySet[Any]) -> int:
    """几条, and no further than one more than is ever said."""
    return rows.order_by()[: MOST + 1].count()


class FirstPages(Paginator):  # type: ignore[type-arg]  # not generic while it runs
    """前几页 of what is worked off from the top: nobody turns to the end of it, so nobody counts to there."""

    @cached_property
    def count(self) -> int:
        """At most one more than is said."""
        return counted(self.object_list)  # type: ignore[arg-type]

    @property
    def said(self) -> str:
        """总数, in words of the pager."""
        return f"{MOST}+" if self.count > MOST else str(self.count)


@dataclass(frozen=True)
class Leaf(Generic[Row]):
    """一页: rows newest first, and the numbers from which the pages beside it begin."""

    rows: Sequence[Row]
    older: int | None
    newer: int | None


def _number(text: str | None) -> int | None:
    # what no row can have is no number at all: the page then begins at the newest
    return int(text) if text and text.isascii() and text.isdecimal() and int(text) <= LARGEST else None


def leaf(rows: QuerySet[Row], *, before: str | None, after: str | None, size: int) -> Leaf[Row]:
    """翻页: the rows just older than `before`, or just newer than `after`, or the newest."""
    low, high = _number(after), _number(before)
    if low is not None:
        found = list(rows.filter(id__gt=low).order_by("id")[: size + 1])
        more, found = len(found) > size, found[:size][::-1]
        return Leaf(found, found[-1].pk if found else low + 1, found[0].pk if found and more else None)
    if high is not None:
        rows = rows.filter(id__lt=high)
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    newer = None if high is None else found[0].pk if found else high - 1
    return Leaf(found, found[-1].pk if more else None, newer)


def among(
    parts: Sequence[QuerySet[Row]], shown: QuerySet[Row], *, before: str | None, after: str | None, size: int
) -> Leaf[Row]:
    """翻页 over stretches of one table, each of which an index has in order, of the rows that are `shown`.

    The stretches are asked for their numbers alone, in one statement; where some of those are not shown, once more.
    """
    low, high = _number(after), _number(before)
    up, found = low is not None, list[int]()
    while parts:
        ends = []
        for part in parts:
            rows = part.filter(id__gt=low).order_by("id") if up else part.order_by("-id")
            rows = rows if up or high is None else rows.filter(id__lt=high)
            ends.append(rows.values_list("pk", flat=True)[: size + 1])
        numbers = sorted(ends[0].union(*ends[1:], all=True) if len(ends) > 1 else ends[0], reverse=not up)[: size + 1]
        found += shown.filter(pk__in=numbers).values_list("pk", flat=True)
        if len(numbers) <= size or len(found) > size:
            break
        low, high = (numbers[-1], high) if up else (low, numbers[-1])
    return leaf(shown.filter(pk__in=found).order_by("-id"), before=before, after=after, size=size)
