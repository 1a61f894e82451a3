"""派给谁: which bodies have to do something because of a record, each in a matter of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from daoli_credit.law import pack as packs
from daoli_credit.law.book import Pack
from daoli_credit.law.list_rows import Matter
from daoli_credit.law.status import Effect, may
from incentives.rules.measure_ends import Lift, RecordFact, Why, lifted
from incentives.rules.measures import Applicable, attached, usable
from records.models import CreditRecord
from records.models.record import S


@dataclass(frozen=True)
class Assignment:
    """一项任务: this measure, for this body, in this matter of its own."""

    found: Applicable
    body: str
    matter: Matter


def fact_of(record: CreditRecord) -> RecordFact:
    """一条记录的事实, without the person."""
    return RecordFact(
        record=record.pk,
        item=record.item_id,
        decided_on=record.determined_on,
        use_until=record.use_until,
        severity=record.severity,
        content=record.content,
        disputed=record.disputed_on is not None,
        contested=record.contested_on is not None,
        ended_on=record.ended_on,
        end_kind=record.end_kind,
    )


def all_of(fact: RecordFact, on: date, *, rules: Pack | None = None) -> tuple[Applicable, ...]:
    """这条记录上的全部措施, whoever carries them out; for the person's own page."""
    known = rules or packs.current()
    found = [attached(one, fact, on, known) for one in known.measures.values() if usable(one, on)]
    return tuple(sorted((one for one in found if one), key=lambda one: (not one.firm, not one.reward, not one.must)))


def assignments(
    fact: RecordFact, on: date, *, rules: Pack | None = None, sees: Callable[[Matter], bool] = lambda _: False
) -> tuple[Assignment, ...]:
    """要派的任务: only on a firm basis, and only to a body that has a matter of its own that looks at such records.

    Of several such matters the first in which its body `sees` the record, else the first.

    A body that the law names without such a matter (a court, a body of another level) acts by its own procedure: it
    learns of nobody from here.
    """
    known = rules or packs.current()
    found = []
    for one in all_of(fact, on, rules=known):
        for body in one.measure.body if one.firm else ():
            if own := _matters(one, fact, body, on, known):
                found.append(Assignment(one, body, next(filter(sees, own), own[0]) if len(own) > 1 else own[0]))
    return tuple(found)


def _matters(one: Applicable, fact: RecordFact, body: str, on: date, known: Pack) -> list[Matter]:
    effect = Effect.FAVOUR if one.reward else Effect.ADVERSE
    rows = [known.matters[code] for code in one.measure.matters if code in known.matters]
    own = [row for row in rows if row.department == body and fact.item in row.items]
    return [row for row in own if may(row, effect) and row.in_force(on) and not row.lapsed(on)]


def targeted(*, rules: Pack | None = None) -> dict[str, tuple[str, str] | None]:
    """可能有任务的目录事项: item → the field and the value without which nothing attaches, None for any content.

    So that the pull asks the database only for records that can have one.
    """
    known = rules or packs.current()
    found: dict[str, tuple[str, str] | None] = {}
    for measure in known.measures.values():
        if not measure.matters or not measure.body:
            continue
        for item in known.items.values():
            if not _aims_at(measure.target, item.code, item.list_types, positive=item.sign == "positive"):
                continue
            asks = measure.condition if measure.condition.get("item") == item.code else {}
            wanted = (str(asks["field"]), str(asks["has"])) if asks else None
            found[item.code] = wanted if found.get(item.code, wanted) == wanted else None
    return found


def _aims_at(target: tuple[str, ...], item: str, lists: tuple[str, ...], *, positive: bool) -> bool:
    return f"item:{item}" in target or not set(lists).isdisjoint(target) or (positive and "sign:positive" in target)


def over(record: CreditRecord, measure: str, on: date, *, until: date | None, stays: tuple[bool, bool]) -> Lift | None:
    """是否应当停止: what the record, its basis or the measure's own term has made of it by `on`.

    `stays`: whether the measure may outlive publicity, and whether a repair lifts it; both as the task keeps them,
    for what a record said is under seal once it has ended.
    """
    known, outlives, repairs = packs.current(), *stays
    if record.status == S.ENDED and record.ended_on is not None:
        if record.end_kind not in {"expired", "repaired"}:
            return Lift(record.ended_on, Why.ANNULLED)
        if not outlives or (record.end_kind == "repaired" and repairs):
            return Lift(record.ended_on, Why.REPAIRED if record.end_kind == "repaired" else Why.ENDED)
        return Lift(on, Why.TERM) if until is not None and until < on else None
    row = known.measures.get(measure)
    if row is None or not usable(row, on) or record.lapse is not None:
        return Lift(on, Why.BASIS)
    fact = fact_of(record)
    found = attached(row, fact, on, known)
    if found is not None:
        return None if found.firm else Lift(on, Why.BASIS)
    # over by its own term or with the record, or, after a correction, no longer resting on what the record says
    item = known.items.get(record.item_id)
    lift = lifted(row, fact, item) if item else None
    return lift if lift is not None and lift.on <= on else Lift(on, Why.ANNULLED)
