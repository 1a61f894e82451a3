"""依据引用: the references of clauses, put into words by the edition of the rules in use."""

from collections.abc import Iterable
from dataclasses import dataclass

from daoli_credit.law import pack
from daoli_credit.supervision import nouns
from daoli_credit.supervision.models import Clause


@dataclass(frozen=True)
class Cited:
    """一条依据: its name with article, what it says in one sentence, and whether it is still to be confirmed."""

    title: str
    says: str
    status: str
    firm: bool


@dataclass(frozen=True)
class Annotated:
    """条款 with its references and places in words. `missing`: references that the edition in use does not hold."""

    clause: Clause
    cited: list[Cited]
    missing: int
    places: list[nouns.Place]


def _current() -> pack.Pack | None:
    try:
        return pack.current()
    except pack.NoEdition:
        return None


def _cite(rules: pack.Pack, ref: str) -> Cited | None:
    try:
        citation = rules.cite(ref)
    except pack.UnknownCode:
        return None
    status = citation.basis.status
    firm = status in (pack.Status.VERIFIED, pack.Status.CONFIRMED)
    return Cited(str(citation), citation.says, status.label, firm)


def annotated(clauses: Iterable[Clause]) -> list[Annotated]:
    """条款和依据. Without an edition every reference counts as missing, and the page says so."""
    rules = _current()
    found = []
    for clause in clauses:
        cited = [one for ref in clause.basis if rules and (one := _cite(rules, ref))]
        places = [nouns.place(noun) for noun in clause.where]
        found.append(Annotated(clause, cited, len(clause.basis) - len(cited), places))
    return found
