"""一张表的答复: match, log and answer of a whole sheet, in the transaction that ends it, with a handful of statements.

Every applicant has a look of their own. Whoever something was found of has a check of their own as well; of the others
the result says the same as a check would. In a matter that asks the platforms above everybody has a check, for what
they answer is kept with it.
"""

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from daoli_credit.audit import look_sets
from daoli_credit.law import clock
from incentives import sealed_checks
from incentives.models import Check, CheckAnswer, CheckSet, CheckSheet
from incentives.models.check import OWN
from incentives.rules import check_due
from incentives.selectors import check_answer, check_facts, good_record
from incentives.selectors.check_answer import Asked, Line
from incentives.workflows import check_numbering, check_sources
from incentives.workflows.checking import SHOWN, By, hold, purpose, shown
from records.identity import mask_number
from records.identity_sets import next_ids
from records.workflows import many


@dataclass(frozen=True)
class Applicants:
    """申请人 of one sheet, by columns: all numbers are good, all names agree."""

    by: By
    applications: Sequence[str]
    numbers: Sequence[str]
    keys: Sequence[Sequence[bytes]]
    known: Sequence[check_facts.Known]


def answer(one: CheckSet, who: Applicants, asked: Asked) -> list[tuple[Check, str]]:
    """核查一张表. The caller holds the set. Returns whom the platforms above are asked about, once this stands.

    The looks at those of whom nothing was found are by far the most rows: while the database writes them, the rest is
    put together and sealed beside.
    """
    lines = _lines(who, asked)
    above = bool(check_sources.of_matter(one.matter))
    places = list(range(len(who.numbers))) if above else sorted(lines)
    about = _about(one, who, asked)
    looks = look_sets.look_up_some(**about, shown=shown(asked), person_keys=[who.keys[0][place] for place in places])
    numbers = check_numbering.next_numbers(asked.on, len(places))
    made = _checks(one, who, asked, places, looks=looks, numbers=numbers)
    due = check_due.feedback(asked.on)
    hits = set(places)
    rest = [key for place, key in enumerate(who.keys[0]) if place not in hits]
    with ThreadPoolExecutor(1) as beside:
        sealed = beside.submit(_sealed, one, who, dict(zip(places, numbers, strict=True)), frozenset(lines))
        look_sets.look_up_set(**about, shown=SHOWN, person_keys=rest)
        parts = sealed.result()
    many.insert(made)
    rows: list[CheckAnswer] = []
    for place, check in zip(places, made, strict=True):
        rows += check_sources.answers(
            check, lines.get(place, ()), place=0, source=OWN, title="本系统", at=check.made_at, due=due
        )
    for row, pk in zip(rows, next_ids("incentives_checkanswer", len(rows)), strict=True):
        row.pk = pk
    many.insert(rows)
    hold(asked, [line.record for some in lines.values() for line in some if line.record is not None])
    sealed_checks.keep_parts(one, parts, result=True)
    return [(check, who.numbers[place]) for place, check in zip(places, made, strict=True)] if above else []


def _sealed(one: CheckSet, who: Applicants, numbers: Mapping[int, str], found: frozenset[int]) -> list[CheckSheet]:
    """结果各行, sealed. Touches no database."""
    kept = [
        (application, mask_number(number), numbers.get(place, ""), place in found)
        for place, (application, number) in enumerate(zip(who.applications, who.numbers, strict=True))
    ]
    said = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()
    return sealed_checks.parts(one, said, result=True)


def _lines(who: Applicants, asked: Asked) -> dict[int, list[Line]]:
    """答复 of those of whom something was found, by place."""
    by_subject = check_facts.records_of((pk for one in who.known for pk in one.subjects), asked.items, asked.on)
    said = check_answer.statements([record for records in by_subject.values() for record in records])
    asks = good_record.asks(asked.matter.code)
    against = good_record.against([pk for one in who.known for pk in one.subjects], asked.on) if asks else frozenset()
    found = {}
    for one in who.known:
        records = [record for subject in one.subjects for record in by_subject.get(subject, [])]
        refused = not against.isdisjoint(one.subjects) if asks else None
        lines = check_answer.lines(asked, records, said, against=refused) if records else []
        if any(line.record is not None for line in lines):
            found[one.place] = lines
    return found


def _about(one: CheckSet, who: Applicants, asked: Asked) -> dict[str, Any]:
    """查询的事由, the same of every applicant."""
    return {
        "actor": who.by.actor,
        "matter": one.matter,
        "case_number": one.case.case_number,
        "purpose": purpose(asked),
        "department": one.department.code,
    }


def _checks(
    one: CheckSet,
    who: Applicants,
    asked: Asked,
    places: Sequence[int],
    *,
    looks: Mapping[bytes, int],
    numbers: Sequence[str],
) -> list[Check]:
    now, edition = clock.now(), asked.rules.edition
    return [
        Check(
            pk=pk,
            number=number,
            case_id=one.case_id,
            department_id=one.department_id,
            matter=one.matter,
            person_key=who.keys[0][place],
            number_tail=mask_number(who.numbers[place]),
            application=who.applications[place],
            look=looks[who.keys[0][place]],
            made_by=who.by.user,
            made_key=who.by.key,
            made_on=asked.on,
            made_at=now,
            edition=edition,
            of_set=one,
        )
        for pk, place, number in zip(next_ids("incentives_check", len(places)), places, numbers, strict=True)
    ]
