"""轮: what a scheduled task does with the rows it has found. One that cannot be done holds up none of the others.

Without this a single row that nobody foresaw stops its task at the same place each time: whoever stands behind it is
neither ended nor sealed nor told, and nobody sees why.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from daoli_credit.workflow import WorkflowError

log = logging.getLogger(__name__)
T = TypeVar("T")
# So many in a row: it is not the rows, it is the database that has gone; the next round begins anew.
ENOUGH = 20


class Undone(ExceptionGroup[Exception]):
    """没有办成的: what went wrong, row by row; `done` of the others were done."""

    done: int = 0


@dataclass
class _Tally:
    done: int = 0
    failed: list[Exception] = field(default_factory=list)
    in_a_row: int = 0

    @property
    def enough(self) -> bool:
        return self.in_a_row == ENOUGH

    def count(self, made: object) -> None:
        self.in_a_row = 0
        self.done += made if isinstance(made, int) else made is not None

    def fail(self, act: Callable[..., object], one: object, why: Exception) -> None:
        log.error("没有办成：%s，第 %s 号；其余接着办", getattr(act, "__qualname__", act), one, exc_info=why)
        self.in_a_row += 1
        self.failed.append(why)

    def end(self) -> int:
        if self.failed:
            undone = Undone(f"{len(self.failed)} 件没有办成，办成 {self.done} 件", self.failed)
            undone.done = self.done
            raise undone
        return self.done


def one_by_one(found: Iterable[T], act: Callable[[T], object]) -> int:
    """逐件办: each in its own transaction. Returns how many were done.

    What `act` answers is counted: a number as it is, nothing as none, anything else as one. A WorkflowError says that
    somebody was quicker, or that the row has moved on. Any other failure stands in the log with its row, the others
    are done, and at the end Undone is raised, so that the task is seen to have failed.
    """
    tally = _Tally()
    for one in list(found):
        try:
            tally.count(act(one))
        except WorkflowError:
            continue
        except Exception as why:  # whatever it is, it is this row's
            tally.fail(act, one, why)
            if tally.enough:
                break
    return tally.end()


def in_sets(found: Iterable[int], act: Callable[[Sequence[int]], int], size: int) -> int:
    """成组办: so many at once, each set in its own transaction; a set that fails is halved until the row is found.

    Returns how many were done. Raises Undone as `one_by_one` does.
    """
    tally, ids = _Tally(), list(found)
    waiting = [ids[at : at + size] for at in range(0, len(ids), size)]
    waiting.reverse()
    while waiting and not tally.enough:
        chosen = waiting.pop()
        try:
            tally.count(act(chosen))
        except Exception as why:  # a row of this set
            if len(chosen) == 1:
                tally.fail(act, chosen[0], why)
            else:
                half = len(chosen) // 2
                waiting += [chosen[half:], chosen[:half]]
    return tally.end()


def in_turn(*rounds: Callable[[], int]) -> int:
    """几轮: one after the other, whatever became of the one before. Returns and raises as `one_by_one` does."""
    tally = _Tally()
    for one in rounds:
        try:
            tally.count(one())
        except Undone as why:
            tally.count(why.done)
            tally.failed += why.exceptions
        except Exception as why:  # whoever runs the task notes it
            tally.failed.append(why)
    return tally.end()
