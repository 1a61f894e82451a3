"""成批核查的办理: uploaded → reading → wrong | waiting → approved | refused → done. All rows are answered, or none."""

import logging
from collections.abc import Sequence
from datetime import timedelta

from celery import current_app
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit import events, look_sets
from daoli_credit.audit.acts import register
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock
from daoli_credit.workflow import SYSTEM, RuleBroken, Step, WorkflowError, department, noun, taking
from incentives import sealed_checks
from incentives.models import CheckSet, MatterCase
from incentives.models.check_set import K
from incentives.selectors import check_volume
from incentives.workflows import check_numbering, check_sources, set_answers
from incentives.workflows.check_examining import NO_DUTY, Examined, examined
from incentives.workflows.checking import By, demand_open, held, purpose
from records.workflows.judging import veil

UPLOADED = register("check-set.uploaded", "上传申请人表", duty="check_applicants")
STEPS = {
    "read": Step("check-set.reading", "开始核对", frozenset({K.UPLOADED, K.READING, K.APPROVED}), K.READING, SYSTEM),
    "wrong": Step("check-set.wrong", "有差错，没有核查", frozenset({K.READING}), K.WRONG, SYSTEM),
    "wait": Step("check-set.waiting", "交第二人同意", frozenset({K.READING}), K.WAITING, SYSTEM),
    "approve": Step(
        "check-set.approved", "同意成批核查", frozenset({K.WAITING}), K.APPROVED, department("approve_check")
    ),
    "refuse": Step(
        "check-set.refused",
        "不同意成批核查",
        frozenset({K.WAITING}),
        K.REFUSED,
        department("approve_check"),
        opinion=True,
    ),
    "answer": Step("check-set.answered", "核查完毕", frozenset({K.READING}), K.DONE, SYSTEM),
}
TASK = "incentives.tasks.run_check_set"
MOST_BYTES = 20 * 1024 * 1024
LEASE = timedelta(minutes=5)
ENDS = 5
log = logging.getLogger(__name__)


class OtherContent(WorkflowError):
    """同一请求编号，内容不同 (409)."""


class _Second(Exception):
    """要第二人同意: with what this case was asked about before, the sheet is above the matter's number."""


def ask_worker(set_id: int) -> None:
    """交给后台, by its number alone."""
    if not current_app.conf.broker_url:
        return
    try:
        current_app.send_task(TASK, [set_id])
    except Exception:
        log.warning("成批核查 %s 没有交给后台，等定时任务来取", set_id, exc_info=True)


def upload(*, case_id: int, name: str, data: bytes, by: By, request_id: str = "") -> CheckSet:
    """上传申请人表: sealed before anything looks at it; the worker reads it.

    Raises PermissionDenied, MatterCase.DoesNotExist, RuleBroken, OtherContent.
    """
    today = clock.today()
    case = MatterCase.objects.select_related("department").get(pk=case_id)
    demand_open(case, by, today)
    if not data:
        raise RuleBroken("文件是空的（0 字节）。请核对选对了文件")
    if len(data) > MOST_BYTES:
        raise RuleBroken(f"文件超过 {MOST_BYTES >> 20} MB。成批核查只收本办件的申请人，请核对文件")
    if by.key is not None and (made := CheckSet.objects.filter(asked_key=by.key, request_id=request_id).first()):
        return _same(made, case)
    try:
        with transaction.atomic():
            made = CheckSet.objects.create(
                number=check_numbering.next_set_number(today),
                case=case,
                department=case.department,
                matter=case.matter,
                file_name=veil(name)[-120:],
                asked_by=by.user,
                asked_key=by.key,
                request_id=request_id if by.key else "",
                asked_at=clock.now(),
            )
            sealed_checks.keep(made, data, result=False)
            events.record(
                act=UPLOADED,
                noun=noun(CheckSet),
                object_id=made.pk,
                actor=by.actor,
                department=case.department.code,
                to_status=K.UPLOADED,
            )
            transaction.on_commit(lambda: ask_worker(made.pk))
    except IntegrityError as why:
        there = CheckSet.objects.filter(asked_key=by.key, request_id=request_id).first() if by.key else None
        if there is None:
            raise RuleBroken("这张表没有收下，请再试一次") from why
        return _same(there, case)
    return made


def _same(made: CheckSet, case: MatterCase) -> CheckSet:
    if made.case_id != case.pk:
        raise OtherContent("这个请求编号已经用在另一件办件上；新的请求请用新的编号")
    return made


