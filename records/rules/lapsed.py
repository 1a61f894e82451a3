"""失效的依据: which of an item's bases are no longer in force, and who takes their place. Pure."""

from datetime import date

from daoli_credit.law.book import Pack
from daoli_credit.law.citations import Basis, Citation
from daoli_credit.law.rows import Item


def of(rules: Pack, item: Item, *, on: date) -> tuple[Basis, ...]:
    """失效的依据 of an item: of its row, of its sending, and of the lists that it carries."""
    cited: list[Citation] = [*item.citations, *item.may_push.citations]
    for code in item.list_types:
        cited += rules.list_type(code).citations
    return tuple({c.basis.code: c.basis for c in cited if c.basis.lapsed(on)}.values())


def successors(rules: Pack, code: str, *, on: date) -> tuple[Basis, ...]:
    """继任依据 in force on the day: whoever says that it replaces the basis, also through others; last first."""
    found: list[Basis] = []
    following = rules.successor(code)
    while following is not None and following not in found:
        found.insert(0, following)
        following = rules.successor(following.code)
    return tuple(one for one in found if one.in_force(on))
