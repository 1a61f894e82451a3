"""一张表的答复: match, log and answer of a whole sheet, in the transaction that ends it, with a handful of statements.

Every applicant has a look of their own. Whoever something was found of has a check of their own as well; of the others
the result says the same as a check would.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from daoli_credit.audit import events, look_sets
from daoli_credit.law import clock
from incentives import sealed_checks
from incentives.models import Check, CheckAnswer, CheckSet
from incentives.models.check import OWN
from incentives.rules import check_due
from incentives.selectors import check_answer, check_facts
from incentives.selectors.check_answer import Asked, Line
from incentives.workflows import check_numbering, check_sources
from incentives.workflows.checking import SHOWN, By, hold, purpose
from records.identity import mask_number

AT_ONCE = 2000


@dataclass(frozen=True)
class Applicants:
    """申请人 of one sheet, by columns: all numbers are good, all names agree."""

    by: By
    applications: Sequence[str]
    numbers: Sequence[str]
    keys: Sequence[Sequence[bytes]]
    known: Sequence[check_facts.Known]


def answer(one: CheckSet, who: Applicants, asked: Asked) -> None:
    """核查一张表. The caller holds the set."""
    lines = _lines(who, asked)
    places = sorted(lines)
    looks = _log(one, who, asked, places)
    made = _checks(one, who, asked, places, looks)
    rows: list[CheckAnswer] = []
    due = check_due.feedback(asked.on)
    for place, check in zip(places, made, strict=True):
        rows += check_sources.answers(
            check, lines[place], place=0, source=OWN, title="本系统", at=check.made_at, due=due
        )
    CheckAnswer.objects.bulk_create(rows, batch_size=AT_ONCE)
    hold(asked, [line.record for place in places for line in lines[place] if line.record is not None])
    numbers = dict(zip(places, (check.number for check in made), strict=True))
    kept = [
        (application, mask_number(number), numbers.get(place, ""))
        for place, (application, number) in enumerate(zip(who.applications, who.numbers, strict=True))
    ]
    sealed_checks.keep(one, json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode(), result=True)


def _lines(who: Applicants, asked: Asked) -> dict[int, list[Line]]:
    """答复 of those of whom something was found, by place."""
    by_subject = check_facts.records_of((pk for one in who.known for pk in one.subjects), asked.items, asked.on)
    said = check_answer.statements([record for records in by_subject.values() for record in records])
    found = {}
    for one in who.known:
        records = [record for subject in one.subjects for record in by_subject.get(subject, [])]
        lines = check_answer.lines(asked, records, said) if records else []
        if any(line.record is not None for line in lines):
            found[one.place] = lines
    return found


def _log(one: CheckSet, who: Applicants, asked: Asked, places: Sequence[int]) -> list[int]:
    """记查询: a row for every applicant. Returns those of the applicants at `places`."""
    about: dict[str, Any] = {
        "actor": who.by.actor,
        "matter": one.matter,
        "purpose": purpose(asked),
        "shown": SHOWN,
        "department": one.department.code,
    }
    keys, case, hits = who.keys[0], one.case.case_number, set(places)
    look_sets.look_up_set(
        **about, case_number=case, person_keys=[key for place, key in enumerate(keys) if place not in hits]
    )
    return [look.pk for look in events.look_up_many(**about, looks=[(keys[place], case) for place in places])]


def _checks(one: CheckSet, who: Applicants, asked: Asked, places: Sequence[int], looks: Sequence[int]) -> list[Check]:
    numbers, now, edition = check_numbering.next_numbers(asked.on, len(places)), clock.now(), asked.rules.edition
    return Check.objects.bulk_create(
        [
            Check(
                number=number,
                case_id=one.case_id,
                department_id=one.department_id,
                matter=one.matter,
                person_key=who.keys[0][place],
                number_tail=mask_number(who.numbers[place]),
                application=who.applications[place],
                look=look,
                made_by=who.by.user,
                made_key=who.by.key,
                made_on=asked.on,
                made_at=now,
                edition=edition,
                of_set=one,
            )
            for place, look, number in zip(places, looks, numbers, strict=True)
        ],
        batch_size=AT_ONCE,
    )
