"""数据质量看板: unit by unit, how many of its weeks were on time, complete, never returned and
never corrected after an objection.

One unit and one week are one cell, 本期无新增 is a good one, and no number of records can raise anything (promise 8).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from daoli_credit.accounts.models import Department, User
from daoli_credit.law import clock, pack, workdays
from daoli_credit.supervision import reporting
from daoli_credit.supervision.facts import Facts
from daoli_credit.supervision.reporting import Standing
from daoli_credit.supervision.weeks import Week, latest, week_of
from records import days
from records.models import CreditRecord, Objection, SentBack
from records.models.objection import ObjectionStatus as Upheld
from records.models.record import Records
from records.rules.returning import INCOMPLETE
from records.selectors import OVERDUE_AFTER

Cells = dict[int, dict[Week, bool]]


@dataclass(frozen=True)
class Measure:
    """一列: what a good week is, and which records of this unit's week stand behind a bad one."""

    code: str
    title: str
    says: str
    bad: str
    rows: Callable[[Records, Week], Records]


def _late(records: Records, week: Week) -> Records:
    rules, found = pack.current(), []
    # by item, as their index has them
    items = {item for _, item in days.items(week.first, week.last)}
    facts = records.filter(item__in=items, first_submitted_on__range=(week.first, week.last))
    for pk, item, determined, reported in facts.values_list("pk", "item_id", "determined_on", "first_submitted_on"):
        until = reporting.due(rules.items[item].update, determined) if item in rules.items else None
        if until is not None and reported is not None and reported > until:
            found.append(pk)
    return records.filter(pk__in=found)


def _incomplete(records: Records, week: Week) -> Records:
    sent = SentBack.objects.filter(returned_on__range=(week.first, week.last))
    found = [pk for pk, reasons in sent.values_list("record_id", "reasons") if set(reasons) & set(INCOMPLETE)]
    return records.filter(pk__in=found)


def _returned(records: Records, week: Week) -> Records:
    return records.filter(returns__returned_on__range=(week.first, week.last)).distinct()


def _corrected(records: Records, week: Week) -> Records:
    upheld = Objection.objects.filter(status=Upheld.UPHELD, answered_on__range=(week.first, week.last))
    return records.filter(pk__in=upheld.values("record"))


MEASURES = (
    Measure("on-time", "按时", "这一周报送的每一件都在目录期限以内，或者按时确认了本期无新增", "迟报或者未报", _late),
    Measure("complete", "完整", "这一周没有因为缺项被退回的", "有缺项退回", _incomplete),
    Measure("returned", "一次合格", "这一周没有被退回的", "有退回", _returned),
    Measure(
        "corrected",
        "无异议成立",
        "这一周没有因为本人的异议成立而更正或者撤回的；自己查出来更正的不计",
        "有异议成立",
        _corrected,
    ),
)
BY_CODE = {one.code: one for one in MEASURES}


def boards(user: User) -> list[Department]:
    """可看的单位: all that are judged for whoever supervises, one's own for everybody else."""
    judged = reporting.assessed()
    if user.may_anywhere("supervise"):
        return judged
    return [one for one in judged if one.pk in user.departments("view_records")]


def _bad_weeks(code: str, since: date) -> set[tuple[int, Week]]:
    match code:
        case "complete" | "returned":
            return reporting.returned(since, incomplete=code == "complete")
        case _:
            upheld = Objection.objects.filter(status=Upheld.UPHELD, answered_on__gte=since)
            answers = upheld.values_list("record__department_id", "answered_on").distinct().order_by()
            return {(unit, week_of(day)) for unit, day in answers if day is not None}


def cells(code: str, facts: Facts) -> Cells:
    """部门周 of one column: the closed weeks in which the unit answered for itself, and whether each was good."""
    found: Cells = {}
    bad = set() if code == "on-time" else _bad_weeks(code, facts.weeks[0].first)
    for cell in facts.closed:
        if cell.standing.on_time is None:
            continue
        good = cell.standing.on_time if code == "on-time" else (cell.department.pk, cell.week) not in bad
        found.setdefault(cell.department.pk, {})[cell.week] = good
    return found


