"""核查的其他来源: whoever can be asked about a person beyond this register, after the check itself stands.

Asking goes outside, so it never happens inside a transaction. What nobody answered is 未答复, never 没有.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from daoli_credit.law import clock
from incentives import sealed_checks
from incentives.models import Check, CheckAnswer
from incentives.models.check import Said
from incentives.rules import check_due
from incentives.selectors.check_answer import Line

# asks about the persons of these checks, whose numbers it is given and must not keep; writes with `keep` what it heard
Ask = Callable[[Sequence[tuple[Check, str]]], None]


@dataclass(frozen=True)
class Source:
    """一个来源: its code and name, in which matters it is asked, and how."""

    code: str
    title: Callable[[], str]
    asked_in: Callable[[str], bool]
    ask: Ask


_known: list[Source] = []
_families: list[Callable[[], Sequence[Source]]] = []


def register(source: Source) -> None:
    """登记来源. Once, as the room that asks it is read."""
    if source.code not in {one.code for one in _known}:
        _known.append(source)


def register_family(found: Callable[[], Sequence[Source]]) -> None:
    """登记一族来源: as many as the settings name at the moment. Once, as the room that asks them is read."""
    if found not in _families:
        _families.append(found)


def of_matter(matter: str) -> list[Source]:
    """本事项要问的来源."""
    everybody = [*_known, *(one for family in _families for one in family())]
    return [one for one in everybody if one.asked_in(matter)]


def ask_all(asked: Sequence[tuple[Check, str]]) -> None:
    """去问, about the checks of one case. A source that is down says nothing: its place reads 未答复.

    Those of one family are asked by one call.
    """
    matters = {check.matter for check, _ in asked}
    for ask in dict.fromkeys(source.ask for matter in matters for source in of_matter(matter)):
        ask(asked)


@transaction.atomic
def keep(
    check: Check, *, source: str, title: str, said: Said, lines: Sequence[Line] = (), at: datetime | None = None
) -> None:
    """留存一个来源的答复, with this check only. Nothing enters the register."""
    Check.objects.select_for_update(of=("self",)).get(pk=check.pk)
    place = CheckAnswer.objects.filter(check_made=check).count()
    rows = answers(check, lines, place=place, source=source, title=title, at=at or clock.now())
    if not lines:
        rows = [
            CheckAnswer(
                check_made=check,
                place=place,
                source=source,
                source_title=title,
                said=said,
                answered_at=at or clock.now(),
            )
        ]
        sealed_checks.seal(rows[0], {})
    CheckAnswer.objects.bulk_create(rows)


def answers(
    check: Check,
    lines: Sequence[Line],
    *,
    place: int,
    source: str,
    title: str,
    at: datetime,
    due: date | None = None,
) -> list[CheckAnswer]:
    """答复各行, sealed. Feedback is due on what rests on something found, never on a mere offer."""
    rows, due = [], due or check_due.feedback(check.made_on)
    for number, line in enumerate(lines, place):
        found = line.record is not None or source != "own"
        row = CheckAnswer(
            check_made=check,
            place=number,
            source=source,
            source_title=title,
            said=Said.FOUND,
            answered_at=at,
            record=line.record,
            measure=line.measure,
            sign=line.sign,
            force=line.force,
            until=line.until,
            firm=line.firm,
            due_on=due if found and line.measure and line.firm else None,
        )
        sealed_checks.seal(row, line.kept())
        rows.append(row)
    return rows
