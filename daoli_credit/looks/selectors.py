"""读查询: what a person is told of the looks at them, what a department has to explain, what the audit sees."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import QuerySet

from daoli_credit.accounts.models import Department, User
from daoli_credit.audit.acts import sentence
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.selectors import Look, history, looks_of, with_outcomes
from daoli_credit.audit.told import when
from daoli_credit.law import clock
from daoli_credit.looks import matters
from daoli_credit.looks.models import Explanation, LookDelay, OddLook
from daoli_credit.looks.models.delay import D, Delays
from daoli_credit.looks.models.explanation import E, Explanations
from daoli_credit.looks.models.odd import UNDECIDED, O, OddLooks
from daoli_credit.looks.rules import clocks, grounds
from records import disclosures as register
from records.export_lines import MATTER as EXPORT
from records.models import Disclosure, LawfulRequest
from records.workflows import giving

LOG_DAYS, MOST = 30, 2000
SHOWN = {
    "record": "记录内容",
    "records": "本人的全部信息",
    "identity": "完整姓名和证件号码",
    "identity-masked": "遮盖后的姓名和证件号码",
    "looks": "谁看过",
    "listing": "列入案件",
    "measures": "在这个事项里可以或者应当适用的措施",
    "cases": "正在办理的事",
    "honour": "荣誉和激励",
    "good-record": "守信三年（是、否或者需人工，当场回答，不保存）",
    "repair": "修复申请",
    "objection": "异议和陈述",
    "explanation": "查询说明",
    "paper": "文书",
    "inbound": "上级平台对这次查询的回答",
    "card": "身份证件（当面核对，没有留存）",
}


def look(look_id: int) -> LookUp:
    """一次查询. Raises LookUp.DoesNotExist when the month it was in has been deleted."""
    return LookUp.objects.get(pk=look_id, kind=LookUp.Kind.LOOK)


def looker(row: LookUp) -> User:
    """查询人. A bureau's system is nobody: the system user stands for it, and the department explains."""
    if not row.actor_id.startswith("user:"):
        return User.objects.system()
    return User.objects.get(pk=int(row.actor_id.removeprefix("user:")))


def department(row: LookUp) -> Department:
    """查询的部门."""
    return Department.objects.get(code=row.department)


@dataclass(frozen=True)
class Told:
    """本人看到的一次查询: with its outcomes, what was delayed, and what was asked about it."""

    look: LookUp
    outcomes: Sequence[str]
    notes: Sequence[str] = field(default_factory=list)
    explanation: Explanation | None = None

    @property
    def may_ask(self) -> bool:
        """可以请求说明."""
        open_one = self.explanation is not None and self.explanation.status == E.RAISED
        return self.look.kind == LookUp.Kind.LOOK and not open_one


def _note(delay: LookDelay) -> str:
    article = grounds.named(delay.article)
    if delay.status == D.REFUSED:
        return f"本单位曾依{article}提出暂缓告知，没有得到同意"
    until = delay.lifted_on if delay.status == D.LIFTED else delay.until_on
    return f"告知曾依{article}暂缓到 {until}，由另一人同意"


def _hidden(ids: Iterable[int], delays: Iterable[LookDelay], on: date) -> set[int]:
    """Kept back today. A look that was confirmed as improper is never kept back: its ground has fallen away."""
    held = {one.look_id for one in delays if one.hides(on)}
    improper = OddLook.objects.filter(look_id__in=held, status=O.CONFIRMED).values_list("look_id", flat=True)
    return held - set(improper)


def shown(person_keys: list[bytes], *, on: date | None = None) -> QuerySet[LookUp]:
    """谁看过, newest first, as far as the person is told today; `told_of` says the rest of those that a page shows."""
    rows = looks_of(person_keys)
    ids = rows.filter(kind=LookUp.Kind.LOOK).order_by().values("pk")
    delays = list(LookDelay.objects.filter(look_id__in=ids, status=D.SIGNED))
    hidden = _hidden([one.look_id for one in delays], delays, on or clock.today())
    return rows.exclude(pk__in=hidden) if hidden else rows


def told(person_keys: list[bytes], *, on: date | None = None) -> list[Told]:
    """谁看过, all of it."""
    return told_of(shown(person_keys, on=on), person_keys)


def told_of(found: Iterable[LookUp], person_keys: list[bytes]) -> list[Told]:
    """这些查询, in the order given: with outcomes, with what was delayed, with what was asked about them."""
    rows: list[Look] = with_outcomes(found)
    ids = [one.look.pk for one in rows]
    delays = LookDelay.objects.filter(look_id__in=ids).exclude(status=D.ASKED).order_by("pk")
    about = Explanation.objects.about(person_keys).filter(look_id__in=ids)
    asked = {one.look_id: one for one in about.order_by("pk")}
    notes: dict[int, list[str]] = {}
    for delay in delays:
        notes.setdefault(delay.look_id, []).append(_note(delay))
    return [
        Told(
            one.look,
            [sentence(row.result) for row in one.outcomes],
            notes.get(one.look.pk, []),
            asked.get(one.look.pk),
        )
        for one in rows
    ]