def run(*, set_id: int, actor: User) -> CheckSet:
    """核对并核查, in the worker. Harmless twice: a set that is over is left as it is. Raises WrongState."""
    with taking(STEPS["read"], CheckSet, set_id, actor=actor) as one:
        one.reading_since = clock.now()
    one = CheckSet.objects.select_related("case__department", "department", "asked_by", "asked_key").get(pk=set_id)
    found = examined(one)
    if found.failure or found.causes:
        return _wrong(one, found, actor)
    if found.count > _allowed(one, found) and one.decided_by_id is None:
        return _waits(one, found, actor)
    try:
        return _answered(set_id, found, actor)
    except _Second:
        return _waits(one, found, actor)
    except RuleBroken as why:
        found.failure = str(why)
    except PermissionDenied:
        found.failure = NO_DUTY
    return _wrong(one, found, actor)


def _allowed(one: CheckSet, found: Examined) -> int:
    """不须第二人还可以核查几名: what the matter lets through, less whom this case was asked about before."""
    if found.count > found.most:
        return found.most
    again = [key for column in found.keys for key in column]
    return max(0, found.most - check_volume.alone(one.case_id, apart=again))


def _waits(one: CheckSet, found: Examined, actor: User) -> CheckSet:
    with taking(STEPS["wait"], CheckSet, one.pk, actor=actor) as row:
        row.rows, row.most = found.count, _allowed(row, found)
        row.applications = ends(found.applicants().applications)
        row.revision += 1
    return row


def ends(applications: Sequence[str], most: int = ENDS) -> list[str]:
    """申请编号的首尾: what the second person compares with the department's own list of applications."""
    few = len(applications) <= 2 * most
    return list(applications) if few else [*applications[:most], *applications[-most:]]


def _answered(set_id: int, found: Examined, actor: User) -> CheckSet:
    """核查. Whether the case is open and who shares what is asked anew: the sheet took its time to read."""
    with taking(STEPS["answer"], CheckSet, set_id, actor=actor) as one:
        found.scope = demand_open(held(one.case_id), found.by, clock.today())
        one.rows, one.most = found.count, _allowed(one, found)
        if one.rows > one.most and one.decided_by_id is None:
            raise _Second
        one.done_at, one.answered_on = clock.now(), clock.today()
        one.failure, one.problems = "", []
        asked = set_answers.answer(one, found.applicants(), found.asked())
        sealed_checks.forget(one, result=False)
    check_sources.ask_all(asked)
    return one


def _wrong(one: CheckSet, found: Examined, actor: User) -> CheckSet:
    """没有核查: why, by cause, and what to do. Whoever is known under another name reads of the question."""
    with taking(STEPS["wrong"], CheckSet, one.pk, actor=actor) as row:
        row.rows, row.failure = found.count, found.failure[:500]
        row.problems = [
            {"title": why.title, "fix": why.fix, "rows": why.rows, "lines": list(why.lines)} for why in found.causes
        ]
        row.revision += 1
        if found.strangers:
            look_sets.look_up_set(
                actor=found.by.actor,
                person_keys=[found.keys[0][place] for place in found.strangers],
                matter=one.matter,
                case_number=one.case.case_number,
                purpose=purpose(found.asked()),
                shown=["measures"],
                department=one.department.code,
            )
        sealed_checks.forget(row, result=False)
    return row


def approve(*, set_id: int, actor: User, seen: int) -> CheckSet:
    """同意成批核查: another than who asked. Raises RuleBroken, PermissionDenied, WrongState, Stale."""
    with taking(STEPS["approve"], CheckSet, set_id, actor=actor, seen=seen) as one:
        _second(one, actor)
        transaction.on_commit(lambda: ask_worker(set_id))
    return one


def refuse(*, set_id: int, actor: User, opinion: str, seen: int) -> CheckSet:
    """不同意成批核查, with the reason that the asker reads. Nobody has been looked at."""
    with taking(STEPS["refuse"], CheckSet, set_id, actor=actor, opinion=opinion, seen=seen) as one:
        _second(one, actor)
        one.refusal = checked(opinion.strip())[:300]
        sealed_checks.forget(one, result=False)
    return one


def _second(one: CheckSet, actor: User) -> None:
    if actor.pk == one.asked_by_id:
        raise RuleBroken("提出人不能同意自己的成批核查，请由另一人同意")
    one.decided_by, one.decided_on = actor, clock.today()
