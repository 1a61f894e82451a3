"""上级平台查询: at the moment of a check the platforms above are asked, side by side and within a few seconds.

First the look is logged and committed, then they are asked with no transaction open, then what came is written. What
nobody answered is 未答复, with when and why; it never reads 没有. Nothing of an answer enters the register.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit import cipher
from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock, pack
from daoli_credit.workflow import RuleBroken, noun
from incentives import asking, sources
from incentives.asking import Question, Reply
from incentives.models import Check, InboundAnswer, InboundSource, MatterCase
from incentives.models.check import Said
from incentives.models.inbound import Outcome
from incentives.rules import applicants, inbound
from incentives.rules.inbound import Entry
from incentives.rules.measures import applicable
from incentives.selectors.check_answer import Line
from incentives.sources import Source
from incentives.workflows import check_sources
from records.rules.problem import Wrong

ASKED = register("inbound.asked", "查询上级平台", duty="check_applicants")
HEARD = register("inbound.answered", "上级平台已答复")
SILENT = register("inbound.unanswered", "上级平台未答复")
OUR_SIDE = "本系统没有问成"


@dataclass
class _Turn:
    """一个来源的一次: about whom, what is asked, the look behind it, and what came of it."""

    check: Check
    number: str
    source: Source
    lists: tuple[str, ...]
    at: datetime
    look: LookUp | None = None
    reply: Reply = field(default_factory=lambda: Reply(Outcome.FAILED, OUR_SIDE))


def _family() -> Sequence[check_sources.Source]:
    return [
        check_sources.Source(
            code=one.code,
            title=_titled(one),
            asked_in=_asked_in(one),
            ask=ask,
        )
        for one in sources.all_of_them()
    ]


def _titled(source: Source) -> Callable[[], str]:
    return lambda: source.title


def _asked_in(source: Source) -> Callable[[str], bool]:
    return lambda matter: bool(inbound.wanted(source, matter))


def ask(asked: Sequence[tuple[Check, str]]) -> None:
    """核查当时去问 every platform that can say something in this matter. The number is enough; no name is sent.

    The applicants of a sheet are asked about a few at a time, no more at once than each platform takes; a platform
    that has stopped answering is left alone from one portion to the next, and with its case closed nobody is.
    """
    rest = list(asked)
    while rest and _case_open(rest[0][0]):
        count = _at_once(rest[0][0].matter)
        portion, rest = rest[:count], rest[count:]
        _ask(portion, _asker(portion[0][0]))


def _asker(check: Check) -> events.Actor:
    actor = check.made_by or check.made_key
    if actor is None:
        raise ValueError("核查要有人提出")
    return actor


def _case_open(check: Check) -> bool:
    return MatterCase.objects.open(clock.today()).filter(pk=check.case_id).exists()


def _at_once(matter: str) -> int:
    """同时问几名: as many as every platform of the matter takes; one alone where one of them has to be tried again."""
    mine = [one for one in sources.all_of_them() if inbound.wanted(one, matter)]
    tried = InboundSource.objects.filter(code__in=[one.code for one in mine], failures__gte=inbound.BREAKS_AFTER)
    return 1 if tried.exists() else min((one.at_once for one in mine), default=1)


def ask_again(*, check_id: int, number: str, actor: User) -> list[InboundAnswer]:
    """再问一次: while the case is open, by whoever checks there, who types the number again: a check keeps none.

    Raises PermissionDenied, RuleBroken for a closed case or the number of somebody else.
    """
    check = Check.objects.select_related("case", "department").get(pk=check_id)
    if not actor.may("check_applicants", check.department_id):
        raise PermissionDenied("您没有“核查申请人”这项职责")
    if not check.case.is_open(clock.today()):
        raise RuleBroken(f"办件 {check.case.case_number} 已经办结，不再查询上级平台")
    try:
        fit = applicants.valid(number, today=clock.today(), grown=pack.current().limit("age-min").years)
    except Wrong as why:
        raise RuleBroken(str(why.at("number"))) from why
    if bytes(check.person_key) not in cipher.person_keys(fit):
        raise RuleBroken("这个证件号码不是这次核查的人，请核对；本系统不留存证件号码，所以要再填一次")
    if not any(inbound.wanted(one, check.matter) for one in sources.all_of_them()):
        raise RuleBroken("这个事项没有可以查询的上级平台")
    return _ask([(check, fit)], actor)


def _ask(portion: Sequence[tuple[Check, str]], actor: events.Actor) -> list[InboundAnswer]:
    """问这几名, side by side."""
    turns = [turn for check, number in portion for turn in _begin(check, number, actor)]
    asked = [one for one in turns if one.look is not None]
    questions = [_question(one) for one in asked]
    replies = asking.ask_all(questions, settings.INBOUND_WITHIN)
    for turn, reply in zip(asked, replies, strict=True):
        turn.reply = reply
    kept = []
    for check, _ in portion:
        kept += _write_down(check, [one for one in turns if one.check is check], actor)
    return kept


def _question(turn: _Turn) -> Question:
    purpose = f"{_matter(turn.check)}，办件 {turn.check.case.case_number}"
    return Question(turn.source, turn.number, turn.lists, purpose, clock.today())


def _matter(check: Check) -> str:
    found = pack.current().matters.get(check.matter)
    return found.title if found else check.matter


@transaction.atomic(durable=True)
def _begin(check: Check, number: str, actor: events.Actor) -> list[_Turn]:
    """Before anybody is asked: whom, about what, and a look for each in the log."""
    turns = []
    for source in sources.all_of_them():
        if not (lists := inbound.wanted(source, check.matter)):
            continue
        row, _ = InboundSource.objects.get_or_create(code=source.code)
        turn = _Turn(check, number, source, lists, clock.now())
        turns.append(turn)
        if why := inbound.refusal(source, row):
            turn.reply = Reply(*why)
            continue
        turn.look = events.look_up(
            actor=actor,
            person_key=bytes(check.person_key),
            matter=check.matter,
            case_number=check.case.case_number,
            purpose=f"向{source.title}查询",
            shown=["inbound"],
            department=check.department.code,
        )
    if any(one.look for one in turns):
        events.record(act=ASKED, noun=noun(Check), object_id=check.pk, actor=actor, department=check.department.code)
    return turns


@transaction.atomic(durable=True)
def _write_down(check: Check, turns: Sequence[_Turn], actor: events.Actor) -> list[InboundAnswer]:
    """What came of it: the answer with the check, the outcome with the look, the failure with the source."""
    Check.objects.select_for_update(of=("self",), no_key=True).get(pk=check.pk)
    kept = []
    for turn in sorted(turns, key=lambda one: one.source.code):
        code, reply = turn.source.code, turn.reply
        row = InboundSource.objects.select_for_update(no_key=True).get(code=code)
        kept.append(
            InboundAnswer.objects.create(
                check_made=check,
                source=row,
                attempt=check.askings.filter(source=row).count() + 1,
                lists=list(turn.lists),
                day=clock.today(),
                asked_at=turn.at,
                took_ms=reply.took_ms,
                asked_by=actor if isinstance(actor, User) else None,
                look=turn.look.pk if turn.look else None,
                outcome=reply.outcome,
                why=reply.why[:300],
            )
        )
        _keep(check, turn)
        if turn.look is not None:
            events.outcome(turn.look, HEARD if reply.outcome == Outcome.ANSWERED else SILENT)
            _count(row, answered=reply.outcome == Outcome.ANSWERED)
    return kept


def _keep(check: Check, turn: _Turn) -> None:
    lines = _lines(check, turn.source, turn.reply.entries)
    said = Said.SILENT if turn.reply.outcome != Outcome.ANSWERED else Said.FOUND if lines else Said.NOTHING
    check_sources.keep(check, source=turn.source.code, title=turn.source.title, said=said, lines=lines)


def _count(row: InboundSource, *, answered: bool) -> None:
    row.failures = 0 if answered else row.failures + 1
    row.broken_until = inbound.broken_until(row.failures, clock.now())
    row.save(update_fields=["failures", "broken_until"])


def _lines(check: Check, source: Source, found: Sequence[Entry]) -> list[Line]:
    """能用于本事项的各条: the measures that rest on them. What no measure of the matter rests on is not kept at all."""
    today = clock.today()
    return [
        Line(
            title=one.measure.title,
            says=one.says,
            citation=one.citation,
            until_says=one.until_says,
            human=one.human_says or "请向答复的平台或者认定机关核对原件",
            fields=_fields(entry),
            marks=(),
            statement="",
            source=source.title,
            measure=one.measure.code,
            sign=one.measure.sign,
            force=one.measure.force,
            until=one.until,
            firm=one.firm,
        )
        for entry in found
        if entry.standing(today)
        for one in applicable([inbound.fact(entry)], check.matter, check.department.code, today)
        if one.record is not None  # hangs on this entry, not on there being none
    ]


def _fields(entry: Entry) -> tuple[tuple[str, str], ...]:
    until = str(entry.until) if entry.until else "以原件为准"
    return (
        ("名单或者事项", sources.list_title(entry.list)),
        ("认定机关", entry.authority),
        ("文书号", entry.document_number),
        ("认定日期", str(entry.decided_on)),
        ("有效至", until),
    )


check_sources.register_family(_family)
