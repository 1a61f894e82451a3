"""Every status × every act: what the table does not allow is refused, and docs/workflows.md says what it allows."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, Step, WrongState, taking
from records.models import CreditRecord
from records.models.record import S
from records.workflows import opening
from records.workflows import record as acts
from tests import make
from tests.cast import Cast
from tests.house.sources import ROOT
from tests.house.tables import TABLES


def _right_actor(step: Step, cast: Cast) -> User:
    if step.by.kind == "system":
        return User.objects.system()
    return cast.reviewer if step.by.verb in {"review_record", "decide_repair"} else cast.clerk


def _in_status(status: str, cast: Cast) -> CreditRecord:
    if status == S.DRAFT:
        return make.draft(cast)
    if status == S.SUBMITTED:
        return make.submitted(cast)
    if status == S.RETURNED:
        record = make.submitted(cast)
        return acts.send_back(record_id=record.pk, actor=cast.reviewer, opinion="请核对", seen=record.revision)
    record = make.effective(cast)
    if status == S.ENDED:
        assert record.use_until is not None
        with clock.at(record.use_until + timedelta(days=1)):
            acts.expire(record_id=record.pk, actor=User.objects.system())
    return record


@pytest.mark.parametrize("status", S.values)
@pytest.mark.parametrize("name", list(acts.STEPS))
def test_an_act_from_a_status_that_the_table_does_not_name_is_refused(cast: Cast, status: str, name: str) -> None:
    step = acts.STEPS[name]
    record = _in_status(status, cast)
    if status in step.source:
        opening.note([CreditRecord.objects.get(pk=record.pk)], cast.reviewer)
        with taking(step, CreditRecord, record.pk, actor=_right_actor(step, cast), opinion="核对") as row:
            row.submitted_by = row.submitted_by or cast.clerk
            row.reviewed_by = row.reviewed_by or cast.reviewer
            row.effective_on = row.effective_on or row.determined_on
            row.ended_on, row.end_kind = row.determined_on, "expired"
        assert CreditRecord.objects.get(pk=record.pk).status == step.target
    else:
        with (
            pytest.raises((WrongState, AlreadyDone)),
            taking(step, CreditRecord, record.pk, actor=_right_actor(step, cast), opinion="核对"),
        ):
            pytest.fail("表外的一步不应办成")


@pytest.mark.parametrize("name", list(acts.STEPS))
def test_an_act_by_somebody_without_the_duty_is_refused(cast: Cast, name: str) -> None:
    step = acts.STEPS[name]
    record = _in_status(next(iter(step.source)), cast)
    for user in (cast.supervisor, cast.other_clerk, cast.other_reviewer, cast.citizen):
        with pytest.raises(PermissionDenied), taking(step, CreditRecord, record.pk, actor=user, opinion="核对"):
            pytest.fail("没有职责的人不应办成")


def test_docs_workflows_says_what_the_tables_say() -> None:
    text = (ROOT / "docs" / "workflows.md").read_text(encoding="utf-8")
    rows = {
        match[0]: match for match in re.findall(r"^\| `([\w.-]+)` \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|", text, re.M)
    }
    for steps, status in TABLES:
        for step in steps.values():
            assert step.act in rows, f"docs/workflows.md 缺少 {step.act}"
            _, title, source, target, by = rows[step.act]
            assert title == step.title
            assert {status(value).label for value in step.source} == set(source.split("、"))
            assert status(step.target).label == target
            assert by == {"system": "系统", "person": "本人", "bearer": "凭码的本人", "officer": "审计管理员"}.get(
                step.by.kind, step.by.verb
            )
    assert set(rows) == {step.act for steps, _ in TABLES for step in steps.values()}