@dataclass(frozen=True)
class Waiting:
    """等得最久的一件: since when, and whether that is too long; None of both when nothing waits."""

    since: date | None
    days: int
    late: bool


def waiting(units: Iterable[int], today: date) -> dict[int, Waiting]:
    """最久等待, by unit: a day, not a count."""
    return {
        unit: Waiting(day, workdays.workdays_between(day, today), workdays.due(day, OVERDUE_AFTER).on < today)
        for unit, day in days.oldest(list(units))
    }


@dataclass(frozen=True)
class Line:
    """一个单位的一行: for each column good weeks and weeks judged."""

    department: Department
    numbers: list[tuple[Measure, int, int]]
    waiting: Waiting | None


def lines(units: list[Department], facts: Facts) -> list[Line]:
    """全部单位. Units are in the order of the register, never of merit."""
    found = {one.code: cells(one.code, facts) for one in MEASURES}
    waits = waiting([one.pk for one in units], facts.today)
    return [
        Line(
            unit,
            [
                (one, sum(found[one.code].get(unit.pk, {}).values()), len(found[one.code].get(unit.pk, {})))
                for one in MEASURES
            ],
            waits.get(unit.pk),
        )
        for unit in units
    ]


MARKS = {"new": ("h-ok", "✓", "有报送"), "none": ("h-no", "–", "本期无新增"), "missed": ("hx", "◆", "未报")}
OPEN_MARK = ("h-no", "○", "待确认")
NOT_BEGUN = ("h-no", "·", "未起算")


@dataclass(frozen=True)
class Covered:
    """一个单位的领域: for each domain of the table a mark, or None where it provides nothing."""

    department: Department
    marks: list[tuple[str, str, str] | None]


def domains(unit: Department) -> dict[str, list[str]]:
    """提供哪些领域的哪些事项: domain code → titles of the items that this unit reports in a rhythm."""
    found: dict[str, list[str]] = {}
    for item in pack.current().items.values():
        if unit.code in item.providers and item.update != "by-event":
            for domain in item.domains or ("",):
                found.setdefault(domain, []).append(item.title)
    return found


def title_of(domain: str) -> str:
    """领域的名称."""
    return pack.current().domains.get(domain, "其他")


def coverage(units: list[Department], week: Week, *, today: date) -> tuple[list[str], list[Covered]]:
    """领域覆盖, of one week: something new, or 本期无新增, or nothing said. How much there was is not asked."""
    provided = {unit.pk: domains(unit) for unit in units}
    used = [code for code in [*pack.current().domains, ""] if any(code in one for one in provided.values())]
    standings = {cell.department.pk: cell.standing for cell in reporting.cells([week], today=today)}
    of_item = {item.code: item.domains or ("",) for item in pack.current().items.values()}
    pairs = days.items(week.first, week.last)
    new = {(unit, domain) for unit, item in pairs for domain in of_item.get(item, ())}
    found = []
    for unit in units:
        marks = [
            _mark(standings.get(unit.pk), (unit.pk, code) in new) if code in provided[unit.pk] else None
            for code in used
        ]
        found.append(Covered(unit, marks))
    return [title_of(code) for code in used], found


def _mark(standing: Standing | None, new: bool) -> tuple[str, str, str]:
    if new:
        return MARKS["new"]
    match standing:
        case Standing.REPORTED | Standing.LATE | Standing.NONE:
            return MARKS["none"]  # who reported in another domain, or said so, has nothing new in this one
        case Standing.MISSED:
            return MARKS["missed"]
        case Standing.RUNNING | Standing.WAITING:
            return OPEN_MARK
        case _:
            return NOT_BEGUN


def period(today: date | None = None) -> Week:
    """本期: the last week that is over."""
    return latest(today or clock.today(), 2)[0]


def behind(measure: Measure, unit: Department, week: Week, user: User) -> Records:
    """一格后面的记录, as far as this user may see them: nobody sees another unit's."""
    own = CreditRecord.objects.visible_to(user).filter(Q(department=unit))
    return measure.rows(own, week).order_by("pk")
