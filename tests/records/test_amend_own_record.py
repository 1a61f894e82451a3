"""自查更正: a department finds its own mistake; one proposes, another agrees, the person and the holders are told."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from daoli_credit.accounts import messages
from daoli_credit.audit.models import Event
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, Stale, WrongState
from records import amendments, outgoing, reviews
from records.models import Amendment, CreditRecord
from records.rules import amendable
from records.workflows import amendment as acts
from records.workflows import opening
from records.workflows import record as record_acts
from records.workflows.settling import Answer
from tests import make, make_amendments, make_objections
from tests.cast import Cast, assemble, browser
from tests.together import together


def test_nothing_changes_until_another_has_agreed(cast: Cast) -> None:
    made = make_amendments.proposed(cast)
    record = CreditRecord.objects.get()
    assert (made.status, record.content["fine"], record.revision) == ("proposed", "0.2", 1)
    assert record.revisions.count() == 1
    with pytest.raises(PermissionDenied):
        make_amendments.agreed(cast, made, by=cast.clerk)
    both = make_amendments.proposed(cast, make.effective(cast, serial=2), by=cast.both)
    with pytest.raises(RuleBroken, match="另一人"):
        make_amendments.agreed(cast, both, by=cast.both)
    with pytest.raises(IntegrityError, match="four_eyes_on_an_amendment"), transaction.atomic():
        Amendment.objects.filter(pk=both.pk).update(decided_by=cast.both)


def test_what_was_agreed_stands_at_once_the_old_value_is_kept_and_the_holders_get_the_next_version(cast: Cast) -> None:
    record = make.effective(cast)
    ends = (record.public_until, record.use_until, record.keep_until)
    made = make_amendments.agreed(cast, make_amendments.proposed(cast, record))
    record.refresh_from_db()
    assert (made.status, record.content["fine"], record.revision) == ("agreed", "0.1", 2)
    assert (record.public_until, record.use_until, record.keep_until) == ends
    last = record.revisions.order_by("-number")[0]
    assert (last.kind, last.number) == ("corrected", 2)
    assert last.before is not None
    assert last.before["fine"] == "0.2"
    assert last.pk in outgoing.ready().values_list("pk", flat=True)
    assert "林秀云" not in str(last.before)
    (changed,) = reviews.corrections(record)
    assert [(one.was, one.now) for one in changed.fields] == [("0.2", "0.1")]
    assert Event.objects.filter(act="record.amended", actor_id=cast.reviewer.audit_id).count() == 1


def test_the_person_reads_what_was_wrong_what_stands_now_and_why(cast: Cast) -> None:
    make_amendments.agreed(cast, make_amendments.proposed(cast))
    letter = messages.of(cast.citizen)[0]
    text = messages.text(letter)
    assert letter.title == "信用信息更正告知"
    for words in ("原记“0.2”，更正为“0.1”", make_amendments.DOCUMENT, make_amendments.REASON, "行政复议", "赔偿"):
        assert words in text


def test_a_record_that_should_not_be_there_is_withdrawn_everywhere(cast: Cast) -> None:
    made = make_amendments.agreed(cast, make_amendments.withdrawal(cast))
    record = CreditRecord.objects.get()
    assert (made.status, record.status, record.end_kind, record.ended_on) == (
        "withdrawn-record", "ended", "wrong", clock.today(),
    )  # fmt: skip
    assert record.revisions.order_by("-number")[0].kind == "ended"
    assert "不应当记在您名下" in messages.text(messages.of(cast.citizen)[0])
    assert browser(cast.citizen).get(f"/me/records/{record.number}/").status_code == 404
    assert not Amendment.objects.visible_to(cast.clerk).exists()


def test_a_correction_names_its_document_its_reason_and_a_change_that_the_rules_allow(cast: Cast) -> None:
    record = make.effective(cast)
    for more, says in (
        ({"document": " "}, "文书号和理由"),
        ({"reason": " "}, "文书号和理由"),
        ({"changes": {}}, "至少一项"),
        ({"changes": {"id_number": "x"}}, "至少一项"),
        ({"changes": {"fine": "一千"}}, "不合规则"),
        ({"kind": "withdraw", "changes": None, "cause": ""}, "撤回的原因"),
        ({"kind": "withdraw", "changes": None, "cause": "因为"}, "撤回的原因"),
    ):
        with pytest.raises(RuleBroken, match=says):
            make_amendments.proposed(cast, record, **more)
    with pytest.raises(OpinionRefused):
        make_amendments.proposed(cast, record, reason="是 999999198803120028 的")
    assert not Amendment.objects.exists()


def test_only_the_departments_own_clerk_proposes_and_one_at_a_time(cast: Cast) -> None:
    record = make.effective(cast)
    for user in (cast.reviewer, cast.other_clerk, cast.supervisor, cast.citizen):
        with pytest.raises(PermissionDenied):
            make_amendments.proposed(cast, record, by=user)
    with pytest.raises(Stale):
        make_amendments.proposed(cast, record, seen=7)
    first = make_amendments.proposed(cast, record)
    with pytest.raises(AlreadyDone, match="等待复核"):
        make_amendments.proposed(cast, record, by=cast.both)
    with pytest.raises(RuleBroken, match="只有提出人"):
        acts.drop(amendment_id=first.pk, actor=cast.both, seen=1)
    acts.drop(amendment_id=first.pk, actor=cast.clerk, seen=1)
    assert make_amendments.proposed(cast, record).status == "proposed"


def test_what_is_disputed_not_in_force_or_made_by_a_listing_is_corrected_elsewhere(cast: Cast) -> None:
    disputed = make_objections.raised(cast).record
    with pytest.raises(RuleBroken, match="异议的答复"):
        make_amendments.proposed(cast, disputed)
    with pytest.raises(RuleBroken, match="不在效"):
        make_amendments.proposed(cast, make.submitted(cast, serial=5))
    waiting = make_amendments.proposed(cast, make.effective(cast, serial=6))
    make_objections.raised(cast, waiting.record)
    with pytest.raises(RuleBroken, match="异议的答复"):
        make_amendments.agreed(cast, waiting)


def test_a_refusal_says_why_and_changes_nothing(cast: Cast) -> None:
    made = make_amendments.proposed(cast)
    with pytest.raises(RuleBroken, match="写明意见"):
        acts.refuse(amendment_id=made.pk, actor=cast.reviewer, opinion=" ", seen=1)
    acts.refuse(amendment_id=made.pk, actor=cast.reviewer, opinion="决定书写的就是两千元", seen=1)
    assert CreditRecord.objects.get().content["fine"] == "0.2"
    with pytest.raises(WrongState):
        make_amendments.agreed(cast, made)
    assert "决定书写的就是两千元" in browser(cast.clerk).get(f"/desk/amendments/{made.number}/").content.decode()


def test_a_correction_of_what_has_changed_since_is_stale(cast: Cast) -> None:
    made = make_amendments.proposed(cast)
    raised = make_objections.raised(cast, made.record, points={"facts": ""})
    make_objections.answer(cast, raised, Answer("facts", upheld=True, now="当事人被查实在经纬街经营超过保质期的食品。"))
    with pytest.raises(Stale, match="提出更正以后"):
        make_amendments.agreed(cast, made)
    assert CreditRecord.objects.get().content["fine"] == "0.2"


def test_the_database_lets_a_record_change_only_as_agreed(cast: Cast) -> None:
    made = make_amendments.proposed(cast)
    record = made.record

    def write(content: str, revision: int = 2) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE records_creditrecord SET content = {content}, revision = %s WHERE id = %s",  # noqa: S608
                [revision, record.pk],
            )

    fine = """content || '{"fine": "0.1"}'"""
    with pytest.raises(IntegrityError, match="不能改写"):
        write(fine)  # proposed, not agreed to
    with pytest.raises(IntegrityError, match="an_agreed_amendment"), transaction.atomic():
        Amendment.objects.filter(pk=made.pk).update(agreed=True)  # agreed to by nobody
    Amendment.objects.filter(pk=made.pk).update(agreed=True, decided_by=cast.reviewer, decided_on=clock.today())
    for other in ("""content || '{"fine": "0.1", "facts": "别的"}'""", "content - 'facts'"):
        with pytest.raises(IntegrityError, match="不能改写"):
            write(other)  # more than was agreed to
    with pytest.raises(IntegrityError, match="不能改写"):
        write(fine, 5)  # not the next version
    with pytest.raises(IntegrityError, match="认定有误撤回"), transaction.atomic():
        CreditRecord.objects.filter(pk=record.pk).update(status="ended", end_kind="wrong", ended_on=clock.today())
    write(fine)
    with pytest.raises(IntegrityError, match="不能改写"):
        write("""content || '{"fine": "0.3"}'""", 3)  # once
    with pytest.raises(IntegrityError, match="不能改写"), transaction.atomic():
        Amendment.objects.filter(pk=made.pk).update(reason="别的")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_amendment WHERE id = %s", [made.pk])


def test_the_pages_lead_through_it_and_a_wrong_form_comes_back_whole(cast: Cast) -> None:
    record = make.effective(cast)
    clerk, reviewer = browser(cast.clerk), browser(cast.reviewer)
    address = f"/desk/amendments/new/{record.number}/"
    assert address in clerk.get(f"/desk/records/{record.number}/").content.decode()
    wrong = {
        "kind": "correct",
        "seen": 1,
        "c-now-fine": "一千",
        "c-document": make_amendments.DOCUMENT,
        "c-reason": make_amendments.REASON,
    }
    answer = clerk.post(address, wrong)
    assert answer.status_code == 422
    assert "不合规则" in answer.content.decode()
    assert make_amendments.REASON in answer.content.decode()
    assert "请选择撤回的原因" in clerk.post(address, {"kind": "withdraw", "seen": 1}).content.decode()
    assert "至少" not in clerk.post(address, {**wrong, "c-now-fine": ""}).content.decode()
    assert clerk.post(address, {**wrong, "c-now-fine": "0.1", "seen": 9}).status_code == 409
    assert clerk.post(address, {**wrong, "c-now-fine": "0.1"}).status_code == 302
    made = Amendment.objects.get()
    assert amendments.waiting_for(cast.reviewer).get() == made
    assert not amendments.waiting_for(cast.clerk).exists()
    page = reviewer.get(f"/desk/amendments/{made.number}/").content.decode()
    assert "<del>0.2</del>" in page
    assert "林秀云" not in page
    assert reviewer.post(f"/desk/amendments/{made.number}/refuse/", {"seen": 1}).status_code == 422
    assert clerk.post(f"/desk/amendments/{made.number}/agree/", {"seen": 1}).status_code == 403
    assert browser(cast.other_reviewer).get(f"/desk/amendments/{made.number}/").status_code == 404
    assert reviewer.post(f"/desk/amendments/{made.number}/agree/", {"seen": 1}).status_code == 302
    page = clerk.get(f"/desk/records/{record.number}/").content.decode()
    assert "更正过的内容" in page
    assert "自查更正" in page


def test_two_who_agree_at_once_correct_it_once(committing_db: str) -> None:
    cast = assemble()
    made = make_amendments.proposed(cast)
    said = together(
        lambda: make_amendments.agreed(cast, made), lambda: make_amendments.agreed(cast, made, by=cast.both)
    )
    assert said == ["WrongState", "done"]
    assert CreditRecord.objects.get().revisions.filter(kind="corrected").count() == 1


def test_approving_and_changing_at_once_never_approves_what_was_not_seen(committing_db: str) -> None:
    cast = assemble()
    record = make.submitted(cast)
    opening.note([record], cast.reviewer)
    changed = make.checked(make.raw_penalty(department=cast.market, fine="0.3"))

    def rewrite() -> None:
        record_acts.send_back(record_id=record.pk, actor=cast.both, opinion="请核对", seen=1)
        record_acts.revise(record_id=record.pk, checked=changed, actor=cast.clerk, seen=1)
        record_acts.submit(record_id=record.pk, actor=cast.clerk, seen=2)

    said = together(lambda: record_acts.approve(record_id=record.pk, actor=cast.reviewer, opinion="", seen=1), rewrite)
    record.refresh_from_db()
    assert "done" in said
    assert (record.status, record.content["fine"]) in {("effective", "0.2"), ("submitted", "0.3")}


def test_a_correction_and_an_objection_at_once_leave_one_truth(committing_db: str) -> None:
    cast = assemble()
    made = make_amendments.proposed(cast)
    said = together(lambda: make_amendments.agreed(cast, made), lambda: make_objections.raised(cast, made.record))
    record = CreditRecord.objects.get()
    if said == ["done", "done"]:
        assert (record.content["fine"], record.disputed_on) == ("0.1", clock.today())
    else:
        assert (said, record.content["fine"]) == (["RuleBroken", "done"], "0.2")
    numbers = list(record.revisions.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_what_a_case_made_is_taken_back_by_its_case(cast: Cast) -> None:
    record = make.effective(cast)
    record.item.by_listing = True
    assert "名单程序" in amendable.refusal(record, on=clock.today())
