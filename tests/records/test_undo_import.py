"""整批撤回: all of it or nothing, within a day, and only while nothing has left; the database holds it to that."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from daoli_credit.accounts.models import Message
from daoli_credit.audit import events
from daoli_credit.audit.merkle import root_of_values
from daoli_credit.audit.models import Event
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken, Stale
from records import batch_review
from records.models import CreditRecord, ImportBatch, Revision, Subject
from records.outgoing import MayNotLeave
from records.workflows import batch_undoing, holding, importing, many
from records.workflows import record as acts
from tests import make
from tests import make_importing as sheets
from tests.cast import Cast, assemble, browser
from tests.together import together

WHY = "传错了文件"


def _undo(batch: ImportBatch, cast: Cast, opinion: str = WHY) -> ImportBatch:
    return batch_undoing.undo(batch_id=batch.pk, actor=cast.clerk, opinion=opinion, seen=batch.revision)


def _records(batch: ImportBatch) -> list[CreditRecord]:
    return list(CreditRecord.objects.filter(row__batch=batch).order_by("pk"))


def _approved(batch: ImportBatch, cast: Cast, how_many: int = 1) -> list[CreditRecord]:
    found = _records(batch)[:how_many]
    for record in found:
        make.opened(record, cast.reviewer)
        acts.approve(record_id=record.pk, actor=cast.reviewer, opinion="", seen=record.revision)
    return found


def test_what_nobody_has_approved_is_gone_with_its_people_and_one_event_says_how_many(cast: Cast) -> None:
    batch = sheets.committed(cast)
    ids = [record.pk for record in _records(batch)]
    undone = _undo(batch, cast)
    assert (undone.status, undone.undone_by) == ("undone", cast.clerk)
    assert not CreditRecord.objects.exists()
    assert not Subject.objects.exists()
    assert batch.rows.count() == 3
    event = Event.objects.get(act="record.taken-back")
    assert (event.object_id, event.count, bytes(event.root or b"")) == (batch.number, 3, root_of_values(ids))
    assert Event.objects.get(act="import.undone").opinion == WHY


def test_a_person_whom_another_record_is_about_stays(cast: Cast) -> None:
    make.submitted(cast, serial=9)
    (one,) = CreditRecord.objects.all()
    batch = sheets.committed(cast)
    _undo(batch, cast)
    assert CreditRecord.objects.get() == one


def test_what_took_effect_ends_today_and_its_person_is_told(cast: Cast) -> None:
    batch = sheets.committed(cast)
    (record,) = _approved(batch, cast)
    before = Message.objects.count()
    _undo(batch, cast)
    (left,) = CreditRecord.objects.all()
    assert (left.pk, left.status, left.end_kind, left.ended_on) == (record.pk, "ended", "undone", clock.today())
    assert not left.is_in_force(clock.today())
    assert list(Revision.objects.filter(record=left).order_by("number").values_list("kind", flat=True)) == [
        "effective",
        "ended",
    ]
    assert Message.objects.count() == before + 1
    assert Event.objects.get(act="record.undone").count == 1


def test_the_same_documents_may_be_entered_again(cast: Cast) -> None:
    batch = sheets.committed(cast)
    _approved(batch, cast)
    _undo(batch, cast)
    again = sheets.checked(cast, sheets.sheet(sheets.row(serial) for serial in range(1, 4)))
    assert sheets.counts(again) == {"new": 3}
    importing.commit(batch_id=again.pk, actor=cast.clerk, seen=again.revision)
    assert CreditRecord.objects.filter(status="submitted").count() == 3


def test_it_is_too_late_after_a_day_and_after_the_first_sending(cast: Cast) -> None:
    batch = sheets.committed(cast)
    with clock.at(clock.today() + timedelta(days=2)), pytest.raises(RuleBroken, match="超过 24 小时"):
        _undo(batch, cast)
    (record,) = _approved(batch, cast)
    holding.handed(record_id=record.pk, recipient="hlj", title="信用中国（黑龙江）")
    with pytest.raises(RuleBroken, match="已经送出"):
        _undo(batch, cast)
    assert CreditRecord.objects.filter(row__batch=batch).count() == 3
    page = browser(cast.clerk).get(f"/desk/imports/{batch.number}/").content.decode()
    assert "已经送出，不能整批撤回" in page
    assert "撤回这一批" not in page


def test_a_record_that_has_ended_otherwise_stops_the_undoing_of_all(cast: Cast) -> None:
    batch = sheets.committed(cast)
    (record,) = _approved(batch, cast)
    CreditRecord.objects.filter(pk=record.pk).update(status="ended", end_kind="expired", ended_on=clock.today())
    with pytest.raises(RuleBroken, match="1 件已经终止"):
        _undo(batch, cast)
    assert len(_records(batch)) == 3


def test_only_clerks_of_the_department_undo_and_they_say_why(cast: Cast) -> None:
    batch = sheets.committed(cast)
    for user in (cast.reviewer, cast.other_clerk, cast.supervisor, cast.citizen):
        with pytest.raises(PermissionDenied):
            batch_undoing.undo(batch_id=batch.pk, actor=user, opinion=WHY, seen=batch.revision)
    with pytest.raises(RuleBroken, match="写明意见"):
        _undo(batch, cast, " ")
    with pytest.raises(Stale):
        batch_undoing.undo(batch_id=batch.pk, actor=cast.clerk, opinion=WHY, seen=batch.revision + 1)
    client = browser(cast.clerk)
    address = f"/desk/imports/{batch.number}/undo/"
    empty = client.post(address, {"seen": batch.revision, "opinion": " "})
    assert empty.status_code == 422
    assert "请写明为什么整批撤回" in empty.content.decode()
    assert client.post(address, {"seen": batch.revision, "opinion": WHY}).status_code == 302
    assert client.post(address, {"seen": batch.revision, "opinion": WHY}).status_code == 302  # a double click
    page = client.get(f"/desk/imports/{batch.number}/").content.decode()
    assert "本批已整批撤回" in page


def _refused(sql: str, *values: int | datetime, says: str) -> None:
    def tried() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match=says):
        tried()


def test_the_database_lets_nothing_be_half_undone(cast: Cast) -> None:
    batch = sheets.committed(cast)
    (record,) = _approved(batch, cast)
    change = "UPDATE records_importbatch SET status = 'undone', undone_by_id = %s, undone_at = {} WHERE id = %s"
    _refused(change.format("committed_at"), cast.clerk.pk, batch.pk, says="要全部撤回")
    _refused(change.format("committed_at + interval '25 hours'"), cast.clerk.pk, batch.pk, says="less_than_a_day")
    _refused(change.format("NULL"), cast.clerk.pk, batch.pk, says="less_than_a_day")
    alone = (
        "UPDATE records_creditrecord SET status = 'ended', ended_on = effective_on, end_kind = 'undone' WHERE id = %s"
    )
    _refused(alone, record.pk, says="只有整批撤回")
    holding.handed(record_id=record.pk, recipient="hlj", title="信用中国（黑龙江）")
    _refused(alone, record.pk, says="已经送出")


def test_an_undone_batch_stays_undone_and_nothing_of_it_is_handed_out(cast: Cast) -> None:
    batch = sheets.committed(cast)
    (record,) = _approved(batch, cast)
    _undo(batch, cast)
    _refused("UPDATE records_importbatch SET status = 'committed' WHERE id = %s", batch.pk, says="不能恢复")
    row = "INSERT INTO records_holding (record_id, recipient, recipient_title, revision, since, refusal)"
    _refused(f"{row} VALUES (%s, 'hlj', 'x', 1, %s, '')", record.pk, timezone.now(), says="没有收录方")


def _opened(batch: ImportBatch, cast: Cast) -> None:
    """The reviewer has opened every record of the sheet."""
    for record in batch_review.to_review(batch):
        events.look_up(
            actor=cast.reviewer,
            person_key=record.person_keys()[0],
            matter=batch_review.REVIEWING,
            case_number=record.number,
            purpose="逐件复核",
            shown=["record"],
            department=record.department.code,
        )


def _or_refusal(work: Callable[[], object]) -> Callable[[], object]:
    """What has gone meanwhile, or may not leave, is a refusal like another here."""

    def run() -> object:
        try:
            return work()
        except (CreditRecord.DoesNotExist, MayNotLeave) as why:
            raise RuleBroken(str(why)) from why

    return run


@pytest.mark.parametrize("against", ["approval", "sending", "undoing", "many approvals"])
def test_of_two_at_once_one_finds_what_the_other_has_left(committing_db: str, against: str) -> None:
    cast = assemble()
    batch = sheets.committed(cast, rows=6)
    seen = sheets.seen(batch)
    first = min(seen)
    if against == "sending":
        _approved(batch, cast)
    _opened(batch, cast)

    def other() -> object:
        if against == "approval":
            return acts.approve(record_id=first, actor=cast.reviewer, opinion="", seen=seen[first])
        if against == "many approvals":
            return many.approve(batch=batch, seen=seen, actor=cast.reviewer)
        if against == "undoing":
            return batch_undoing.undo(batch_id=batch.pk, actor=cast.both, opinion=WHY, seen=batch.revision)
        return holding.handed(record_id=first, recipient="hlj", title="信用中国（黑龙江）")

    said = together(lambda: _undo(batch, cast), _or_refusal(other))
    batch.refresh_from_db()
    left = list(CreditRecord.objects.values_list("status", "end_kind"))
    if batch.status == "undone":
        assert set(left) <= {("ended", "undone")}
        assert not CreditRecord.objects.filter(holdings__isnull=False).exists()
    else:
        assert (against, len(left)) == ("sending", 6)
        assert "RuleBroken" in said
    if against == "undoing":
        assert said == ["WrongState", "done"]
    assert Event.objects.filter(act="import.undone").count() == (batch.status == "undone")
