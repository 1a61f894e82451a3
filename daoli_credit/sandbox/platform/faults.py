"""故障: scripted for the next so many batches, to try what happens then."""

import threading

# 500 … reset: the batch is not stored. The …-after-store ones keep it and lose the answer.
# slow answers late, receipt-first calls back before it answers, duplicate-receipt calls back twice, refuse refuses at
# the door, reject takes the batch and rejects it by receipt, no-callback leaves the receipt to be fetched, no-receipt
# says nothing. full-disk takes nothing that is written, late reads a package after a while, reverse reads it after the
# next one, partial answers for half of a batch, clock-skew refuses every hour, repaired takes the batch and then says
# that the person has had it repaired there. late-receipt says so only after what came later, wrong-receipt speaks of
# a key that nobody sent, lose and alter spoil what was taken in and confirmed, keep says that a withdrawal was done and
# keeps the copy, key-change no longer knows the sender's key, down is not there at all: nobody is answered,
# called back or listened to until so many batches have been turned away. Through files: silent, slow, full-disk,
# reset, reset-after-store, late, reverse, down, partial (reads half of a package), key-change, clock-skew (its list of
# holdings is days old), refuse, reject, repaired, lose, alter, keep, and all that is about receipts but calling back.
# Of questions about lists: 500, silent, reset, slow (in time), drip (never ends), garbage, huge, wrong-signature,
# unsigned, replayed, clock-skew, refuse, other-person, other-list.
KINDS = frozenset(
    {
        "500", "500-after-store", "silent", "silent-after-store", "reset", "reset-after-store", "slow",
        "receipt-first", "duplicate-receipt", "reject", "refuse", "no-callback", "no-receipt",
        "full-disk", "late", "reverse", "partial", "clock-skew", "repaired", "lose", "alter", "keep",
        "late-receipt", "wrong-receipt", "key-change", "down",
        "drip", "garbage", "huge", "wrong-signature", "unsigned", "replayed", "other-person", "other-list",
    }
)  # fmt: skip


class Faults:
    """What was ordered."""

    def __init__(self) -> None:
        self._kind, self._left = "", 0
        self._lock = threading.Lock()

    def order(self, kind: str, count: int) -> bool:
        """Order a fault for `count` batches; False for one that we do not know."""
        if kind and kind not in KINDS:
            return False
        with self._lock:
            self._kind, self._left = kind, count
        return True

    @property
    def standing(self) -> tuple[str, int]:
        """What is ordered, and for how many batches more; ("", 0) when nothing is."""
        with self._lock:
            return (self._kind, self._left) if self._left else ("", 0)

    @property
    def down(self) -> bool:
        """Not there at all, until the last of its batches has been turned away."""
        with self._lock:
            return self._left > 0 and self._kind == "down"

    def take(self) -> str:
        """The fault of the batch that has just come."""
        with self._lock:
            if not self._left:
                return ""
            self._left -= 1
            return self._kind