def own_look(user: User, look_id: int) -> LookUp | None:
    """别人对本人的一次查询, if the person is told of it today."""
    row = LookUp.objects.filter(pk=look_id, kind=LookUp.Kind.LOOK, person_key__in=user.person_keys()).first()
    if row is None:
        return None
    delays = LookDelay.objects.filter(look_id=look_id)
    return None if _hidden([look_id], delays, clock.today()) else row


def disclosures(user: User) -> QuerySet[Disclosure]:
    """提供给了谁, as far as the person is told today: with the look of a lawful request its rows are kept back."""
    asked = LawfulRequest.objects.filter(person_key__in=user.person_keys(), look_id__isnull=False)
    looks = {look_id: number for look_id, number in asked.values_list("look_id", "number") if look_id}
    hidden = _hidden(looks, LookDelay.objects.filter(look_id__in=list(looks)), clock.today()) if looks else set()
    found = register.of_person(user)
    for look_id in hidden:
        found = found.exclude(channel=giving.CHANNEL, basis__endswith=looks[look_id])
    return found


@dataclass(frozen=True)
class Line:
    """一次查询 without the person: who, when, for what; never whom."""

    look_id: int
    who: str
    department: str
    at: str
    matter: str
    case_number: str
    saw: str
    outcomes: Sequence[str]
    nothing_yet: str
    times: int


def lines(rows: Sequence[LookUp], times: Mapping[int, int] | None = None) -> list[Line]:
    """查询的各行, without the person; `times` says for how many looks of one list a line stands."""
    names = dict(Department.objects.values_list("code", "name"))
    led: dict[int, list[str]] = {}
    for outcome in LookUp.objects.filter(ref__in=[row.pk for row in rows]).order_by("id"):
        led.setdefault(outcome.ref or 0, []).append(sentence(outcome.result))
    return [
        Line(
            row.pk,
            row.actor_label,
            names.get(row.department, "系统"),
            when(row),
            f"{matters.title(row.matter)}：{row.purpose}",
            row.case_number,
            "、".join(SHOWN.get(code, code) for code in row.shown),
            led.get(row.pk, []),
            matters.nothing_yet(row.matter),
            (times or {}).get(row.pk, 1),
        )
        for row in rows
    ]


def line(look_id: int) -> Line | None:
    """一行; None when the month it was in has been deleted."""
    row = LookUp.objects.filter(pk=look_id, kind=LookUp.Kind.LOOK).first()
    return lines([row])[0] if row else None


@dataclass(frozen=True)
class Log:
    """本单位的查询: the looks, and for how many each stands."""

    rows: list[LookUp]
    times: dict[int, int]


def log_of(user: User) -> Log:
    """本单位近三十天的查询, newest first, for those who explain or delay there; a whole list or page is one line."""
    verbs = ("explain_looks", "delay_look", "approve_delay")
    mine = frozenset[int]().union(*(user.departments(verb) for verb in verbs))
    codes = Department.objects.filter(pk__in=mine).values_list("code", flat=True)
    since = clock.now() - timedelta(days=LOG_DAYS)
    found = LookUp.objects.filter(kind=LookUp.Kind.LOOK, department__in=list(codes), at__gt=since)
    rows: list[LookUp] = []
    times: dict[int, int] = {}
    sets: dict[tuple[str, ...], int] = {}
    for row in found.order_by("-id")[:MOST]:
        whole = (row.actor_id, row.matter, row.purpose, row.case_number if row.matter == EXPORT else str(row.day))
        if row.matter in matters.IN_SETS and whole in sets:
            times[sets[whole]] += 1
            continue
        sets[whole] = row.pk
        times[row.pk] = 1
        rows.append(row)
    return Log(rows, times)


def to_explain(user: User) -> Explanations:
    """等说明的, the oldest first; not about one's own look."""
    mine = Explanation.objects.visible_to(user).filter(status=E.RAISED).exclude(looked_by=user)
    return mine.select_related("department", "looked_by").order_by("raised_on", "pk")


def to_sign(user: User) -> Delays:
    """等签批的暂缓."""
    mine = LookDelay.objects.visible_to(user).filter(
        status=D.ASKED, department_id__in=user.departments("approve_delay")
    )
    return mine.exclude(requested_by=user).exclude(looked_by=user)


def to_judge(user: User) -> OddLooks:
    """等审计管理员认定的, or, for a department, those it was asked to explain."""
    found = OddLook.objects.visible_to(user)
    return found.filter(status__in=UNDECIDED if user.officer == "audit" else [O.ASKED])


def waiting_for(user: User) -> int:
    """等这个人办的."""
    return to_explain(user).count() + to_sign(user).count() + to_judge(user).count()


def steps_of(noun: str, pk: object) -> list[tuple[str, str, str, str]]:
    """经过: sentence, who, when, opinion."""
    return [
        (sentence(event.act), event.actor_label, f"{event.day:%Y-%m-%d}", event.opinion) for event in history(noun, pk)
    ]


def overdue_by_department(on: date) -> dict[str, int]:
    """查询说明超期: by department name, how many cases. Counts cases, not persons."""
    late: dict[str, int] = {}
    for one in Explanation.objects.filter(status=E.RAISED).select_related("department"):
        if clocks.overdue(one, on):
            late[one.department.name] = late.get(one.department.name, 0) + 1
    return late
