from collections.abc import Callable

import pytest

from daoli_credit.audit import events
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.audit.selectors import looks_at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("missing", ["matter", "case_number", "purpose"])
def test_a_look_without_a_reason_is_refused(a_look: Callable[..., LookUp], missing: str) -> None:
    with pytest.raises(events.PurposeMissing, match="查询前请填写"):
        a_look(**{missing: " "})
    assert not LookUp.objects.filter(case_number="2026-0031").exists()


def test_a_purpose_may_not_name_the_person_by_number(a_look: Callable[..., LookUp]) -> None:
    with pytest.raises(OpinionRefused):
        a_look(purpose="查 230102199003077777")


def test_the_person_sees_looks_newest_first_with_what_became_of_them(a_look: Callable[..., LookUp]) -> None:
    first, second = a_look(), a_look()
    other = a_look(person=b"o")
    outcome = events.outcome(first, "no-effect")
    seen = looks_at([bytes(first.person_key), b"\x00\x02" + b"k" * 32])
    assert [entry.look for entry in seen] == [second, first]
    assert seen[1].outcomes == [outcome]
    assert other not in [entry.look for entry in seen]


def test_looking_at_oneself_needs_no_reason_and_is_listed(officer: events.Actor) -> None:
    key = b"\x00\x01" + b"m" * 32
    own = events.own_look(actor=officer, person_key=key, shown=["records"])
    assert own.kind == LookUp.Kind.OWN
    assert [entry.look for entry in looks_at([key])] == [own]


def test_an_outcome_follows_a_look_only(a_look: Callable[..., LookUp]) -> None:
    outcome = events.outcome(a_look(), "refused")
    with pytest.raises(ValueError, match="跟在一次查询之后"):
        events.outcome(outcome, "refused")
    with pytest.raises(ValueError, match="结果要写明"):
        events.outcome(a_look(), "")
