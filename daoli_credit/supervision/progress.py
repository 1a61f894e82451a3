"""任务进度表: the sixteen tasks with their lights, as a whole and unit by unit."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from daoli_credit.supervision.facts import Facts
from daoli_credit.supervision.lights import EVIDENCE
from daoli_credit.supervision.lights.light import NO_FACTS, URGENCY, Evidence, Light, Shown, whole
from daoli_credit.supervision.models import Assignment, Task

SILENT = Shown(Light.NO_FACTS, NO_FACTS)


@dataclass(frozen=True)
class Line:
    """一项任务: its light, and the light of each of its units."""

    task: Task
    shown: Shown
    shares: tuple[tuple[Assignment, Shown], ...]


def line(task: Task, facts: Facts) -> Line:
    """一项任务的进度."""
    assignments = list(task.assignments.all())
    evidence = EVIDENCE.get(task.number)
    known = evidence.judge([one.department for one in assignments], facts) if evidence else {}
    shares = tuple((one, known.get(one.department_id, SILENT)) for one in assignments)
    return Line(task, whole(shown for _, shown in shares), shares)


def lines(tasks: Iterable[Task], facts: Facts) -> list[Line]:
    """各项任务的进度, the most urgent first, then in the plan's order."""
    found = [line(task, facts) for task in tasks]
    return sorted(found, key=lambda one: URGENCY.index(one.shown.light))


def counts(of: Iterable[Line]) -> list[tuple[Light, int]]:
    """各种状态的项数."""
    number = Counter(one.shown.light for one in of)
    return [(light, number[light]) for light in Light]


def evidence(task: Task) -> Evidence | None:
    """判断这项任务的规则, or None where the portal has no facts for it."""
    return EVIDENCE.get(task.number)
