"""读自查更正: lines for the desk, one case for its page, and what stands beside a record."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from daoli_credit import questions
from daoli_credit.accounts import access
from daoli_credit.accounts.models import User
from daoli_credit.audit.told import Told, by_day
from daoli_credit.law import clock, pack
from daoli_credit.workflow import noun
from records import identity
from records.identity import Identity
from records.models import Amendment, CreditRecord
from records.models.amendment import A, Amendments
from records.models.record import S
from records.rules import amendable, differences, objectable
from records.rules.differences import Difference

# 应用事项 of a look at a person while a correction is proposed or agreed to.
HANDLING = "amendment-handling"
RELATED = ("record__item", "record__department", "record__subject", "proposed_by")
KINDS = {A.PROPOSED: "warn", A.AGREED: "done", A.WITHDRAWN: "done", A.REFUSED: "off", A.DROPPED: "off"}


@dataclass(frozen=True)
class Line:
    """更正件的一行: identity masked."""

    amendment: Amendment
    who: Identity
    kind: str


def line(amendment: Amendment) -> Line:
    """一行."""
    return Line(amendment, identity.masked(amendment.record.subject), KINDS[A(amendment.status)])


def lines(amendments: Amendments) -> list[Line]:
    """列表行: what waits first, the oldest of them on top; then what was decided, newest first."""
    return _in_order(amendments.select_related(*RELATED))


def _in_order(amendments: Iterable[Amendment]) -> list[Line]:
    found = list(amendments)
    waiting = sorted((one for one in found if one.status == A.PROPOSED), key=lambda one: one.pk)
    rest = sorted((one for one in found if one.status != A.PROPOSED), key=lambda one: -one.pk)
    return [line(one) for one in [*waiting, *rest]]


def waiting_for(user: User) -> Amendments:
    """等这个人复核的: proposed by another in a department where the user reviews."""
    mine = Amendment.objects.visible_to(user).filter(
        status=A.PROPOSED, record__department_id__in=user.departments("review_record")
    )
    return mine.exclude(proposed_by=user)


def compared(amendment: Amendment) -> list[Difference]:
    """更正前后, field by field: against the record while it waits, against what was kept once it was agreed to."""
    record = amendment.record
    item = pack.current().item(record.item_id)
    titles = {field.name: field.zh for field in item.fields} | differences.OURS
    stood = differences.content_of(record)
    if amendment.agreed and amendment.decided_on:
        kept = record.revisions.exclude(before=None).filter(day=amendment.decided_on)
        stood = next((row.before for row in kept if row.before), stood)
    return [
        Difference(field, titles.get(field, field), differences.said(field, stood.get(field)), str(now))
        for field, now in amendment.changes.items()
    ]


def points(record: CreditRecord) -> list[objectable.Point]:
    """可以更正的项目: what may be objected to."""
    return objectable.fields(record, pack.current().item(record.item_id))


def told(amendment: Amendment) -> list[Told]:
    """办理经过, oldest first."""
    return by_day(noun(Amendment), amendment.pk)


@dataclass(frozen=True)
class OnPage:
    """记录页上的更正: the cases of this record, and whether this user may propose one."""

    cases: Sequence[Line]
    may_propose: bool
    why_not: str


@questions.prepared_for(access.depends_on)
def _of_record(user: User, record: int) -> Amendments:
    return Amendment.objects.visible_to(user).filter(record=record).select_related(*RELATED)


def on_page(record: CreditRecord, user: User) -> OnPage | None:
    """What stands on the record's page; None while it is not in force."""
    if record.status != S.EFFECTIVE:
        return None
    cases = _in_order(_of_record(user, record.pk))
    proposes = user.may("submit_record", record.department_id)
    why_not = amendable.refusal(record, on=clock.today()) if proposes else ""
    waiting = any(one.amendment.status == A.PROPOSED for one in cases)
    return OnPage(cases, proposes and not why_not and not waiting, why_not)
