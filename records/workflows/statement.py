"""本人声明的办理: made and taken back by the person alone; every holder gets the record with it, and without it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, noun
from records.models import CreditRecord, Statement
from records.models.revision import Kind
from records.statements import longest, of
from records.workflows.revisions import append_revision

MADE = register("statement.made", "附本人声明")
TAKEN_BACK = register("statement.taken-back", "撤下本人声明")


def _own(record_id: int, actor: User) -> CreditRecord:
    record = CreditRecord.objects.select_for_update(of=("self",)).get(pk=record_id)
    if not actor.is_person(record.person_keys()) or not record.is_in_force(clock.today()):
        raise PermissionDenied("只有本人可以在自己在效的信息上附声明")
    return record


def make(*, record_id: int, actor: User, words: str) -> Statement:
    """附声明: replaces the one that stands there. Raises PermissionDenied, RuleBroken, AlreadyDone, OpinionRefused."""
    text = words.strip()
    if not text:
        raise RuleBroken("请写下声明；不想再附的，请撤下")
    if len(text) > longest():
        raise RuleBroken(f"声明最多 {longest()} 字，现在 {len(text)} 字，请写短一些")
    checked(text)
    with transaction.atomic():
        record = _own(record_id, actor)
        if of(record) == text:
            raise AlreadyDone("同样的声明已经附在这一条上")
        record.statements.filter(taken_back_on__isnull=True).update(taken_back_on=clock.today())
        letter = messages.tell(
            person_key=record.person_keys()[0],
            title="您的声明（存档副本）",
            text=text + "\n",
            noun="statement",
            object_id=record.number,
        )
        made = Statement.objects.create(record=record, letter=letter, stated_on=clock.today())
        _note(MADE, made, actor)
    return made


def take_back(*, record_id: int, actor: User) -> None:
    """撤下声明: without any consequence. Raises PermissionDenied, AlreadyDone when there is none."""
    with transaction.atomic():
        record = _own(record_id, actor)
        living = record.statements.filter(taken_back_on__isnull=True).first()
        if living is None:
            raise AlreadyDone("这一条上没有您的声明")
        living.taken_back_on = clock.today()
        living.save(update_fields=["taken_back_on"])
        _note(TAKEN_BACK, living, actor)


def _note(act: str, statement: Statement, actor: User) -> None:
    append_revision(statement.record, Kind.STATED)
    events.record(
        act=act,
        noun=noun(Statement),
        object_id=statement.pk,
        actor=actor,
        department=statement.record.department.code,
    )
