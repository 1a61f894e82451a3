"""读异议申诉: lines for the desk, one case for its page, and what a person is told of their own."""

from dataclasses import dataclass
from typing import Any

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import Message, User
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.told import Told, by_day
from daoli_credit.law import clock, pack
from daoli_credit.workflow import noun
from records import by_status, histories, identity
from records.identity import Identity, NotThisPerson
from records.models import Objection
from records.models.objection import RUNNING, Objections, S

# 应用事项 of a look at a person while an objection is answered.
HANDLING = "objection-handling"
KINDS = {S.RAISED: "warn", S.WAITING: "off", S.PAUSED: "bad", S.UPHELD: "done", S.DISMISSED: "done"}
OWN_WORDS = ("您的异议（存档副本）", "您补充的情况（存档副本）")


@dataclass(frozen=True)
class Line:
    """异议件的一行: identity masked."""

    objection: Objection
    who: Identity | None
    kind: str
    overdue: bool
    provisional: bool = False


@dataclass(frozen=True)
class Point:
    """一项和它的答复 (None while there is none)."""

    point: dict[str, Any]
    answer: dict[str, Any] | None


def line(objection: Objection) -> Line:
    """一行."""
    running = objection.status in RUNNING
    shown = objection.record.is_in_force(clock.today())
    late = running and objection.due_on is not None and objection.due_on < clock.today()
    kind = KINDS.get(S(objection.status), "off")
    known = objection.due_on is None or pack.current().calendar.known(objection.due_on)
    who = identity.masked(objection.record.subject) if shown else None
    return Line(objection, who, kind, overdue=late, provisional=not known)


def lines(objections: Objections) -> list[Line]:
    """列表行: running ones first, whoever is due first on top."""
    related = ("record__item", "record__department", "record__subject")
    return [line(one) for one in by_status.in_turn(objections.select_related(*related), RUNNING, "due_on")]


def late(objections: Objections) -> Objections:
    """逾期没有答复的."""
    return objections.filter(status__in=RUNNING, due_on__lt=clock.today())


def waiting_for(user: User) -> Objections:
    """等这个人答复的: running in the user's departments, except of what the user entered."""
    mine = Objection.objects.visible_to(user).filter(status__in=[S.RAISED, S.PAUSED])
    return mine.exclude(entered_by=user).exclude(record__submitted_by=user)


def of_person(user: User) -> Objections:
    """本人的异议件, newest first, whatever has become of them."""
    found = Objection.objects.about(user.person_keys())
    return found.select_related("record__item", "record__department", "record__subject").order_by("-pk")


def points(objection: Objection) -> list[Point]:
    """逐项, each beside its answer."""
    said = histories.said(objection)  # under seal once the record has ended; the person goes on reading their own case
    answers = {one["field"]: one for one in said["answers"]}
    return [Point(point, answers.get(point["field"])) for point in said["points"]]


def words(objection: Objection, because: LookUp) -> list[tuple[Message, str]]:
    """本人的陈述和补充, opened because of a look. Raises NotThisPerson."""
    if bytes(because.person_key) not in objection.person_keys():
        raise NotThisPerson("查询记录与信用主体不符")
    own = Message.objects.filter(noun="objection", object_id=objection.number, title__in=OWN_WORDS).order_by("pk")
    return [(message, messages.text(message).strip()) for message in own]


def told(objection: Objection) -> list[Told]:
    """办理经过, oldest first."""
    return by_day(noun(Objection), objection.pk)
