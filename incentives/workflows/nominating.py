"""推荐: a body that gives an honour writes down the document and gets a letter to hand over; of the person nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from daoli_credit import cipher
from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.second_factor import grouped, normal, one_time_code
from daoli_credit.audit import events
from daoli_credit.audit.opinion import OpinionRefused, checked
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken, noun, taking
from incentives.models import Nomination
from incentives.models.nomination_status import DAYS, ITEM_OF, S, Source
from incentives.rules import honour
from incentives.rules.nomination_steps import STEPS
from incentives.workflows import honour_letters
from records import identity
from records.models import CatalogueItem
from records.rules.values import document_number

PURPOSE = "honour"


@dataclass(frozen=True)
class Document:
    """来源文件: what it is called, who determined the honour and when. No name, no number of a person."""

    honour_title: str
    number: str
    title: str
    authority: str
    determined_on: date
    valid_until: date | None = None


@dataclass(frozen=True)
class Invited:
    """刚发出的邀请: the only moment at which the code exists in plain."""

    nomination: Nomination
    code: str


def digests(code: str) -> list[bytes]:
    """邀请码的摘要, under every key of the ring."""
    return cipher.code_macs(PURPOSE, normal(code))


def next_number(sequence: str, prefix: str, day: date) -> str:
    """系统编号."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [sequence])
        (value,) = cursor.fetchone()
    return f"{prefix}{day.year}-{value:06d}"


def _clean(document: Document) -> None:
    try:
        for words in (document.honour_title, document.number, document.title, document.authority):
            checked(words)
    except OpinionRefused:
        raise RuleBroken("推荐里不写任何人的姓名和号码：本人同意以前，本系统不知道是谁") from None
    if not all(one.strip() for one in (document.honour_title, document.number, document.title, document.authority)):
        raise RuleBroken("请写明荣誉名称、文号、文件名称和认定单位：没有文件的不能推荐")


def nominate(*, department: Department, source: str, document: Document, actor: User) -> Invited:
    """推荐并发出邀请: by a body that the pack names for the source.

    Raises PermissionDenied, and RuleBroken for another source, a document in the future or one whose honour is over.
    """
    if not actor.may("nominate_honour", department.pk):
        raise PermissionDenied("您没有为这个单位推荐的职责")
    today = clock.today()
    if not department.in_use(today):
        raise RuleBroken(f"{department.name}已经停用，由承接部门推荐")
    if why_not := honour.refusal(source, department.code, on=today):
        raise RuleBroken(why_not)
    _clean(document)
    if document.determined_on > today:
        raise RuleBroken(f"认定日期 {document.determined_on} 还没有到，请核对")
    until = honour.use_until(source, determined_on=document.determined_on, valid_until=document.valid_until)
    if until is not None and until < today:
        raise RuleBroken(f"这项荣誉在本系统只能登记到 {until}，已经届满，不用推荐；荣誉本身不受影响")
    code = one_time_code()
    with transaction.atomic():
        nomination = Nomination.objects.create(
            number=next_number("incentives_nomination_number", "TJ", today),
            source=source,
            item=CatalogueItem.objects.get(code=ITEM_OF[Source(source)]),
            department=department,
            honour_title=document.honour_title.strip(),
            document_number=document_number(document.number),
            document_title=document.title.strip(),
            authority=document.authority.strip(),
            determined_on=document.determined_on,
            valid_until=document.valid_until,
            invited_by=actor,
            invited_on=today,
            sent_on=today,
            good_until=today + timedelta(days=DAYS),
            code_digest=digests(code)[0],
        )
        events.record(
            act="honour.nominated",
            noun=noun(Nomination),
            object_id=nomination.pk,
            actor=actor,
            department=department.code,
            to_status=S.INVITED,
            revision=nomination.revision,
        )
    return Invited(nomination, grouped(code))


def reissue(*, nomination_id: int, actor: User, seen: int | None = None) -> Invited:
    """重发邀请信: the code of the earlier letter is void."""
    code, today = one_time_code(), clock.today()
    with taking(STEPS["reissue"], Nomination, nomination_id, actor=actor, seen=seen) as nomination:
        nomination.code_digest, nomination.sent_on = digests(code)[0], today
        nomination.good_until = today + timedelta(days=DAYS)
        nomination.revision += 1
    return Invited(nomination, grouped(code))


def drop(*, nomination_id: int, actor: User, opinion: str, seen: int | None = None) -> Nomination:
    """撤销推荐: by the nominating side, with reasons; whoever had consented is told and then forgotten."""
    return dropping("drop", nomination_id, actor=actor, opinion=opinion, seen=seen)


def dropping(name: str, nomination_id: int, *, actor: User, opinion: str, seen: int | None) -> Nomination:
    """不予登记, by any of the three who may say so."""
    with letting_go(name, nomination_id, actor=actor, opinion=opinion, seen=seen) as nomination:
        nomination.dropped_by, nomination.dropped_on = actor, clock.today()
        nomination.dropped_why, nomination.code_digest = opinion.strip(), None
        nomination.revision += 1
        if nomination.subject is not None:
            honour_letters.tell(nomination, honour_letters.DROPPED)
    return nomination


@contextmanager
def letting_go(
    name: str, nomination_id: int, *, actor: User, opinion: str = "", seen: int | None = None
) -> Iterator[Nomination]:
    """办最后一步: without a record, who it was is not kept; what the person was told is their own."""
    step, gone = STEPS[name], None
    with transaction.atomic():
        with taking(step, Nomination, nomination_id, actor=actor, opinion=opinion, seen=seen) as nomination:
            yield nomination
            if nomination.record is None:
                gone, nomination.subject = nomination.subject, None
        if gone is None:
            return
        if step.by.kind == "department":
            keys = gone.person_keys()
            events.led_to(actor=actor, case_numbers=[nomination.number], person_keys=keys, result=step.act)
        identity.forget(gone)
