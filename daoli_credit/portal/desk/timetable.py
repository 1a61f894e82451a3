"""日程: what falls due in the next weeks, day by day; for the office of all departments, counts only."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from daoli_credit.accounts import due as registry
from daoli_credit.accounts.due import Due, Reach
from daoli_credit.accounts.models import Department, User
from daoli_credit.law import clock, pack
from daoli_credit.law.calendar import DAY

WEEKS = 5
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Day:
    """一天: worked or not, provisional where its year's holidays are not announced, and what falls due on it."""

    on: date
    mark: str
    rests: bool
    provisional: bool
    rows: Sequence[Due]

    @property
    def to_do(self) -> int:
        """要办的, without what happens by itself."""
        return sum(not row.by_itself for row in self.rows)

    @property
    def says(self) -> str:
        """几件: to be done, and what happens by itself; never that nothing is to be done on a day with rows."""
        alone = len(self.rows) - self.to_do
        parts = [f"要办 {self.to_do} 件"] if self.to_do else []
        return "，".join([*parts, *([f"到时自动 {alone} 件"] if alone else [])])


@dataclass(frozen=True)
class Timetable:
    """日程的一页."""

    first: date
    last: date
    overdue: Sequence[Due]
    weeks: Sequence[Sequence[Day]]
    kinds: Sequence[tuple[str, str, int]]
    total: int

    @property
    def days(self) -> list[Day]:
        """有事的日子."""
        return [day for week in self.weeks for day in week if day.rows]


def begins(of: date) -> date:
    """星期一."""
    return of - timedelta(days=of.weekday())


def rows(reach: Reach, until: date, kind: str = "") -> list[Due]:
    """全部到期的, the earliest first: one question per noun."""
    found = [due for one in registry.providers() if kind in {"", one.kind} for due in one.ask(reach, until)]
    return sorted(found, key=lambda due: (due.on, due.by_itself, due.kind, due.number))


def day(on: date, due: Sequence[Due]) -> Day:
    """一天, with 休 on a working weekday that rests and 班 on a weekend that works."""
    table = pack.current().calendar
    worked = table.is_workday(on)
    mark = "" if worked == (on.weekday() < 5) else "班" if worked else "休"
    return Day(on, mark, not worked, not table.known(on), due)


def page(user: User, *, first: date, kind: str = "") -> Timetable:
    """一页: so many weeks from a Monday. What is overdue stands on top of the page that holds today."""
    start, today = begins(first), clock.today()
    last = start + WEEKS * WEEK - DAY
    now = start <= today <= last
    found = [
        due
        for due in rows(Reach(user), last)
        if due.on >= max(start, today) or (now and due.on < today and not due.by_itself)
    ]
    counts = Counter(due.kind for due in found)
    shown = [due for due in found if kind in {"", due.kind}]
    by_day: dict[date, list[Due]] = {}
    for due in shown:
        by_day.setdefault(due.on, []).append(due)
    ahead = [start + n * DAY for n in range(WEEKS * 7)]
    days = [day(on, by_day.get(on, []) if on >= today else []) for on in ahead]
    return Timetable(
        first=start,
        last=last,
        overdue=[due for due in shown if due.on < today],
        weeks=[days[n : n + 7] for n in range(0, len(days), 7)],
        kinds=[(one.kind, one.title, counts[one.kind]) for one in registry.providers() if counts[one.kind]],
        total=len(found),
    )


@dataclass(frozen=True)
class Load:
    """一个部门: how many are overdue and how many fall due, by kind. No number, no person."""

    department: str
    overdue: int
    coming: int
    kinds: Sequence[tuple[str, int]]


def loads(until: date) -> list[Load]:
    """各部门的件数, whoever has overdue work first."""
    today, titles = clock.today(), {one.kind: one.title for one in registry.providers()}
    names = dict(Department.objects.values_list("pk", "name"))
    late: Counter[int] = Counter()
    coming: Counter[int] = Counter()
    kinds: dict[int, Counter[str]] = {}
    for due in rows(Reach(None), until):
        if due.by_itself:
            continue
        (late if due.on < today else coming)[due.department] += 1
        kinds.setdefault(due.department, Counter())[due.kind] += 1
    bodies = sorted(kinds, key=lambda pk: (-late[pk], -coming[pk], names[pk]))
    return [
        Load(names[pk], late[pk], coming[pk], [(titles[kind], n) for kind, n in sorted(kinds[pk].items())])
        for pk in bodies
    ]
