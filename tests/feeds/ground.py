"""What the tests of the feeds stand on, and their hands: serve, sweep, send, wait for a receipt."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from daoli_credit.accounts.models import User
from daoli_credit.feeds import channels
from daoli_credit.feeds.models import Delivery
from daoli_credit.feeds.workflows import sending, sweeping
from daoli_credit.law import clock
from records.models import CreditRecord, Removal, Revision
from records.models.revision import Kind
from records.workflows import record as acts
from records.workflows import revisions
from tests import make
from tests.cast import Cast
from tests.sandbox.platform import Place


@dataclass(frozen=True)
class Ground:
    """The cast and both platforms."""

    cast: Cast
    places: dict[str, Place]

    @property
    def hlj(self) -> Place:
        """省平台."""
        return self.places["hlj"]

    @property
    def hrb(self) -> Place:
        """市平台."""
        return self.places["hrb"]

    def sweep(self) -> int:
        """Sweep every feed once."""
        return sum(sweeping.sweep(channel) for channel in channels.all_of_them())

    def send(self, code: str = "hlj") -> int:
        """Send one batch."""
        return sending.send_batch(channels.of(code))

    def record(self, **typed: object) -> CreditRecord:
        """A served record in force."""
        return make.effective(self.cast, **typed)

    def delivery(self, record: CreditRecord, number: int = 1, code: str = "hlj") -> Delivery:
        """The delivery of one revision."""
        return Delivery.objects.get(feed=code, record=record, number=number)

    def confirmed(self, record: CreditRecord, number: int = 1, code: str = "hlj") -> Delivery:
        """Waits for the platform's receipt."""
        until(lambda: self.delivery(record, number, code).state == "confirmed")
        return self.delivery(record, number, code)

    def revise(self, record: CreditRecord, kind: Kind) -> Revision:
        """Another revision, as the room that owns the act will append it."""
        return revisions.append_revision(record, kind)

    def end(self, record: CreditRecord, *, journal: bool = True) -> Revision:
        """The record's day has passed: ended by the system, and written in the removal journal."""
        fresh = CreditRecord.objects.get(pk=record.pk)
        assert fresh.use_until
        with clock.at(fresh.use_until + timedelta(days=1)):
            acts.expire(record_id=record.pk, actor=User.objects.system())
        revision = record.revisions.get(kind=Kind.ENDED)
        if journal:
            Removal.objects.create(revision=revision)
        return revision

    def due(self, record: CreditRecord, code: str = "hlj") -> None:
        """The back-off of what waits is over."""
        Delivery.objects.filter(feed=code, record=record, state="waiting").update(next_try_at=None)


def until(met: Callable[[], bool], seconds: float = 180) -> None:
    """Waits for something that another process does."""
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end, "等不到"
        time.sleep(0.05)


def days_ago(count: int) -> date:
    """A day of the past."""
    return clock.today() - timedelta(days=count)
