"""开启封存件的办理: asked → approved | refused → opened | lapsed. By two people, once, for one named case."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock
from daoli_credit.rounds import one_by_one
from daoli_credit.workflow import SYSTEM, RuleBroken, Step, department, noun, once, taking
from records import archives, identity
from records.identity import Identity
from records.models import ArchiveCopy, ArchiveOpening
from records.models.archive import O, Purpose
from records.workflows import numbering

MATTER = "archive-opening"
DAYS = timedelta(days=5)  # a permission that lies about is a way in
STEPS = {
    "approve": Step("opening.approved", "同意开启", frozenset({O.ASKED}), O.APPROVED, department("decide_listing")),
    "refuse": Step(
        "opening.refused", "不同意开启", frozenset({O.ASKED}), O.REFUSED, department("decide_listing"), opinion=True
    ),
    "open": Step("opening.opened", "开启封存件", frozenset({O.APPROVED}), O.OPENED, department("legal_review")),
    "lapse": Step("opening.lapsed", "过期未开启", frozenset({O.APPROVED}), O.LAPSED, SYSTEM),
}
register("opening.asked", "提出开启封存件", duty="legal_review")


@dataclass(frozen=True)
class Opened:
    """开启的内容: shown once, in the answer to the act, and kept nowhere."""

    opening: ArchiveOpening
    said: dict[str, Any]
    who: Identity


def find(user: User, typed: str) -> ArchiveCopy | None:
    """按编号找封存件 of the user's departments: by one of its three numbers, never by a person."""
    text = typed.strip()
    mine = ArchiveCopy.objects.filter(department_id__in=user.departments("legal_review"))
    for column in ("number", "record__number", "record__document_number"):
        if text and (found := mine.filter(**{column: text}).order_by("-pk").first()):
            return found
    return None


def ask(
    *,
    archive: ArchiveCopy,
    purpose: str,
    case_number: str,
    authority: str,
    article: str,
    document_number: str,
    actor: User,
) -> ArchiveOpening:
    """提出: by a legal officer of the department whose record it was, for one case with its number and its paper.

    Raises PermissionDenied, RuleBroken in words, AlreadyDone while one of the same officer waits, OpinionRefused.
    """
    if not actor.may("legal_review", archive.department_id):
        raise PermissionDenied("只有认定部门的法制审核人员可以提出开启封存件")
    if purpose not in Purpose.values:
        raise RuleBroken("请选择所为何案；没有案件的，封存件不能开启")
    facts = [one.strip() for one in (case_number, authority, article, document_number)]
    if not all(facts):
        raise RuleBroken("案号、受案机关、依据的条文和调取文书号都要填写")
    if archive.keep_until < clock.today():
        raise RuleBroken("这一件的保存期已经届满，等待销毁，不能再开启")
    case_number, authority, article, document_number = (checked(one) for one in facts)
    opening = ArchiveOpening(
        number=numbering.next_opening_number(clock.today()),
        archive=archive,
        department=archive.department,
        purpose=purpose,
        case_number=case_number,
        authority=authority,
        article=article,
        document_number=document_number,
        requested_by=actor,
        requested_on=clock.today(),
    )
    with transaction.atomic():
        with once("one_opening_waits_per_copy_and_person", "您已经提出开启这一件，还没有办完"):
            opening.save()
        events.record(
            act="opening.asked",
            noun=noun(ArchiveOpening),
            object_id=opening.pk,
            actor=actor,
            department=archive.department.code,
            to_status=opening.status,
            opinion=f"{opening.get_purpose_display()}，{authority}，{case_number}；{article}；{document_number}",
        )
    return opening


def _second(opening: ArchiveOpening, actor: User) -> None:
    if actor.pk == opening.requested_by_id:
        raise RuleBroken("提出人不能审批自己的开启，请由另一人审批")
    opening.decided_by, opening.decided_on = actor, clock.today()


def approve(*, opening_id: int, actor: User, seen: int) -> ArchiveOpening:
    """同意开启: the head of the department, another than who asked; from today on for a few days."""
    with taking(STEPS["approve"], ArchiveOpening, opening_id, actor=actor, seen=seen) as opening:
        _second(opening, actor)
        opening.open_until = clock.today() + DAYS
        _tell(opening, f"已同意。{opening.open_until:%Y-%m-%d} 以前由您开启一次，过期收回")
    return opening


def refuse(*, opening_id: int, actor: User, opinion: str, seen: int) -> ArchiveOpening:
    """不同意开启, with the reason, which the one who asked reads."""
    with taking(STEPS["refuse"], ArchiveOpening, opening_id, actor=actor, opinion=opinion, seen=seen) as opening:
        _second(opening, actor)
        _tell(opening, f"没有同意：{opinion.strip()}。补齐以后可以重新提出")
    return opening


def _tell(opening: ArchiveOpening, words: str) -> None:
    messages.tell_user(
        opening.requested_by,
        title=f"开启封存件 {opening.number}",
        text=f"{opening.get_purpose_display()}，{opening.case_number}：{words}。",
        noun=noun(ArchiveOpening),
        object_id=opening.number,
    )


def open_once(*, opening_id: int, actor: User) -> Opened:
    """开启: by the one who asked, once. The look stands in the transaction that shows; the person reads it.

    Raises PermissionDenied, WrongState, AlreadyDone after the first time, RuleBroken when the days are over.
    """
    with taking(STEPS["open"], ArchiveOpening, opening_id, actor=actor) as opening:
        if actor.pk != opening.requested_by_id:
            raise PermissionDenied("封存件只能由提出人开启")
        if opening.open_until is None or opening.open_until < clock.today():
            raise RuleBroken(f"同意以后 {DAYS.days} 天内没有开启，已经过期；还需要的，请重新提出")
        why = [opening.get_purpose_display(), opening.case_number, opening.article, f"{opening.decided_by} 同意"]
        look = events.look_up(
            actor=actor,
            person_key=opening.person_keys()[0],
            matter=MATTER,
            case_number=opening.number,
            purpose="；".join(why),
            shown=["record", "identity"],
            department=opening.department.code,
        )
        opening.look_id, opening.opened_on = look.pk, clock.today()
        said = archives.opened(opening.archive, look)
        who = identity.reveal(opening.archive.record.subject, because=look)
    return Opened(opening, said, who)


def lapse_all(actor: User) -> int:
    """过期未开启的收回. Returns how many; harmless twice: the day alone refuses already."""
    over = ArchiveOpening.objects.filter(status=O.APPROVED, open_until__lt=clock.today())

    def lapsed(pk: int) -> bool:
        with taking(STEPS["lapse"], ArchiveOpening, pk, actor=actor):
            return True

    return one_by_one(over.values_list("pk", flat=True), lapsed)
