"""安全事件的办理: opened → assessed → reported (authority told, persons told or why not) → closed by another."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from daoli_credit.accounts.models import Department, User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock
from daoli_credit.supervision.models import Incident
from daoli_credit.supervision.models.incident import I, Kind, Level
from daoli_credit.workflow import RuleBroken, Step, department, noun, taking

OPENED = register("incident.opened", "登记安全事件")
_HANDLES = department("draft_assessment")
STEPS = {
    "assess": Step("incident.assessed", "研判分级", frozenset({I.OPENED, I.ASSESSED}), I.ASSESSED, _HANDLES),
    "report": Step("incident.reported", "登记报告和通知", frozenset({I.ASSESSED}), I.REPORTED, _HANDLES),
    "close": Step(
        "incident.closed", "办结", frozenset({I.REPORTED}), I.CLOSED, department("approve_assessment"), opinion=True
    ),
}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """发现的情况."""

    kind: Kind
    found_at: datetime
    what: str
    data_kinds: str
    people: int | None = None


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """研判: how grave, why and what harm may come, and what was done at once."""

    level: Level
    harm: str
    remedy: str
    people: int | None = None


@dataclass(frozen=True, kw_only=True)
class Telling:
    """通知: the authority, and the persons or why not (第五十七条第二款)."""

    told_authority_at: datetime
    authority: str
    told_persons_on: date | None = None
    not_told_because: str = ""


def _written(*texts: str) -> None:
    if not all(text.strip() for text in texts):
        raise RuleBroken("第五十七条要求写明种类、原因、可能的危害和补救措施，缺一项都不能登记")
    for text in texts:
        checked(text)


def open_one(*, body: Department, what: Finding, actor: User) -> Incident:
    """登记: at once, with what is known; numbers may follow. Raises PermissionDenied, RuleBroken, OpinionRefused."""
    if not actor.may("draft_assessment", body.pk):
        raise PermissionDenied("您没有“起草影响评估和事件记录”这项职责")
    _written(what.what, what.data_kinds)
    now = clock.now()
    if what.found_at > now:
        raise RuleBroken("发现时间不能在将来，请核对")
    with transaction.atomic():
        Department.objects.select_for_update(no_key=True).get(pk=body.pk)  # two clicks at once are one
        if Incident.objects.filter(found_at=what.found_at, kind=what.kind, what=what.what).exists():
            raise RuleBroken("同一时间、同一情况已经登记过，请在列表里打开")
        made = Incident.objects.create(
            number=_next_number(now.date()), department=body, **asdict(what), opened_by=actor, opened_at=now
        )
        events.record(
            act=OPENED, noun=noun(Incident), object_id=made.pk, actor=actor, department=body.code,
            to_status=I.OPENED, revision=made.revision,
        )  # fmt: skip
    return made


def _next_number(day: date) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('supervision_incident_number')")
        return f"SJ{day.year}-{cursor.fetchone()[0]:06d}"


def assess(*, incident_id: int, what: Judgement, actor: User, seen: int | None = None) -> Incident:
    """研判分级: again, as often as more is known, until it was reported. Raises RuleBroken without a grade."""
    _written(what.harm, what.remedy)
    if not what.level:
        raise RuleBroken("请选择分级")
    with taking(STEPS["assess"], Incident, incident_id, actor=actor, seen=seen) as row:
        row.level, row.harm, row.remedy = what.level, what.harm, what.remedy
        row.people = what.people if what.people is not None else row.people
        row.revision += 1
    return row


def report(*, incident_id: int, what: Telling, actor: User, seen: int | None = None) -> Incident:
    """登记报告和通知: the authority always; the persons, or in words why the remedy leaves them no harm.

    Raises RuleBroken for days that cannot be, and when persons are neither told nor is it said why
    (个人信息保护法第五十七条第二款).
    """
    _written(what.authority)
    checked(what.not_told_because)
    if what.told_persons_on is None and not what.not_told_because.strip():
        raise RuleBroken("请写明哪天通知了个人；不通知的，写明补救措施怎样有效避免了危害（第五十七条第二款）")
    with taking(STEPS["report"], Incident, incident_id, actor=actor, seen=seen) as row:
        if not row.found_at <= what.told_authority_at <= clock.now():
            raise RuleBroken("通知监管部门的时间应在发现以后、现在以前，请核对")
        if what.told_persons_on is not None and not row.found_at.date() <= what.told_persons_on <= clock.today():
            raise RuleBroken("通知个人的日期应在发现以后、今天以前，请核对")
        row.told_authority_at, row.authority = what.told_authority_at, what.authority
        row.told_persons_on, row.not_told_because = what.told_persons_on, what.not_told_because.strip()
        row.revision += 1
    return row


def close(*, incident_id: int, actor: User, opinion: str, seen: int | None = None) -> Incident:
    """办结, with the review: what is done so that it does not come again. By another than opened it.

    Raises RuleBroken for whoever opened it.
    """
    with taking(STEPS["close"], Incident, incident_id, actor=actor, opinion=opinion, seen=seen) as row:
        if actor.pk == row.opened_by_id:
            raise RuleBroken("登记人不能自己办结，请由另一人复核后办结")
        row.closed_by, row.closed_on = actor, clock.today()
    return row
