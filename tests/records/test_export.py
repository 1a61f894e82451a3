"""导出: for one person, for one case, for a few days; everybody in it can read that they were."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from python_calamine import CalamineWorkbook

from daoli_credit.accounts.models import User
from daoli_credit.accounts.workflows import people
from daoli_credit.audit.models import Event, LookUp
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken, WrongState
from records import tasks
from records.models import ExportedRecord, ExportFile, ExportRequest
from records.rules import exportable
from records.workflows import exporting as acts
from records.workflows import repair as repair_acts
from tests import make, make_exports, make_repairs
from tests.cast import Cast, identity


def _table(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_a_masked_list_is_made_for_the_requester_with_a_look_at_everybody(cast: Cast) -> None:
    record = make.effective(cast)
    export = make_exports.made(cast)
    assert (export.status, export.rows) == ("made", 1)
    mark, head, row = _table(acts.fetch(export_id=export.pk, actor=cast.clerk))
    assert f"导出编号 {export.number}，区市场监管局 赵敏 于" in mark[0]
    assert head[:3] == ["系统编号", "目录事项", "姓名"]
    assert row[0] == record.number
    assert row[2] == "林*云"
    assert identity("linxiuyun").id_number not in str(row)
    look = LookUp.objects.get(kind="look")
    assert (look.matter, look.case_number, look.shown) == (
        "record-export",
        export.number,
        ["record", "identity-masked"],
    )
    assert make_exports.FACTS["case_number"] in look.purpose
    assert look.actor_id == cast.clerk.audit_id
    assert LookUp.objects.get(kind="outcome").result == "export.fetched"


def test_every_step_leaves_an_event_without_anybodys_name(cast: Cast) -> None:
    make.effective(cast)
    export = make_exports.made(cast, full_identity=True)
    acts.fetch(export_id=export.pk, actor=cast.clerk)
    with clock.at(clock.today() + timedelta(days=8)):
        tasks.tend_exports()
    rows = Event.objects.filter(noun="exportrequest").order_by("id")
    assert [one.act for one in rows] == [
        "export.asked", "export.approved", "export.made", "export.fetched", "export.expired",
    ]  # fmt: skip
    assert "林" not in str(list(rows.values()))


def test_full_identity_always_wants_a_second_person_who_is_not_the_requester(cast: Cast) -> None:
    make.effective(cast)
    export = make_exports.asked(cast, by=cast.both, full_identity=True)
    assert export.status == "waiting"
    with pytest.raises(RuleBroken, match="另一人"):
        acts.approve(export_id=export.pk, actor=cast.both, seen=1)
    with pytest.raises(PermissionDenied):
        acts.approve(export_id=export.pk, actor=cast.other_reviewer, seen=1)
    with pytest.raises(WrongState):
        acts.make(export_id=export.pk, actor=User.objects.system())
    acts.approve(export_id=export.pk, actor=cast.reviewer, seen=1)
    acts.make(export_id=export.pk, actor=User.objects.system())
    row = _table(acts.fetch(export_id=export.pk, actor=cast.both))[2]
    assert (row[2], row[4]) == ("林秀云", identity("linxiuyun").id_number)
    assert LookUp.objects.get(kind="look").shown == ["record", "identity"]


def test_a_refusal_says_why_and_nothing_is_made(cast: Cast) -> None:
    make.effective(cast)
    export = make_exports.asked(cast, full_identity=True)
    with pytest.raises(RuleBroken, match="写明意见"):
        acts.refuse(export_id=export.pk, actor=cast.reviewer, opinion=" ", seen=1)
    refused = acts.refuse(export_id=export.pk, actor=cast.reviewer, opinion="遮盖的就够用", seen=1)
    assert (refused.status, refused.gone_because) == ("refused", "遮盖的就够用")
    assert not ExportFile.objects.exists()
    assert not LookUp.objects.exists()


def test_more_than_two_hundred_rows_want_a_second_person_and_5000_are_the_most() -> None:
    assert not exportable.needs_second_person(200, full_identity=False)
    assert exportable.needs_second_person(201, full_identity=False)
    assert exportable.needs_second_person(1, full_identity=True)
    assert not exportable.why_not(5000)
    assert "最多导出 5000 条" in exportable.why_not(5001)
    assert exportable.why_not(0)


def test_above_the_cap_it_waits_for_the_second_person(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    make.effective(cast, serial=1)
    make.effective(cast, serial=2)
    monkeypatch.setattr(exportable, "ALONE", 1)
    assert make_exports.asked(cast).status == "waiting"
    monkeypatch.setattr(exportable, "MOST", 1)
    with pytest.raises(RuleBroken, match="一次最多导出 1 条"):
        make_exports.asked(cast)


def test_only_ones_own_department_and_only_with_the_duty(cast: Cast) -> None:
    make.effective(cast)
    for user in (cast.reviewer, cast.other_clerk, cast.supervisor, cast.audit_officer):
        with pytest.raises(PermissionDenied):
            make_exports.asked(cast, by=user)
    with pytest.raises(RuleBroken, match="没有记录"):
        acts.ask(department=cast.health, actor=cast.other_clerk, **make_exports.FACTS)


def test_without_a_case_number_or_with_somebodys_number_nothing_is_asked(cast: Cast) -> None:
    make.effective(cast)
    with pytest.raises(RuleBroken, match="办件编号"):
        make_exports.asked(cast, case_number=" ")
    with pytest.raises(RuleBroken, match="用途"):
        make_exports.asked(cast, purpose="想看看")
    with pytest.raises(OpinionRefused):
        make_exports.asked(cast, case_number=identity("linxiuyun").id_number)
    assert not ExportRequest.objects.exists()


def test_a_leavers_export_is_not_made(cast: Cast) -> None:
    make.effective(cast)
    export = make_exports.asked(cast)
    cast.clerk.groups.clear()
    tasks.make_export(export.pk)
    export.refresh_from_db()
    assert (export.status, export.gone_because) == ("dropped", acts.NO_DUTY)
    assert not LookUp.objects.exists()


def test_what_never_reached_a_worker_is_made_by_the_timetable_and_twice_is_harmless(cast: Cast) -> None:
    make.effective(cast)
    export = make_exports.asked(cast)
    ExportRequest.objects.filter(pk=export.pk).update(requested_at=clock.now() - timedelta(minutes=1))
    tasks.tend_exports()
    tasks.tend_exports()
    tasks.make_export(export.pk)
    export.refresh_from_db()
    assert export.status == "made"
    assert LookUp.objects.count() == ExportFile.objects.count() == 1


def test_nobody_else_fetches_and_not_more_than_three_times(cast: Cast) -> None:
    make.effective(cast)
    export = make_exports.made(cast)
    with pytest.raises(PermissionDenied):
        acts.fetch(export_id=export.pk, actor=cast.both)
    for _ in range(3):
        acts.fetch(export_id=export.pk, actor=cast.clerk)
    with pytest.raises(RuleBroken, match="3 次"):
        acts.fetch(export_id=export.pk, actor=cast.clerk)
    tasks.tend_exports()
    assert not ExportFile.objects.exists()


def test_after_its_day_it_is_not_fetched_also_with_the_timetable_dead_and_then_deleted(cast: Cast) -> None:
    make.effective(cast)
    export = make_exports.made(cast)
    with clock.at(clock.today() + timedelta(days=7)):
        acts.fetch(export_id=export.pk, actor=cast.clerk)
    with clock.at(clock.today() + timedelta(days=8)):
        with pytest.raises(RuleBroken, match="日期已过"):
            acts.fetch(export_id=export.pk, actor=cast.clerk)
        tasks.tend_exports()
        export.refresh_from_db()
        assert export.status == "expired"
        assert not ExportFile.objects.exists()
        assert ExportedRecord.objects.count() == 1
        with pytest.raises(WrongState):
            acts.fetch(export_id=export.pk, actor=cast.clerk)


def test_once_a_record_in_it_has_ended_the_file_is_refused_and_deleted(cast: Cast) -> None:
    repair = make_repairs.accepted(cast)
    make.effective(cast, serial=9)
    export = make_exports.made(cast)
    assert export.rows == 2
    repair_acts.decide(repair_id=repair.pk, actor=cast.reviewer, seen=repair.revision)
    with pytest.raises(RuleBroken, match="名单里有已终止的记录，请重新导出"):
        acts.fetch(export_id=export.pk, actor=cast.clerk)
    tasks.tend_exports()
    export.refresh_from_db()
    assert (export.status, export.gone_because) == ("expired", acts.ENDED)
    again = make_exports.made(cast)
    assert again.rows == 1
    assert repair.record.number not in acts.fetch(export_id=again.pk, actor=cast.clerk).decode("utf-8-sig")


def test_the_file_lies_sealed(cast: Cast) -> None:
    record = make.effective(cast)
    make_exports.made(cast, full_identity=True)
    kept = bytes(ExportFile.objects.get().envelope)
    for plain in (record.number, "林秀云", identity("linxiuyun").id_number):
        assert plain.encode() not in kept


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t=", "\r=", "＝", " ="])
def test_no_cell_begins_a_formula(cast: Cast, begins: str) -> None:
    assert exportable.cell(f"{begins}cmd|'/c calc'!A1").startswith("'")
    assert exportable.cell("罚款2000元") == "罚款2000元"
    assert exportable.cell(None) == ""


def test_a_workbook_holds_text_only_and_the_mark_in_row_footer_and_properties(cast: Cast) -> None:
    make.effective(cast)
    export = make_exports.made(cast, form="xlsx", full_identity=True)
    data = acts.fetch(export_id=export.pk, actor=cast.clerk)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert export.number in str(rows[0][0])
    assert rows[2][4] == identity("linxiuyun").id_number
    assert all(isinstance(value, str) for row in rows for value in row)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheet, about = parts.read("xl/worksheets/sheet1.xml").decode(), parts.read("docProps/core.xml").decode()
    assert "<f>" not in sheet
    assert f"<oddFooter>&amp;L{export.number} 区市场监管局 赵敏" in sheet
    assert export.number in about
    assert "赵敏" in about


def test_the_database_refuses_the_file_without_a_second_person(cast: Cast) -> None:
    make.effective(cast)
    export = make_exports.asked(cast, full_identity=True)
    statements = (
        "UPDATE records_exportrequest SET status = 'made', made_at = now(), expires_on = now() WHERE id = %s",
        "UPDATE records_exportrequest SET decided_by_id = requested_by_id WHERE id = %s",
        "UPDATE records_exportrequest SET full_identity = false WHERE id = %s",
        "UPDATE records_exportrequest SET case_number = '' WHERE id = %s",
        "UPDATE records_exportrequest SET rows = 5001 WHERE id = %s",
        "DELETE FROM records_exportrequest WHERE id = %s",
    )
    for statement in statements:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [export.pk])


def test_what_a_leaver_did_not_fetch_is_deleted_for_them(cast: Cast) -> None:
    make.effective(cast, serial=41)
    export = make_exports.made(cast)
    with pytest.raises(RuleBroken, match="还可以领取"):
        acts.expire(export_id=export.pk, actor=User.objects.system())
    people.close(user_id=cast.clerk.pk, why="离职", actor=cast.system_officer)
    assert acts.expire_all(User.objects.system()) == 1
    export.refresh_from_db()
    assert export.gone_because == acts.NO_DUTY
    assert not ExportFile.objects.exists()
