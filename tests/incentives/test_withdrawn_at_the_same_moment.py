"""本人撤回的同时有人在核实、决定、生效: real connections; the person's word always stands in the end."""

from collections.abc import Callable
from typing import Any

import pytest

from incentives.models import Nomination
from incentives.workflows import consenting, honouring
from records.models import CreditRecord
from tests import make_honours
from tests.cast import Cast, assemble
from tests.make_honours import SERVICE, league
from tests.together import together

Act = Callable[[Nomination], object]


def _verify(row: Nomination) -> object:
    return honouring.verify(nomination_id=row.pk, actor=league().verifier, opinion="与来源文件一致")


def _decide(row: Nomination) -> object:
    return honouring.decide(
        nomination_id=row.pk, actor=league().decider, opinion="同意登记", document="哈里团荣〔2026〕9号"
    )


def _effect(row: Nomination) -> object:
    assert row.decided_on is not None
    return honouring.take_effect(nomination_id=row.pk, actor=league().clerk, day=row.decided_on, **SERVICE)


def _before(cast: Cast, step: str) -> Nomination:
    made = {"verify": make_honours.consented, "decide": make_honours.verified, "effect": make_honours.decided}[step]
    return made(cast.citizen)


@pytest.mark.parametrize(("step", "act"), [("verify", _verify), ("decide", _decide), ("effect", _effect)])
def test_whoever_withdraws_while_somebody_decides_has_withdrawn(committing_db: str, step: str, act: Act) -> None:
    cast = assemble()
    row = _before(cast, step)
    said = together(
        lambda: consenting.withdraw(nomination_id=row.pk, actor=cast.citizen),
        lambda: act(row),
    )
    assert said in (["WrongState", "done"], ["done", "done"])
    row.refresh_from_db()
    assert row.status == "withdrawn"
    assert not CreditRecord.objects.exclude(status="ended").filter(number=row.number).exists()
    assert not CreditRecord.objects.filter(item=row.item_id).exclude(status="ended").exists()
    assert (row.subject is None) == (row.record is None), "没有走到记录的，不留是谁"


def test_two_clicks_on_withdraw_are_one(committing_db: str) -> None:
    cast = assemble()
    row = make_honours.effective(cast.citizen)
    withdraw = lambda: consenting.withdraw(nomination_id=row.pk, actor=cast.citizen)  # noqa: E731
    assert together(withdraw, withdraw) == ["AlreadyDone", "done"]
    assert CreditRecord.objects.get(pk=row.record_id or 0).status == "ended"


def test_two_deciders_at_once_decide_once(committing_db: str) -> None:
    cast = assemble()
    row = make_honours.verified(cast.citizen)
    facts: Any = {
        "nomination_id": row.pk,
        "actor": league().decider,
        "seen": row.revision,
    }  # both look at the same page
    said = together(
        lambda: honouring.decide(**facts, opinion="同意登记", document="哈里团荣〔2026〕9号"),
        lambda: honouring.decline(**facts, opinion="来源文件不符"),
    )
    assert said in (["Stale", "done"], ["WrongState", "done"])
    row.refresh_from_db()
    assert row.status in {"decided", "dropped"}
