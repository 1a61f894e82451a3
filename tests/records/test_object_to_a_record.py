"""提出异议: by the person alone, marked at once; answered point by point by another than the enterer."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import User
from daoli_credit.audit.models import Event
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.law import clock, workdays
from daoli_credit.workflow import AlreadyDone, RuleBroken, Stale
from records import objections, outgoing, publicity
from records.models import CreditRecord, Objection
from records.rules.objectable import WHOLE
from records.tasks import settle_objections
from records.workflows import objection as acts
from records.workflows.settling import Answer
from tests import make, make_objections, make_repairs
from tests.cast import Cast

YES = Answer("fine", upheld=True, now="0.1")
NO = Answer("fine", upheld=False, reason="决定书第二页写明罚款二千元。")


def _kinds(record: CreditRecord) -> list[str]:
    return list(record.revisions.order_by("number").values_list("kind", flat=True))


def test_raising_marks_the_record_in_the_same_moment(cast: Cast) -> None:
    objection = make_objections.raised(cast)
    record = CreditRecord.objects.get()
    assert (objection.status, record.disputed_on) == ("raised", clock.today())
    assert _kinds(record) == ["effective", "marked"]
    assert objection.due_on == workdays.due(clock.today(), 5).on
    assert Event.objects.filter(act="objection.raised", actor_id=cast.citizen.audit_id).count() == 1
    assert "最晚" in messages.text(messages.of(cast.citizen)[0])


def test_what_leaves_for_the_platforms_says_that_it_is_disputed(cast: Cast) -> None:
    objection = make_objections.raised(cast)
    newest = objection.record.revisions.order_by("-number")[0]
    body = outgoing.publication(newest, actor=User.objects.system(), title="试")
    assert '"disputed":true' in body.decode()


def test_only_the_person_objects_and_only_to_what_is_in_force(cast: Cast) -> None:
    record = make_objections.record(cast)
    for user in (cast.namesake, cast.clerk, cast.reviewer):
        with pytest.raises(PermissionDenied):
            make_objections.raised(cast, record, by=user)
    assert record.use_until is not None
    with clock.at(record.use_until + timedelta(days=1)), pytest.raises(PermissionDenied):
        make_objections.raised(cast, record)
    assert not Objection.objects.exists()


@pytest.mark.parametrize(
    ("points", "words", "says"),
    [
        ({}, "x", "勾选"),
        ({"id_number": ""}, "x", "勾选"),
        ({"fine": ""}, "  ", "一句话"),
        ({"nonsense": "1"}, "x", "勾选"),
    ],
)
def test_an_objection_without_a_point_or_a_word_is_refused(
    cast: Cast, points: dict[str, str], words: str, says: str
) -> None:
    record = make_objections.record(cast)
    with pytest.raises(RuleBroken, match=says):
        acts.raise_(record_id=record.pk, actor=cast.citizen, points=points, words=words)
    assert _kinds(record) == ["effective"]


def test_numbers_of_anybody_are_not_written_down(cast: Cast) -> None:
    record = make_objections.record(cast)
    for points, words in (({"fine": "13800001234"}, "x"), ({"fine": ""}, "是 999999198803120028 的")):
        with pytest.raises(OpinionRefused):
            acts.raise_(record_id=record.pk, actor=cast.citizen, points=points, words=words)


def test_a_second_objection_while_one_runs_is_the_same_one(cast: Cast) -> None:
    objection = make_objections.raised(cast)
    with pytest.raises(AlreadyDone):
        make_objections.raised(cast, objection.record)
    assert _kinds(objection.record) == ["effective", "marked"]


def test_a_point_that_stands_is_corrected_at_once_and_the_holders_get_the_new_version(cast: Cast) -> None:
    objection = make_objections.raised(cast)
    made = make_objections.answer(cast, objection, YES)
    record = CreditRecord.objects.get()
    assert (made.status, record.content["fine"], record.disputed_on) == ("upheld", "0.1", None)
    assert _kinds(record) == ["effective", "marked", "corrected", "unmarked"]
    assert made.before is not None
    assert (made.before["fine"], made.corrects_revision, record.revision) == ("0.2", 1, 2)
    body = outgoing.publication(record.revisions.order_by("-number")[0], actor=User.objects.system(), title="试")
    assert '"disputed":false' in body.decode()
    assert '"fine":"0.1"' in body.decode()
    assert "更正为“0.1”" in messages.text(messages.of(cast.citizen)[0])
    assert Event.objects.filter(act="record.corrected", actor_id=cast.reviewer.audit_id).count() == 1


def test_a_point_that_does_not_stand_says_why_and_names_the_remedies(cast: Cast) -> None:
    objection = make_objections.raised(cast)
    assert make_objections.answer(cast, objection, NO).status == "dismissed"
    record = CreditRecord.objects.get()
    assert _kinds(record) == ["effective", "marked", "unmarked"]
    assert record.disputed_on is None
    letter = messages.text(messages.of(cast.citizen)[0])
    assert "行政复议" in letter
    assert "决定书第二页" in letter


def test_a_record_that_is_not_hers_at_all_is_withdrawn_everywhere(cast: Cast) -> None:
    objection = make_objections.raised(cast, points={WHOLE: ""})
    make_objections.answer(cast, objection, Answer(WHOLE, upheld=True))
    record = CreditRecord.objects.get()
    assert (record.status, record.end_kind) == ("ended", "wrong")
    assert _kinds(record)[-1] == "ended"
    assert not CreditRecord.objects.in_force(on=clock.today()).exists()
    assert not Objection.objects.visible_to(cast.reviewer).exists()
    assert objections.of_person(cast.citizen).count() == 1


def test_whoever_entered_or_reported_it_does_not_answer_for_it(cast: Cast) -> None:
    record = make.effective(cast, by=cast.both)
    objection = make_objections.raised(cast, record)
    assert objection not in objections.waiting_for(cast.both)
    with pytest.raises(RuleBroken, match="另一人"):
        make_objections.answer(cast, objection, NO, by=cast.both)
    for act in (acts.ask, acts.extend):
        with pytest.raises(RuleBroken, match="另一人"):
            act(objection_id=objection.pk, actor=cast.both, opinion="请补充", seen=1)
    with pytest.raises(PermissionDenied):
        make_objections.answer(cast, objection, NO, by=cast.other_reviewer)
    with pytest.raises(PermissionDenied):
        make_objections.answer(cast, objection, NO, by=cast.clerk)


@pytest.mark.parametrize(
    ("answers", "more", "says"),
    [
        ((), {}, "每一项"),
        ((Answer("facts", upheld=False, reason="x"),), {}, "每一项"),
        ((Answer("fine", upheld=False),), {}, "写明理由"),
        ((Answer("fine", upheld=True),), {}, "应当是什么"),
        ((Answer("fine", upheld=True, now="0.2"),), {}, "与原来相同"),
        ((Answer("fine", upheld=True, now="两千"),), {}, "不合规则"),
        ((NO,), {"number": " "}, "文号"),
    ],
)
def test_a_half_answer_is_refused_and_nothing_changes(
    cast: Cast, answers: tuple[Answer, ...], more: dict[str, Any], says: str
) -> None:
    objection = make_objections.raised(cast)
    with pytest.raises(RuleBroken, match=says), transaction.atomic():
        make_objections.answer(cast, objection, *answers, **more)
    assert Objection.objects.get().status == "raised"
    assert _kinds(objection.record) == ["effective", "marked"]
    assert CreditRecord.objects.get().content["fine"] == "0.2"


def test_what_was_seen_must_be_what_is_answered(cast: Cast) -> None:
    objection = make_objections.raised(cast)
    with pytest.raises(Stale):
        make_objections.answer(cast, objection, NO, seen=7)


def test_the_clock_stands_still_while_the_person_is_asked(cast: Cast) -> None:
    objection = make_objections.raised(cast)
    acts.ask(objection_id=objection.pk, actor=cast.reviewer, opinion="请说明缴款的银行", seen=1)
    later = workdays.due(clock.today(), 9).on
    with clock.at(later):
        assert settle_objections() == 0
        waiting = acts.supply(objection_id=objection.pk, actor=cast.citizen, words="工商银行道里支行")
    assert waiting.due_on == workdays.due(clock.today(), 14).on
    assert "请说明缴款的银行" in messages.text(messages.of(cast.citizen).get(title="请补充异议有关情况"))
    with pytest.raises(AlreadyDone):
        acts.supply(objection_id=objection.pk, actor=cast.citizen, words="再补充")


def test_the_period_is_extended_once_and_not_beyond_the_longest(cast: Cast) -> None:
    objection = make_objections.raised(cast)
    longer = acts.extend(objection_id=objection.pk, actor=cast.reviewer, opinion="向银行核实", seen=1)
    assert longer.due_on == workdays.due(clock.today(), 7).on
    with pytest.raises(RuleBroken, match="已经延长过"):
        acts.extend(objection_id=objection.pk, actor=cast.reviewer, opinion="再问", seen=2)


def test_an_answer_that_does_not_come_in_time_pauses_our_copies(cast: Cast) -> None:
    record = make_repairs.public(cast)
    objection = make_objections.raised(cast, record, by=cast.guide)
    assert publicity.page_of(record) is not None
    assert objection.due_on is not None
    with clock.at(objection.due_on):
        assert settle_objections() == 0
    with clock.at(objection.due_on + timedelta(days=1)):
        assert settle_objections() == 1
        assert settle_objections() == 0
        assert publicity.page_of(record) is None
        assert [stop.code for stop in outgoing.refusals(record)] == ["suspended"]
        assert _kinds(record)[-1] == "suspended"
        answered = acts.answer(
            objection_id=objection.pk,
            actor=cast.tour_reviewer,
            number="哈里旅异〔2026〕1号",
            answers=[NO],
            seen=1,
            because=make_objections.look(cast.tour_reviewer, objection),
        )
        assert answered.status == "dismissed"
        assert _kinds(record)[-2:] == ["resumed", "unmarked"]
        assert publicity.page_of(record) is not None


def test_taking_an_objection_back_takes_the_mark_back(cast: Cast) -> None:
    objection = make_objections.overdue(cast)
    acts.withdraw(objection_id=objection.pk, actor=cast.citizen)
    record = CreditRecord.objects.get()
    assert (record.disputed_on, record.suspended_on) == (None, None)
    assert _kinds(record) == ["effective", "marked", "suspended", "resumed", "unmarked"]
    assert make_objections.raised(cast, record).status == "raised"


def test_a_record_that_ends_meanwhile_makes_the_objection_moot(cast: Cast) -> None:
    objection = make_objections.raised(cast)
    use_until = objection.record.use_until
    assert use_until is not None
    with clock.at(use_until + timedelta(days=1)):
        assert settle_objections() == 1
        assert Objection.objects.get().status == "moot"


def test_a_correction_never_makes_a_period_longer(cast: Cast) -> None:
    record = make.effective(cast, severity="general", decided=clock.today() - timedelta(days=60))
    before = (record.use_until, record.keep_until)
    objection = make_objections.raised(cast, record, points={"decided_on": ""})
    later = (clock.today() - timedelta(days=10)).isoformat()
    make_objections.answer(cast, objection, Answer("decided_on", upheld=True, now=later))
    record.refresh_from_db()
    assert record.determined_on.isoformat() == later
    assert (record.use_until, record.keep_until) == before


def test_the_class_is_answered_by_its_word(cast: Cast) -> None:
    objection = make_objections.raised(cast, make.effective(cast, severity="serious"), points={"severity": "一般"})
    assert objection.points[0]["held"] == "严重"
    make_objections.answer(cast, objection, Answer("severity", upheld=True, now="一般"))
    assert CreditRecord.objects.get().severity == "general"


def _refused(sql: str, *values: Any, says: str) -> None:
    with pytest.raises(IntegrityError, match=says), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_the_database_lets_an_effective_record_change_only_under_an_answered_objection(cast: Cast) -> None:
    objection = make_objections.raised(cast)
    record, change = objection.record, "UPDATE records_creditrecord SET {} WHERE id = %s"
    _refused(change.format("document_number = 'x'"), record.pk, says="不能改写")
    _refused(change.format("document_number = 'x', revision = revision + 1"), record.pk, says="不能改写")
    _refused(
        change.format("status = 'ended', ended_on = determined_on, end_kind = 'wrong'"), record.pk, says="没有异议答复"
    )
    _refused(
        "UPDATE records_objection SET answered_by_id = entered_by_id WHERE id = %s",
        objection.pk,
        says="another_than_the_enterer_answers",
    )
    _refused("UPDATE records_objection SET points = '[1]' WHERE id = %s", objection.pk, says="不能改写")
    make_objections.answer(cast, objection, YES)
    _refused(change.format("document_number = 'x', revision = revision + 1"), record.pk, says="不能改写")
    _refused("UPDATE records_objection SET answer_number = 'y' WHERE id = %s", objection.pk, says="不能改写")
    _refused("DELETE FROM records_objection WHERE id = %s", objection.pk, says="只增不改")
