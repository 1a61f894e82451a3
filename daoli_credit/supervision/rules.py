"""上线前确认清单: the edition in use, counted by file and status."""

from collections import Counter
from dataclasses import dataclass

from daoli_credit.law import pack
from daoli_credit.law.citations import Basis
from daoli_credit.law.models import Edition
from daoli_credit.law.rows import Row
from daoli_credit.law.status import FIRM, Status

FILES: dict[str, tuple[str, tuple[str, ...]]] = {
    "bases": ("法律依据", ("bases",)),
    "catalogue": ("目录事项", ("items", "end_rules")),
    "lists": ("名单类型和方案所列行为", ("lists", "behaviours", "excluded")),
    "measures": ("措施", ("measures", "blocklist")),
    "matters": ("应用事项", ("matters",)),
    "limits": ("期限、类别和送达", ("limits", "classes", "counting_rules", "service_methods")),
    "prohibited": ("拒收规则", ("prohibited",)),
    "keydates": ("宣传节点", ("keydates", "extra")),
    "holidays": ("放假和调休", ("years",)),
}


@dataclass(frozen=True)
class Standing:
    """规则的现状: the edition, how many of its rows are firm, and how many rows it has."""

    edition: Edition
    firm: int
    total: int

    @property
    def waiting(self) -> int:
        """Rows that carry no adverse act: to be confirmed, suspended, or without basis."""
        return self.total - self.firm


@dataclass(frozen=True)
class File:
    """规则的一部分: how many of its rows have each status."""

    code: str
    title: str
    counts: list[tuple[Status, int]]
    total: int


def standing() -> Standing | None:
    """规则的现状, or None before the first edition is loaded."""
    edition = Edition.objects.filter(active=True).defer("content").first()
    if edition is None:
        return None
    rules = pack.current()
    everything: list[Row | Basis] = [*rules.bases.values(), *rules.rows()]
    statuses = Counter(row.status for row in everything)
    return Standing(edition, sum(statuses[one] for one in FIRM), statuses.total())


def files() -> list[File]:
    """确认清单 of the edition in use. Raises NoEdition before the first one is loaded."""
    rules = pack.current()
    found = []
    for code, (title, _) in FILES.items():
        count = Counter(row.status for row in rows(rules, code))
        found.append(File(code, title, [(status, count[status]) for status in Status], count.total()))
    return found


def rows(rules: pack.Pack, code: str, status: str = "") -> list[Row | Basis]:
    """一个部分的行, those of one status if it is given; none for an unknown part."""
    _, kinds = FILES.get(code, ("", ()))
    found: list[Row | Basis] = list(rules.bases.values()) if "bases" in kinds else []
    found += [row for row in rules.rows() if row.kind in kinds]
    return [row for row in found if not status or row.status == status]
