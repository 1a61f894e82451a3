"""读规则: the rows of a kind, what waits for whom, and the list of what must be confirmed before going live."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from daoli_credit.accounts.models import User
from daoli_credit.law.checklist import Open, to_confirm
from daoli_credit.law.entries import Entry, entries
from daoli_credit.law.pack import Pack
from daoli_credit.law.status import Status
from daoli_credit.rulepack.models import RuleChange
from daoli_credit.rulepack.models.change import Action, G
from daoli_credit.rulepack.words import KINDS


@dataclass(frozen=True)
class Part:
    """一类规则: how many of its rows have each status."""

    kind: str
    title: str
    counts: list[tuple[Status, int]]
    total: int


@dataclass(frozen=True)
class Module:
    """一个模块上线前还缺的: its rows, and how many already wait for the second person.

    With each row stand the number of the change that is under way, and why it was suspended, if it was.
    """

    title: str
    rows: tuple[tuple[Open, str, str], ...]
    waiting: int


def parts(pack: Pack) -> list[Part]:
    """各类规则, in the order of the page; a kind without rows is left out."""
    found = []
    for kind, title in KINDS.items():
        count = Counter(one.status for one in entries(pack, kind))
        if count:
            found.append(Part(kind, title, [(status, count[status]) for status in Status], count.total()))
    return found


def rows(pack: Pack, kind: str, status: str = "", q: str = "") -> list[Entry]:
    """一类的各条, those of one status and those that say `q`, if it is given."""
    return [one for one in entries(pack, kind) if (not status or one.status == status) and says(one, q)]


def says(one: Entry, q: str) -> bool:
    """写着 `q` 的: in its title, its code, its note, or in what it rests on."""
    return not q or any(q.lower() in text.lower() for text in (one.title, one.code, one.note, *map(str, one.citations)))


def found(pack: Pack, q: str) -> list[tuple[str, list[Entry]]]:
    """各类里写着 `q` 的, by the title of the kind."""
    by_kind = ((title, rows(pack, kind, q=q)) for kind, title in KINDS.items())
    return [(title, ones) for title, ones in by_kind if ones]


def checklist(pack: Pack) -> list[Module]:
    """上线前确认清单, by module."""
    agreed = RuleChange.objects.filter(status=G.AGREED, action=Action.SUSPEND).order_by("pk")
    why = {(c.kind, c.code): c.reason for c in agreed}
    numbers = {(c.kind, c.code): c.number for c in RuleChange.objects.filter(status=G.PROPOSED)}
    found = []
    for title, opens in to_confirm(pack).items():
        pairs = tuple((one, *_beside(one, numbers, why)) for one in opens)
        found.append(Module(title, pairs, sum(bool(number) for _, number, _ in pairs)))
    return found


def _beside(one: Open, numbers: dict[tuple[str, str], str], why: dict[tuple[str, str], str]) -> tuple[str, str]:
    key = (one.kind, one.code)
    return numbers.get(key, ""), why.get(key, "") if one.status is Status.SUSPENDED else ""


def waiting_for(user: User) -> QuerySet[RuleChange]:
    """等我同意的: what others have proposed."""
    if not user.may_anywhere("supervise"):
        return RuleChange.objects.none()
    return RuleChange.objects.visible_to(user).filter(status=G.PROPOSED).exclude(proposed_by=user)
