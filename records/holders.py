"""收录方一栏: who holds a copy of a record, since when, whether it is gone, and why a record goes nowhere."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from daoli_credit import questions
from records import agreed, outgoing
from records.models import CreditRecord, Holding
from records.rules.pushable import Stop
from records.workflows.holding import HANDED


@dataclass(frozen=True)
class Holder:
    """一个收录方, in the words of the page. `kind` is the shape of its status."""

    title: str
    kind: str
    word: str
    revision: str
    at: datetime
    refusal: str


@dataclass(frozen=True)
class Whereabouts:
    """去向: the holders, and what stops the record; both empty means that it may go and nobody has confirmed yet."""

    holders: list[Holder]
    stops: tuple[Stop, ...]
    unagreed: tuple[Stop, ...] = ()

    @property
    def refusals(self) -> list[Holder]:
        """退回过的, for the department's own page."""
        return [one for one in self.holders if one.refusal]


def _holder(row: Holding) -> Holder:
    revision = f"第 {row.revision} 版" if row.revision != HANDED else ""
    if row.gone_at is not None:
        kind, word, at = "done", "没有收录" if row.revision == HANDED else "已确认撤下", row.gone_at
    elif row.asked_at is not None:
        kind, word, at = "warn", "已要求撤下，等待对方确认", row.asked_at
    elif row.revision == HANDED:
        kind, word, at = "warn", "已送出，等待对方确认", row.since
    else:
        kind, word, at = "ok", "已收录", row.since
    return Holder(row.recipient_title, kind, word, revision, at, row.refusal)


@questions.prepared
def _holdings(record: int) -> QuerySet[Holding]:
    return Holding.objects.filter(record=record).order_by("recipient")


def of(record: CreditRecord) -> Whereabouts:
    """一条记录的去向. Whoever may open the record's page may read it; a draft has been nowhere."""
    stops = outgoing.refusals(record)
    rows = _holdings(record.pk)
    holding = [row.recipient for row in rows if row.gone_at is None]
    if stops:
        return Whereabouts([_holder(row) for row in rows], stops)
    missing = (*agreed.stops(record, holding=holding), *agreed.unassessed(record, holding=holding))
    return Whereabouts([_holder(row) for row in rows], stops, missing)
