"""影响评估的办理: draft → submitted → approved by another | returned; ended when the purpose changes."""

from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from daoli_credit.accounts.models import Department, ImpactAssessment, User
from daoli_credit.accounts.models.assessment import A, Subject
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock
from daoli_credit.law.durations import Duration
from daoli_credit.workflow import RuleBroken, Step, department, noun, taking

DRAFTED = register("assessment.drafted", "起草影响评估")
LONGEST = Duration(years=3)
_OPEN = frozenset({A.DRAFT, A.RETURNED})
_DRAFTS, _APPROVES = department("draft_assessment"), department("approve_assessment")
STEPS = {
    "revise": Step("assessment.revised", "修改评估", _OPEN, A.DRAFT, _DRAFTS),
    "submit": Step("assessment.submitted", "提交审定", _OPEN, A.SUBMITTED, _DRAFTS),
    "approve": Step("assessment.approved", "审定通过", frozenset({A.SUBMITTED}), A.APPROVED, _APPROVES),
    "return": Step("assessment.returned", "退回评估", frozenset({A.SUBMITTED}), A.RETURNED, _APPROVES, opinion=True),
    "end": Step("assessment.ended", "停用评估", frozenset({A.APPROVED}), A.ENDED, _APPROVES, opinion=True),
}


@dataclass(frozen=True, kw_only=True)
class Content:
    """评估的内容, as 个人信息保护法 第五十六条 orders them."""

    purpose: str
    method: str
    data_kinds: str
    necessity: str
    effect: str
    measures: str
    conclusion: str
    valid_until: date


def _judged(what: Content) -> Content:
    texts = {name: value for name, value in asdict(what).items() if isinstance(value, str)}
    if not all(text.strip() for text in texts.values()):
        raise RuleBroken("评估的每一项都要写明：第五十六条要求的内容缺一项，就不是一份评估")
    for text in texts.values():
        for part in (text[at : at + 500] for at in range(0, len(text), 450)):
            checked(part)
    today = clock.today()
    if not today < what.valid_until <= LONGEST.after(today):
        raise RuleBroken("有效期最长三年，最早到明天；情况变了要重新评估，请改日期")
    return what


def draft(*, body: Department, kind: Subject, code: str, title: str, what: Content, actor: User) -> ImpactAssessment:
    """起草. Raises PermissionDenied, RuleBroken for missing or endless content, OpinionRefused for a number."""
    if not actor.may("draft_assessment", body.pk):
        raise PermissionDenied("您没有“起草影响评估和事件记录”这项职责")
    what = _judged(what)
    today = clock.today()
    with transaction.atomic():
        Department.objects.select_for_update(no_key=True).get(pk=body.pk)  # two clicks at once are one
        if ImpactAssessment.objects.filter(kind=kind, code=code, status__in=[*_OPEN, A.SUBMITTED]).exists():
            raise RuleBroken(f"“{title}”已有一份在起草或者待审定，请办完那一份")
        made = ImpactAssessment.objects.create(
            number=_next_number(today), department=body, kind=kind, code=code, title=title, **asdict(what),
            drafted_by=actor, drafted_on=today,
        )  # fmt: skip
        events.record(
            act=DRAFTED, noun=noun(ImpactAssessment), object_id=made.pk, actor=actor, department=body.code,
            to_status=A.DRAFT, revision=made.revision,
        )  # fmt: skip
    return made


def _next_number(day: date) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('accounts_assessment_number')")
        return f"YP{day.year}-{cursor.fetchone()[0]:06d}"


def revise(*, assessment_id: int, what: Content, actor: User, seen: int | None = None) -> ImpactAssessment:
    """修改: whoever looked at the version before has to look again."""
    what = _judged(what)
    with taking(STEPS["revise"], ImpactAssessment, assessment_id, actor=actor, seen=seen) as row:
        for name, value in asdict(what).items():
            setattr(row, name, value)
        row.revision += 1
    return row


def submit(*, assessment_id: int, actor: User, seen: int | None = None) -> ImpactAssessment:
    """提交审定."""
    with taking(STEPS["submit"], ImpactAssessment, assessment_id, actor=actor, seen=seen) as row:
        row.submitted_by, row.submitted_on = actor, clock.today()
    return row


def send_back(*, assessment_id: int, actor: User, opinion: str, seen: int | None = None) -> ImpactAssessment:
    """退回, with the reason."""
    with taking(STEPS["return"], ImpactAssessment, assessment_id, actor=actor, opinion=opinion, seen=seen) as row:
        row.submitted_by, row.submitted_on = None, None
    return row


def approve(*, assessment_id: int, actor: User, seen: int | None = None) -> ImpactAssessment:
    """审定通过, by another than those who wrote and submitted it; the one before it of the same subject ends."""
    with taking(STEPS["approve"], ImpactAssessment, assessment_id, actor=actor, seen=seen) as row:
        if actor.pk in {row.drafted_by_id, row.submitted_by_id}:
            raise RuleBroken("起草人和提交人不能审定自己的评估，请由另一人审定")
        today = clock.today()
        if not today < row.valid_until <= LONGEST.after(today):
            raise RuleBroken("评估写的有效期已经过了，或者超过三年，请退回改日期")
        before = ImpactAssessment.objects.filter(kind=row.kind, code=row.code, status=A.APPROVED).first()
        if before is not None:
            end(assessment_id=before.pk, actor=actor, opinion=f"由 {row.number} 接替")
        row.approved_by, row.approved_on = actor, today
    return row


def end(*, assessment_id: int, actor: User, opinion: str, seen: int | None = None) -> ImpactAssessment:
    """停用: the purpose or the way has changed. From this moment nothing that rests on it goes on."""
    with taking(STEPS["end"], ImpactAssessment, assessment_id, actor=actor, opinion=opinion, seen=seen) as row:
        row.ended_on = clock.today()
    return row
