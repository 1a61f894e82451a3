"""日程的来处: every noun with a deadline says here what falls due. One line registers it; the calendar asks them all.

A line names no person: a number, what it is about, and where it is handled.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from daoli_credit.accounts.models import Department, User
from daoli_credit.law import pack


@dataclass(frozen=True)
class Due:
    """到期的一件. `by_itself` marks what happens by itself and needs nobody, e.g. a publicity that stops."""

    on: date
    kind: str
    number: str
    says: str
    department: int
    url: str = ""
    provisional: bool = False
    by_itself: bool = False

    @property
    def is_provisional(self) -> bool:
        """暂定: counted over a year whose holidays are not announced yet."""
        return self.provisional or not pack.current().calendar.known(self.on)


@dataclass(frozen=True)
class Reach:
    """看得到哪些部门: those in which the user holds one of the verbs; or, for counts of the office, all of them."""

    user: User | None

    def ids(self, *verbs: str) -> list[int]:
        """Department ids."""
        if self.user is None:
            return list(Department.objects.values_list("pk", flat=True))
        return sorted(frozenset[int]().union(*(self.user.departments(verb) for verb in verbs)))


Ask = Callable[[Reach, date], Iterable[Due]]


@dataclass(frozen=True)
class Provider:
    """一个来处: its kind, what the filter calls it, and the question, which is one query."""

    kind: str
    title: str
    ask: Ask


_providers: dict[str, Provider] = {}


def register(kind: str, title: str, ask: Ask) -> None:
    """登记一个来处. Raises ValueError when another has the kind."""
    known = _providers.setdefault(kind, Provider(kind, title, ask))
    if known.ask is not ask:
        raise ValueError(f"日程里已经有“{known.title}”（{kind}）")


def providers() -> list[Provider]:
    """全部来处, in the order of their names."""
    return sorted(_providers.values(), key=lambda one: one.kind)
