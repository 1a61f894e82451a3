"""规则确认件的办理: proposed by a legal officer with the text → agreed to by a second person | not agreed to.

The second person is the credit office's head (supervise): the rules are the whole district's, whoever knows the text.
"""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import Department, User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock, overlay, pack
from daoli_credit.law.entries import Entry, entry
from daoli_credit.rulepack import texts
from daoli_credit.rulepack.models import RuleChange
from daoli_credit.rulepack.models.change import Action, G
from daoli_credit.rulepack.rules import changeable
from daoli_credit.rulepack.rules.papers import Paper
from daoli_credit.rulepack.workflows import numbering
from daoli_credit.workflow import AlreadyDone, RuleBroken, Step, department, noun, taking

PROPOSED = register("rule.proposed", "提出确认、暂停或者恢复规则", duty="legal_review")
SECOND = department("supervise")
OPEN = frozenset({G.PROPOSED})
STEPS = {
    "agree": Step("rule.agreed", "同意", OPEN, G.AGREED, SECOND),
    "refuse": Step("rule.refused", "不同意", OPEN, G.REFUSED, SECOND, opinion=True),
}
OFFICE = "credit-office"


def propose(
    *, action: str, kind: str, code: str, seen: str, reason: str, actor: User, paper: Paper | None = None
) -> RuleChange:
    """提出: confirm with the text attached, suspend or resume with the reason. Nothing changes until another agrees.

    `seen` is the digest of the row that the officer had on screen. Raises PermissionDenied, UnknownCode, RuleBroken in
    words, AlreadyDone for the officer's own second click, OpinionRefused.
    """
    if not actor.may_anywhere("legal_review"):
        raise PermissionDenied("您没有“法制审核”这项职责")
    pack.look_again()
    rules = pack.current()
    row = entry(rules, kind, code)
    if why_not := changeable.refusal(action, row):
        raise RuleBroken(why_not)
    if seen != row.digest:
        raise RuleBroken("这一条规则在您打开之后改写了，请看过现在的内容再提出")
    if action == Action.CONFIRM and paper is None:
        raise RuleBroken("确认要附上条文：请附您核对过的条文原文或者扫描件")
    if not reason.strip():
        raise RuleBroken("请写明核对情况和理由")
    with transaction.atomic():
        office = Department.objects.get(code=OFFICE)
        change = RuleChange(
            number=numbering.next_number(clock.today()),
            action=action,
            kind=kind,
            code=code,
            title=row.title[:300],
            edition=rules.edition,
            row_digest=row.digest,
            reason=checked(reason.strip()),
            department=office,
            proposed_by=actor,
            proposed_on=clock.today(),
        )
        try:
            with transaction.atomic():
                change.save()
        except IntegrityError as why:
            raise _already(kind, code, action, actor) from why
        if paper is not None:
            texts.keep(change, paper)
        events.record(
            act=PROPOSED,
            noun=noun(RuleChange),
            object_id=str(change.pk),
            actor=actor,
            department=office.code,
            to_status=G.PROPOSED,
            opinion=change.reason,
            revision=change.revision,
        )
    return change


def _already(kind: str, code: str, action: str, actor: User) -> AlreadyDone | RuleBroken:
    there = RuleChange.objects.about(kind, code).filter(status=G.PROPOSED).first()
    if there and (there.proposed_by_id, there.action) == (actor.pk, action):
        return AlreadyDone(f"{there.number} 已经提出，等第二人同意")
    return RuleBroken(f"这一条规则已有一件等第二人同意{f'（{there.number}）' if there else ''}，办完以后再提")


def agree(*, change_id: int, actor: User, seen: int | None = None) -> RuleChange:
    """同意: from this moment the row drives what its new status lets it drive, in every process.

    Raises PermissionDenied, WrongState, Stale, AlreadyDone, and RuleBroken for the proposer and for a row that was
    rewritten since.
    """
    with taking(STEPS["agree"], RuleChange, change_id, actor=actor, seen=seen) as change:
        if actor.pk == change.proposed_by_id:
            raise RuleBroken("提出人不能同意自己提出的，请由另一人办理")
        row = _as_proposed(change)
        text = getattr(change, "text", None)
        overlay.say(
            change.action,
            row,
            by=change.proposed_by.username,
            second_by=actor.username,
            reason=f"{change.number} {change.reason}"[:500],
            document=(text.name, text.digest) if text else ("", ""),
        )
        change.decided_by, change.decided_on = actor, clock.today()
        _tell(change, "已由第二人同意，即时起作用")
    return change


def _as_proposed(change: RuleChange) -> Entry:
    try:
        row = entry(pack.current(), change.kind, change.code)
    except pack.UnknownCode as why:
        raise RuleBroken("现行规则版本里已经没有这一条；请写明情况，点“不同意”") from why
    if row.digest != change.row_digest:
        raise RuleBroken("这一条规则在提出之后改写了，不能再同意；请点“不同意”，由法制审核人员重新核对")
    if why_not := changeable.refusal(change.action, row):
        raise RuleBroken(why_not)
    return row


def refuse(*, change_id: int, actor: User, opinion: str, seen: int | None = None) -> RuleChange:
    """不同意: with the reason; the rule stays as it was. Raises RuleBroken for the proposer."""
    with taking(STEPS["refuse"], RuleChange, change_id, actor=actor, opinion=opinion, seen=seen) as change:
        if actor.pk == change.proposed_by_id:
            raise RuleBroken("提出人不能自己办理，请由另一人办理")
        change.decided_by, change.decided_on = actor, clock.today()
        _tell(change, f"第二人没有同意：{checked(opinion.strip())}")
    return change


def _tell(change: RuleChange, words: str) -> None:
    messages.tell_user(
        change.proposed_by,
        title=f"规则确认件 {change.number}",
        text=f"{change.get_action_display()}“{change.title}”：{words}。",
        noun=noun(RuleChange),
        object_id=str(change.pk),
    )
