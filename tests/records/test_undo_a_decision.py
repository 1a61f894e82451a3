"""原决定变更、撤销: three working days to end or correct, by another; overdue it pauses and is seen."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from daoli_credit.accounts.models import Message, User
from daoli_credit.audit.models import Event
from daoli_credit.law import clock, workdays
from daoli_credit.workflow import AlreadyDone, RuleBroken, Stale
from records import outgoing
from records.models import Amendment, CreditRecord, Objection, Undoing
from records.tasks import settle_objections, settle_undoings
from records.workflows import objection as objection_acts
from records.workflows import statement as statements
from records.workflows import undoing as acts
from records.workflows.settling import Answer
from tests import make, make_amendments, make_contests, make_objections
from tests.cast import Cast, browser

pytestmark = pytest.mark.django_db


def late(undoing: Undoing) -> None:
    """The task on the first day after the last one."""
    assert undoing.due_on is not None
    with clock.at(undoing.due_on + timedelta(days=1)):
        assert settle_undoings() == 1
        assert settle_undoings() == 0


def test_three_working_days_from_the_decision_with_the_article(cast: Cast) -> None:
    undoing = make_contests.undone(cast)
    assert undoing.due_on == workdays.due(clock.today(), 3).on
    assert "行政处罚法" in undoing.due_why
    assert Message.objects.filter(title="原决定变更、撤销登记告知").count() == 1


def test_another_ends_the_record_and_it_is_gone_at_once(cast: Cast) -> None:
    undoing = make_contests.undone(cast)
    with pytest.raises(PermissionDenied):
        acts.end(undoing_id=undoing.pk, actor=cast.clerk, seen=1)  # who registered it has no say in it
    with pytest.raises(Stale):
        acts.end(undoing_id=undoing.pk, actor=cast.reviewer, seen=9)
    acts.end(undoing_id=undoing.pk, actor=cast.reviewer, seen=1)
    record = CreditRecord.objects.get()
    assert (record.status, record.end_kind, record.ended_on) == ("ended", "annulled", clock.today())
    assert record.revisions.latest("number").kind == "ended"
    assert browser(cast.citizen).get(f"/me/records/{record.number}/").status_code == 404
    assert {"undoing.ended", "record.annulled"} <= set(Event.objects.values_list("act", flat=True))
    with pytest.raises(AlreadyDone):
        acts.end(undoing_id=undoing.pk, actor=cast.reviewer, seen=1)


def test_whoever_holds_both_duties_still_needs_another(cast: Cast) -> None:
    record = make.effective(cast)
    undoing = acts.register(record_id=record.pk, actor=cast.reviewer, facts=make_contests.facts())
    with pytest.raises(RuleBroken, match="另一人"):
        acts.end(undoing_id=undoing.pk, actor=cast.reviewer, seen=1)


def test_corrected_is_only_said_after_a_correction(cast: Cast) -> None:
    undoing = make_contests.undone(cast)
    with pytest.raises(RuleBroken, match="还没有更正过"):
        acts.correct(undoing_id=undoing.pk, actor=cast.reviewer, seen=1)
    objection = make_objections.raised(cast, undoing.record)
    make_objections.answer(cast, objection, Answer("fine", upheld=True, now="0.1"))
    acts.correct(undoing_id=undoing.pk, actor=cast.reviewer, seen=1)
    assert Undoing.objects.get().status == "corrected"
    assert CreditRecord.objects.get().status == "effective"


def test_overdue_it_pauses_by_itself_and_the_credit_office_sees_it(cast: Cast) -> None:
    record = make.effective(cast, item="penalty-ip")
    undoing = make_contests.undone(cast, record)
    late(undoing)
    record.refresh_from_db()
    undoing.refresh_from_db()
    assert undoing.status == "paused"
    assert record.suspended_on == undoing.paused_on
    assert record.revisions.latest("number").kind == "suspended"
    assert not outgoing.ready().exists()
    page = browser(cast.supervisor).get("/supervision/undoings/").content.decode()
    assert undoing.number in page
    assert "逾期" in page
    assert "林" not in page
    acts.end(undoing_id=undoing.pk, actor=cast.reviewer, seen=1)


def test_what_is_paused_stays_so_whatever_the_person_adds(cast: Cast) -> None:
    """A statement is a revision of its own: it must not carry a paused record out again."""
    record = make.effective(cast, item="penalty-ip")
    late(make_contests.undone(cast, record))
    statements.make(record_id=record.pk, actor=cast.citizen, words="决定已经撤销。")
    assert record.revisions.latest("number").kind == "stated"
    assert not outgoing.ready().exists()
    assert [stop.code for stop in outgoing.refusals(CreditRecord.objects.get())] == ["suspended"]


def test_the_answer_to_an_objection_does_not_lift_the_other_pause(cast: Cast) -> None:
    undoing = make_contests.undone(cast)
    objection = make_objections.raised(cast, undoing.record)
    late(undoing)
    objection_acts.withdraw(objection_id=objection.pk, actor=cast.citizen)
    record = CreditRecord.objects.get()
    assert record.suspended_on is not None
    assert record.disputed_on is None


def test_settling_it_does_not_lift_the_pause_of_an_objection(cast: Cast) -> None:
    undoing = make_contests.undone(cast)
    objection = make_objections.raised(cast, undoing.record)
    make_objections.answer(cast, objection, Answer("fine", upheld=True, now="0.1"))
    second = make_objections.raised(cast, CreditRecord.objects.get())
    late(undoing)
    assert second.due_on is not None
    with clock.at(second.due_on + timedelta(days=1)):
        settle_objections()
    assert Objection.objects.get(pk=second.pk).status == "paused"
    acts.correct(undoing_id=undoing.pk, actor=cast.reviewer, seen=1)
    assert CreditRecord.objects.get().suspended_on is not None


def test_a_record_that_ended_otherwise_closes_it(cast: Cast) -> None:
    undoing = make_contests.undone(cast)
    objection = make_objections.raised(cast, undoing.record, points={"whole": ""})
    make_objections.answer(cast, objection, Answer("whole", upheld=True))
    assert settle_undoings() == 1
    assert Undoing.objects.get().status == "ended"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kind": "lost"}, "变更、撤销、确认违法还是确认无效"),
        ({"document": ""}, "文书号"),
        ({"issuer": " "}, "作出单位"),
    ],
)
def test_a_registration_without_its_particulars_is_refused(cast: Cast, changed: dict[str, str], said: str) -> None:
    record = make.effective(cast)
    with pytest.raises(RuleBroken, match=said):
        make_contests.undone(cast, record, **changed)
    with pytest.raises(RuleBroken, match="作出日"):
        make_contests.undone(cast, record, changed_on=clock.today() + timedelta(days=1))


def test_the_pages_carry_it_from_registration_to_its_end(cast: Cast) -> None:
    record = make.effective(cast)
    clerk, address = browser(cast.clerk), f"/desk/records/{record.number}/undo/"
    typed = vars(make_contests.facts())
    assert clerk.get(address).status_code == 200
    bad = clerk.post(address, {**typed, "document": ""})
    assert bad.status_code == 422
    assert "道里区人民政府" in bad.content.decode()
    assert clerk.post(address, typed).status_code == clerk.post(address, typed).status_code == 302
    undoing = Undoing.objects.get()
    page = f"/desk/undoings/{undoing.number}/"
    assert clerk.get(page).status_code == 200
    assert clerk.post(f"{page}end/", {"seen": 1}).status_code == 403
    assert browser(cast.other_reviewer).post(f"{page}end/", {"seen": 1}).status_code == 404
    reviewer = browser(cast.reviewer)
    assert undoing.number in reviewer.get("/desk/undoings/").content.decode()
    assert reviewer.post(f"{page}end/", {"seen": 8}).status_code == 409
    assert reviewer.post(f"{page}end/", {"seen": 1}).status_code == 302
    assert reviewer.post(f"{page}end/", {"seen": 1}).status_code == 302
    assert CreditRecord.objects.get().end_kind == "annulled"


def test_the_database_ends_a_record_as_annulled_only_behind_a_settled_undoing(cast: Cast) -> None:
    record = make.effective(cast)
    end = "UPDATE records_creditrecord SET status = 'ended', ended_on = now(), end_kind = 'annulled'"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(end)
    make_contests.undone(cast, record)
    for statement in (
        end,
        "UPDATE records_undoing SET settled_by_id = registered_by_id",
        "UPDATE records_undoing SET status = 'ended'",
        "UPDATE records_undoing SET registered_on = changed_on - 1",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert User.objects.system().is_system


def _amended(cast: Cast, undoing: Undoing, *, document: str = make_contests.OUTCOME, by: User | None = None) -> None:
    record = CreditRecord.objects.get(pk=undoing.record_id)
    amendment = make_amendments.proposed(cast, record, document=document, reason="按复议决定更正。")
    make_amendments.agreed(cast, amendment, by=by)


def test_a_correction_that_rests_on_the_changing_decision_settles_it_in_the_same_moment(cast: Cast) -> None:
    undoing = make_contests.undone(cast, kind="changed")
    late(undoing)
    assert CreditRecord.objects.get().suspended_on is not None
    _amended(cast, undoing)
    undoing.refresh_from_db()
    assert (undoing.status, undoing.settled_by, undoing.over_on) == ("corrected", cast.reviewer, clock.today())
    record = CreditRecord.objects.get()
    assert record.suspended_on is None
    assert list(record.revisions.values_list("kind", flat=True))[-2:] == ["corrected", "resumed"]
    titles = set(Message.objects.values_list("title", flat=True))
    assert "原决定变更、撤销处理告知" in titles


def test_a_correction_for_another_reason_settles_nothing(cast: Cast) -> None:
    undoing = make_contests.undone(cast, kind="changed")
    _amended(cast, undoing, document="哈里市监更〔2026〕8号")
    undoing.refresh_from_db()
    assert undoing.status == "due"


def test_whoever_registered_it_settles_it_by_no_correction_either(cast: Cast) -> None:
    undoing = undoings_of(cast.reviewer, make.effective(cast))
    _amended(cast, undoing)
    undoing.refresh_from_db()
    assert (undoing.status, undoing.settled_by) == ("due", None)
    assert CreditRecord.objects.get().revision == 2  # the correction itself stands


def undoings_of(user: User, record: CreditRecord) -> Undoing:
    return acts.register(record_id=record.pk, actor=user, facts=make_contests.facts(kind="changed"))


def test_its_page_leads_to_the_correction_with_ground_and_reason_filled_in(cast: Cast) -> None:
    undoing = make_contests.undone(cast, kind="changed")
    clerk, new = browser(cast.clerk), f"/desk/amendments/new/{undoing.record.number}/"
    page = clerk.get(f"/desk/undoings/{undoing.number}/").content.decode()
    assert "按变更后的决定更正" in page
    assert new in page
    form = clerk.get(new).content.decode()
    assert make_contests.OUTCOME in form
    assert "道里区人民政府变更" in form
    typed = {
        "kind": "correct",
        "seen": 1,
        "c-now-fine": "0.1",
        "c-document": make_contests.OUTCOME,
        "c-reason": "按决定",
    }
    assert clerk.post(new, typed).status_code == 302
    assert "提出更正" not in clerk.get(f"/desk/undoings/{undoing.number}/").content.decode()
    number = Amendment.objects.get().number
    assert browser(cast.reviewer).post(f"/desk/amendments/{number}/agree/", {"seen": 1}).status_code == 302
    assert Undoing.objects.get().status == "corrected"
