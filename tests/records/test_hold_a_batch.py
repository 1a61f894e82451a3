"""收录一批: a set does what the single acts do one after the other, whatever was said before and in whatever order."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from records.models import Disclosure, Holding
from records.workflows import handing, holding
from tests import make
from tests.cast import Cast

ACTS = ("handed", "taken", "refused", "asked", "confirm_gone")
STEP = st.tuples(st.sampled_from(ACTS), st.lists(st.integers(0, 4), min_size=3, max_size=3))


def _alone(act: str, numbers: dict[Any, int], whose: dict[str, str]) -> None:
    for record, number in numbers.items():
        one: dict[str, Any] = {"record_id": record.pk, **whose}
        if act == "handed":
            holding.handed(number=number, **one)
        elif act == "refused":
            holding.refused(record_id=record.pk, recipient=whose["recipient"], words=f"第 {number} 版不收")
        elif act == "asked":
            holding.asked(record_id=record.pk, recipient=whose["recipient"])
        else:
            getattr(holding, act)(revision=number, **one)


def _together(act: str, numbers: dict[Any, int], whose: dict[str, str]) -> None:
    ids = {record.pk: number for record, number in numbers.items()}
    if act == "handed":
        handing.handed(numbers, **whose)
    elif act == "refused":
        handing.refused({pk: f"第 {number} 版不收" for pk, number in ids.items()}, recipient=whose["recipient"])
    elif act == "asked":
        handing.asked(ids, recipient=whose["recipient"])
    else:
        getattr(handing, act)(ids, **whose)


def _stands(recipient: str) -> list[tuple[Any, ...]]:
    found = Holding.objects.filter(recipient=recipient).order_by("record")
    return [(one.record_id, one.revision, one.refusal, bool(one.asked_at), bool(one.gone_at)) for one in found]


def _given(recipient: str) -> list[tuple[Any, ...]]:
    facts = ("record_number", "revision", "item", "item_title", "basis", "person_key", "channel")
    found = Disclosure.objects.filter(recipient=recipient).order_by("record_number", "pk")
    return [
        tuple(bytes(one) if isinstance(one, memoryview) else one for one in row) for row in found.values_list(*facts)
    ]


def test_a_set_does_what_the_single_acts_do(cast: Cast) -> None:
    records = [make.effective(cast, serial=serial) for serial in (1, 2, 3)]
    tried = iter(range(1000))

    @settings(max_examples=30)
    @given(steps=st.lists(STEP, min_size=1, max_size=6))
    def same(steps: list[tuple[str, list[int]]]) -> None:
        n = next(tried)
        one, other = ({"recipient": f"{who}{n}", "title": "省平台"} for who in ("alone", "together"))
        for act, said in steps:
            numbers = {record: number or 1 for record, number in zip(records, said, strict=True)}
            _alone(act, numbers, one)
            _together(act, numbers, other)
        assert _stands(one["recipient"]) == _stands(other["recipient"])
        assert _given(one["recipient"]) == _given(other["recipient"])

    same()
