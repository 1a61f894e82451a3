"""对账一段一段: a portion of one says what a portion of all says, and the statements do not grow with the register."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daoli_credit.feeds.adapters import Answer, Kept, RowAnswer, Told
from daoli_credit.feeds.models import Delivery, Discrepancy, Feed, TheirCopy
from daoli_credit.feeds.workflows import reconciling, sending, settling, sweeping
from daoli_credit.feeds.workflows.claiming import claim
from tests import make, make_assessments
from tests.cast import Cast
from tests.make_feeds import CHANNEL

# per record: what they say of it; and of how many that we never sent
THERE = st.lists(st.sampled_from(["same", "missing", "older", "other"]), min_size=4, max_size=4)


def _said(kinds: list[str], strangers: int) -> dict[str, Kept]:
    found = {f"X{n}": Kept(f"X{n}", 1, "0" * 64) for n in range(strangers)}
    for kind, one in zip(kinds, Delivery.objects.select_related("record").order_by("pk"), strict=True):
        number, digest = one.record.number, bytes(one.digest or b"").hex()
        if kind != "missing":
            found[number] = Kept(number, 2 if kind == "older" else 1, "f" * 64 if kind == "other" else digest)
    return found


def _stands(feed: Feed, theirs: dict[str, Kept]) -> tuple[object, ...]:
    """What stands after two runs; nothing of it stays."""
    with transaction.atomic():
        reconciling.compare(feed, {"X0": Kept("X0", 1, "1" * 64)})
        run = reconciling.compare(feed, theirs)
        open_ones = Discrepancy.objects.filter(cleared_at=None).order_by("record_number", "kind")
        copies = TheirCopy.objects.filter(unseen_at=None).order_by("record_number")
        found = (
            (run.here, run.there, run.differences),
            list(open_ones.values_list("record_number", "kind", "ours", "theirs", "cause", "owner")),
            list(copies.values_list("record_number", "revision", "digest")),
        )
        transaction.set_rollback(True)
    return found


def test_portions_of_one_say_what_one_portion_says(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    make_assessments.feed(CHANNEL.code)
    for serial in range(1, 5):
        make.effective(cast, serial=serial)
    sweeping.sweep(CHANNEL)
    claimed = claim(CHANNEL)
    assert claimed
    rows = {row.key: RowAnswer(True) for row in claimed.rows}
    sending.write_down(CHANNEL, claimed, Answer(reached=True, status=200, rows=rows))
    settling.hear(CHANNEL, [Told(row.key, row.key[:8], accepted=True) for row in claimed.rows])
    feed = Feed.objects.get(code=CHANNEL.code)

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(kinds=THERE, strangers=st.integers(0, 3))
    def same(kinds: list[str], strangers: int) -> None:
        theirs = _said(kinds, strangers)
        whole = _stands(feed, theirs)
        with monkeypatch.context() as narrow:
            narrow.setattr(reconciling, "PORTION", 1)
            assert _stands(feed, theirs) == whole
        assert whole[0] == (4, len(theirs), strangers + sum(kind != "same" for kind in kinds))

    same()
