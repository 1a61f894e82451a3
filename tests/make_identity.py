"""造身份核定件: by the true acts only. 田丽 checks at the window, 何志远 decides."""

from datetime import timedelta
from typing import Any

from daoli_credit.demo.people import number
from daoli_credit.law import clock
from records.identity import Identity
from records.models import IdentityCase
from records.models.identity_case import K
from records.rules.id_number import RESIDENT
from records.workflows import identity_case as acts
from records.workflows import identity_opening
from records.workflows.identity_opening import Grounds
from tests.cast import Cast, identity


def grounds(**changes: Any) -> Grounds:
    """A document of last week."""
    day = clock.today() - timedelta(days=7)
    return Grounds(
        **{"reason": "公安机关更正重号", "paper": "户籍证明", "number": "哈公户证〔2026〕8号", "on": day, **changes}
    )


def second_number(username: str = "linxiuyun", serial: int = 777) -> Identity:
    """The same name under another number of the same day of birth."""
    who = identity(username)
    born = clock.today().replace(int(who.id_number[6:10]), int(who.id_number[10:12]), int(who.id_number[12:14]))
    return Identity(who.name, RESIDENT, number(born, serial))


def opened(cast: Cast, kind: K, who: Identity, *, other: str = "", name: str = "", **changes: Any) -> IdentityCase:
    """Proposed at the window."""
    return identity_opening.open_(
        kind=kind, id_number=who.id_number, other_number=other, name=name, grounds=grounds(**changes), papers=(),
        actor=cast.counter,
    )  # fmt: skip


def settled(cast: Cast, case: IdentityCase) -> IdentityCase:
    """Decided by the other."""
    return acts.settle(case_id=case.pk, actor=cast.supervisor, opinion="材料齐全", seen=case.revision)


def joined(cast: Cast, first: Identity, second: Identity) -> IdentityCase:
    """Two numbers found to be one person's."""
    return settled(cast, opened(cast, K.SAME, first, other=second.id_number))


def parted(cast: Cast, case: IdentityCase) -> IdentityCase:
    """And taken back."""
    return settled(cast, identity_opening.undo(case_id=case.pk, grounds=grounds(reason="认错了人"), actor=cast.counter))
