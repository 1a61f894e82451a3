"""Every status of a batch × every act: what the table does not allow is refused."""

import pytest
from django.core.exceptions import PermissionDenied

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, Step, WrongState, taking
from records.models import ImportBatch
from records.models.batch import B
from records.workflows import batch_undoing, entering, importing
from tests import make_importing as sheets
from tests.cast import Cast


def _in_status(status: str, cast: Cast) -> ImportBatch:
    if status in {B.COMMITTED, B.UNDONE}:
        batch = sheets.committed(cast, rows=1)
        if status == B.UNDONE:
            batch_undoing.undo(batch_id=batch.pk, actor=cast.clerk, opinion="传错了文件", seen=batch.revision)
        return ImportBatch.objects.get(pk=batch.pk)
    if status == B.FAILED:
        return sheets.checked(cast, b"x,y\n")
    if status in {B.CHECKED, B.COMMITTING}:
        batch = sheets.checked(cast, sheets.sheet([sheets.row(1)]))
        confirmed = status == B.COMMITTING
        return entering.confirm(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision) if confirmed else batch
    batch = sheets.uploaded(cast, sheets.sheet([sheets.row(1)]))
    if status == B.READING:
        return importing.begin(batch_id=batch.pk, actor=User.objects.system())
    if status == B.CANCELLED:
        return importing.cancel(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
    return batch


def _actor(step: Step, cast: Cast) -> User:
    return User.objects.system() if step.by.kind == "system" else cast.clerk


@pytest.mark.parametrize("status", B.values)
def test_an_act_from_a_status_that_the_table_does_not_name_is_refused(cast: Cast, status: str) -> None:
    made = _in_status(status, cast) if status in {B.COMMITTED, B.UNDONE} else None
    for name, step in importing.STEPS.items():
        batch = made or _in_status(status, cast)
        assert batch.status == status, name
        if status in step.source:
            with taking(step, ImportBatch, batch.pk, actor=_actor(step, cast)) as row:
                row.committed_by, row.committed_at = cast.clerk, clock.now()
            assert ImportBatch.objects.get(pk=batch.pk).status == step.target
        else:
            with (
                pytest.raises((WrongState, AlreadyDone)),
                taking(step, ImportBatch, batch.pk, actor=_actor(step, cast)),
            ):
                pytest.fail("表外的一步不应办成")
        ImportBatch.objects.filter(pk=batch.pk).update(reading_since=None)


@pytest.mark.parametrize("name", list(importing.STEPS))
def test_an_act_by_somebody_without_the_duty_is_refused(cast: Cast, name: str) -> None:
    step = importing.STEPS[name]
    batch = _in_status(sorted(step.source)[0], cast)
    users = [cast.reviewer, cast.other_clerk, cast.supervisor, cast.citizen]
    for user in [*users, cast.clerk] if step.by.kind == "system" else users:
        with pytest.raises(PermissionDenied), taking(step, ImportBatch, batch.pk, actor=user):
            pytest.fail("没有职责的人不应办成")
