"""共享授权的办理: asked → agreed → active → ended, by three departments. A late answer is late, never a yes."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from daoli_credit.accounts import assessments
from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.audit import events
from daoli_credit.audit.opinion import OpinionRefused, checked
from daoli_credit.law import clock, deadlines, pack
from daoli_credit.law.list_rows import Matter
from daoli_credit.workflow import RuleBroken, noun, taking
from incentives.models import Sharing
from incentives.models.sharing import OFFICE, WAITING, H, Reason
from incentives.rules import matters, sharing
from incentives.rules.sharing import STEPS, Wish


def _next_number(day: date) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('incentives_sharing_number')")
        return f"GX{day.year}-{cursor.fetchone()[0]:06d}"


def _words(text: str) -> str:
    try:
        return checked(text.strip())
    except OpinionRefused as why:
        raise RuleBroken(str(why)) from why


def matter_of(body: Department, code: str, on: date) -> Matter:
    """本部门的事项. Raises RuleBroken for another department's, one that has ended, or one without a basis."""
    row = pack.current().matters.get(code)
    if row is None or row.department != body.code:
        raise RuleBroken(f"{body.name}没有这个应用事项；政务应用目录里写明每个事项由哪个部门办")
    if not row.in_force(on):
        raise RuleBroken(f"“{row.title}”不在施行期内，不能申请")
    if not row.duty:
        raise RuleBroken(f"“{row.title}”没有列明职责依据，不能申请；请区信用办先补上依据")
    return row


def ask(*, body: Department, provider: Department, matter: str, wish: Wish, actor: User) -> Sharing:
    """申请共享. A matter whose rule waits for confirmation may be asked for; it is put into force only afterwards.

    Raises PermissionDenied, RuleBroken for what the matter does not name and while another application is open.
    """
    if not actor.may("apply_sharing", body.pk):
        raise PermissionDenied("您没有“申请共享目录事项”这项职责")
    today = clock.today()
    row = matter_of(body, matter, today)
    what = sharing.judged(row, body.code, provider.code, wish, today=today)
    due = deadlines.deadline(sharing.ANSWER, today)
    try:
        with transaction.atomic():
            made = Sharing.objects.create(
                number=_next_number(today),
                matter=matter,
                department=body,
                provider=provider,
                office=Department.objects.get(code=OFFICE),
                items=list(what.items),
                fields=list(what.fields),
                duty=list(what.duty),
                purpose=_words(what.purpose),
                wanted_until=what.until,
                asked_by=actor,
                asked_on=today,
                due_on=due.on if due else None,
            )
            events.record(
                act=sharing.ASKED,
                noun=noun(Sharing),
                object_id=made.pk,
                actor=actor,
                department=body.code,
                to_status=H.ASKED,
                revision=made.revision,
            )
    except IntegrityError as why:
        there = Sharing.objects.filter(department=body, matter=matter, provider=provider, status__in=WAITING).first()
        if there is None:
            raise
        raise RuleBroken(
            f"向{provider.name}的申请 {there.number} 还在办理（{there.get_status_display()}），请等它办完或者先撤回"
        ) from why
    return made


def agree(
    *, sharing_id: int, items: Sequence[str], fields: Sequence[str], actor: User, seen: int | None = None
) -> Sharing:
    """同意提供, all of it or less. What protects the person cannot be left out."""
    with taking(STEPS["agree"], Sharing, sharing_id, actor=actor, seen=seen) as row:
        _not_the_asker(row, actor)
        sharing.narrowed(items, fields, asked=row.items, shown=row.fields)
        kept = {*fields, *matters.ALWAYS}
        row.agreed_items = [code for code in row.items if code in items]
        row.agreed_fields = [name for name in row.fields if name in kept]
        row.answered_by, row.answered_on = actor, clock.today()
        row.revision += 1
    return row


def refuse(*, sharing_id: int, reason: str, opinion: str, actor: User, seen: int | None = None) -> Sharing:
    """不同意提供, with one of the reasons and in words. Raises RuleBroken without a reason of the vocabulary."""
    if reason not in Reason.values:
        raise RuleBroken("请选择不同意的理由")
    with taking(STEPS["refuse"], Sharing, sharing_id, actor=actor, opinion=_words(opinion), seen=seen) as row:
        _not_the_asker(row, actor)
        row.refusal, row.answered_by, row.answered_on = reason, actor, clock.today()
        row.revision += 1
    return row


def _not_the_asker(row: Sharing, actor: User) -> None:
    if actor.pk == row.asked_by_id:
        raise RuleBroken("申请人不能答复自己的申请，请由提供部门的另一人答复")


def activate(*, sharing_id: int, until: date, actor: User, seen: int | None = None) -> Sharing:
    """启用, until a day. The one before it between the same two in the same matter is replaced.

    Raises RuleBroken while the matter's rule is not confirmed or its impact assessment is not in force.
    """
    with taking(STEPS["activate"], Sharing, sharing_id, actor=actor, seen=seen) as row:
        if actor.pk in {row.asked_by_id, row.answered_by_id}:
            raise RuleBroken("申请和答复过这一件的人不能决定启用，请由另一人决定")
        today = clock.today()
        matter = matter_of(row.department, row.matter, today)
        if why_not := matters.missing(matter):
            raise RuleBroken(why_not)
        if why_not := assessments.refusal(Subject.MATTER, row.matter, matter.title, on=today):
            raise RuleBroken(why_not)
        if not today <= until <= row.wanted_until:
            raise RuleBroken(f"有效期要从今天起，不超过申请的 {row.wanted_until}；请改日期")
        last = sharing.latest(today)
        if last and until > last:
            raise RuleBroken(f"一次最多授权到 {last}，请改日期")
        _replace(row, actor)
        row.assessment = assessments.in_force(Subject.MATTER, row.matter, on=today)
        row.decided_by, row.decided_on = actor, today
        row.active_from, row.active_until = today, until
        row.revision += 1
    return row


def _replace(row: Sharing, actor: User) -> None:
    before = Sharing.objects.filter(
        department=row.department, matter=row.matter, provider=row.provider, status=H.ACTIVE
    ).first()
    if before is not None:
        _over("replace", before.pk, actor=actor, opinion=f"由 {row.number} 接替")


def _over(name: str, sharing_id: int, *, actor: User, opinion: str, seen: int | None = None) -> Sharing:
    with taking(STEPS[name], Sharing, sharing_id, actor=actor, opinion=_words(opinion), seen=seen) as row:
        row.over_on, row.over_why = clock.today(), opinion.strip()[:300]
        row.revision += 1
    return row


def decline(*, sharing_id: int, opinion: str, actor: User, seen: int | None = None) -> Sharing:
    """不予启用, by the office, with why."""
    return _over("decline", sharing_id, actor=actor, opinion=opinion, seen=seen)


def withdraw(*, sharing_id: int, opinion: str, actor: User, seen: int | None = None) -> Sharing:
    """撤回申请, before it is in force."""
    return _over("withdraw", sharing_id, actor=actor, opinion=opinion, seen=seen)


def give_up(*, sharing_id: int, opinion: str, actor: User, seen: int | None = None) -> Sharing:
    """不再使用: by the department that asked."""
    return _over("give-up", sharing_id, actor=actor, opinion=opinion, seen=seen)


def stop(*, sharing_id: int, opinion: str, actor: User, seen: int | None = None) -> Sharing:
    """停止提供: by the department that provides."""
    return _over("stop", sharing_id, actor=actor, opinion=opinion, seen=seen)
