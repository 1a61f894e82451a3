"""复议、诉讼中: marked at once by the department or the person, for every reader; the outcome unmarks."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from daoli_credit.accounts.models import Message, User
from daoli_credit.audit.models import Event
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, Stale, WrongState
from records import outgoing
from records.models import Contest, CreditRecord, Undoing
from records.tasks import settle_undoings
from records.workflows import contest as acts
from records.workflows import record as record_acts
from tests import make, make_contests, make_repairs
from tests.cast import Cast, browser, identity

pytestmark = pytest.mark.django_db


def kinds(record: CreditRecord) -> list[str]:
    return list(record.revisions.order_by("number").values_list("kind", flat=True))


def sent(record: CreditRecord) -> str:
    last = record.revisions.latest("number")
    return outgoing.publication(last, actor=User.objects.system(), title="试验平台").decode()


def test_the_department_marks_and_every_reader_is_told(cast: Cast) -> None:
    record = make.effective(cast, item="penalty-ip")
    contest = make_contests.marked(cast, record)
    record.refresh_from_db()
    assert record.contested_on == clock.today()
    assert kinds(record) == ["effective", "contested"]
    assert '"contested":true' in sent(record)
    for who, address in (
        (cast.reviewer, f"/desk/records/{record.number}/"),
        (cast.citizen, f"/me/records/{record.number}/"),
    ):
        assert "正在行政复议或者行政诉讼" in browser(who).get(address).content.decode()
    assert "复议、诉讼中" in browser(cast.reviewer).get("/desk/records/").content.decode()
    assert Message.objects.filter(title="复议、诉讼标注告知", noun="contest", object_id=str(contest.pk)).exists()
    assert Event.objects.filter(act="contest.registered", object_id=str(contest.pk)).count() == 1


def test_the_public_page_says_so_too(cast: Cast) -> None:
    record = make_repairs.public(cast)
    acts.register(record_id=record.pk, actor=cast.tour_clerk, case=make_contests.case())
    page = browser(None).get(f"/public/{record.public_page.token}/")
    assert page.status_code == 200
    assert "正在行政复议或者行政诉讼" in page.content.decode()


def test_the_persons_own_word_is_enough_for_a_mark(cast: Cast) -> None:
    contest = make_contests.marked(cast, by=cast.citizen)
    assert contest.by_person
    with pytest.raises(AlreadyDone):
        make_contests.marked(cast, contest.record)


@pytest.mark.parametrize("who", ["other_clerk", "namesake", "decider"])
def test_nobody_else_marks(cast: Cast, who: str) -> None:
    record = make.effective(cast)
    with pytest.raises(PermissionDenied):
        make_contests.marked(cast, record, by=getattr(cast, who))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kind": "petition"}, "行政复议还是行政诉讼"),
        ({"body": " "}, "受理机关"),
        ({"case_number": ""}, "案号"),
        ({"document": ""}, "受理文书"),
    ],
)
def test_a_case_without_its_particulars_is_refused(cast: Cast, changed: dict[str, Any], said: str) -> None:
    record = make.effective(cast)
    with pytest.raises(RuleBroken, match=said):
        make_contests.marked(cast, record, **changed)
    record.refresh_from_db()
    assert record.contested_on is None


def test_a_day_that_cannot_be_is_refused(cast: Cast) -> None:
    record = make.effective(cast)
    with pytest.raises(RuleBroken, match="还没有到"):
        make_contests.marked(cast, record, accepted_on=clock.today() + timedelta(days=1))
    with pytest.raises(RuleBroken, match="不能早于认定日期"):
        make_contests.marked(cast, record, accepted_on=record.determined_on - timedelta(days=1))
    with pytest.raises(OpinionRefused):
        make_contests.marked(cast, record, case_number=identity("linxiuyun").id_number)


def test_upheld_unmarks_and_nothing_else_changes(cast: Cast) -> None:
    record = make.effective(cast, item="penalty-ip")
    contest = make_contests.marked(cast, record)
    acts.conclude(
        contest_id=contest.pk, actor=cast.clerk, outcome="upheld", seen=contest.revision,
        number=make_contests.OUTCOME, on=clock.today(),
    )  # fmt: skip
    record.refresh_from_db()
    assert (record.contested_on, record.status) == (None, "effective")
    assert kinds(record) == ["effective", "contested", "uncontested"]
    assert '"contested":false' in sent(record)
    assert not Undoing.objects.exists()


@pytest.mark.parametrize(("outcome", "kind"), [("changed", "changed"), ("annulled", "revoked")])
def test_an_overturned_decision_starts_its_three_days(cast: Cast, outcome: str, kind: str) -> None:
    contest = make_contests.marked(cast)
    acts.conclude(
        contest_id=contest.pk, actor=cast.clerk, outcome=outcome, seen=contest.revision,
        number=make_contests.OUTCOME, on=clock.today(),
    )  # fmt: skip
    undoing = Undoing.objects.get(record=contest.record)
    assert (undoing.kind, undoing.document, undoing.status) == (kind, make_contests.OUTCOME, "due")
    assert undoing.due_on is not None


def test_an_outcome_wants_its_document_and_is_given_once(cast: Cast) -> None:
    contest = make_contests.marked(cast)
    with pytest.raises(RuleBroken, match="文号和作出日期"):
        acts.conclude(contest_id=contest.pk, actor=cast.clerk, outcome="upheld", seen=contest.revision)
    with pytest.raises(RuleBroken, match="请选择结果"):
        acts.conclude(contest_id=contest.pk, actor=cast.clerk, outcome="moot", seen=contest.revision)
    with pytest.raises(RuleBroken, match="意见"):
        acts.conclude(contest_id=contest.pk, actor=cast.clerk, outcome="ended", seen=contest.revision)
    with pytest.raises(Stale):
        acts.conclude(contest_id=contest.pk, actor=cast.clerk, outcome="ended", opinion="撤回", seen=99)
    with pytest.raises(PermissionDenied):
        acts.conclude(contest_id=contest.pk, actor=cast.citizen, outcome="ended", opinion="撤回", seen=1)
    acts.conclude(contest_id=contest.pk, actor=cast.clerk, outcome="ended", opinion="申请人撤回", seen=1)
    with pytest.raises(AlreadyDone):
        acts.conclude(contest_id=contest.pk, actor=cast.clerk, outcome="ended", opinion="申请人撤回", seen=1)
    with pytest.raises(WrongState):
        acts.conclude(contest_id=contest.pk, actor=cast.clerk, outcome="unfound", opinion="查无", seen=1)


def test_a_mark_goes_with_a_record_that_ends_by_itself(cast: Cast) -> None:
    contest = make_contests.marked(cast)
    until = contest.record.use_until
    assert until is not None
    with clock.at(until + timedelta(days=1)):
        record_acts.expire(record_id=contest.record_id, actor=User.objects.system())
        assert settle_undoings() == 1
        assert settle_undoings() == 0
    assert Contest.objects.get().status == "ended"


def test_the_form_comes_back_filled_in_and_a_second_click_is_a_success(cast: Cast) -> None:
    record = make.effective(cast)
    for who, address in (
        (cast.clerk, f"/desk/records/{record.number}/contest/"),
        (cast.citizen, f"/me/records/{record.number}/contest/"),
    ):
        page, typed = browser(who), vars(make_contests.case())
        assert page.get(address).status_code == 200
        bad = page.post(address, {**typed, "case_number": ""})
        assert bad.status_code == 422
        assert "请填写案号" in bad.content.decode()
        assert "道里区人民政府" in bad.content.decode()
        assert page.post(address, typed).status_code == 302
    assert Contest.objects.count() == 1
    assert browser(cast.other_clerk).get(f"/desk/records/{record.number}/contest/").status_code == 404
    assert browser(cast.namesake).get(f"/me/records/{record.number}/contest/").status_code == 404


def test_the_outcome_is_registered_on_its_page(cast: Cast) -> None:
    contest = make_contests.marked(cast)
    desk, address = browser(cast.clerk), f"/desk/contests/{contest.number}/"
    assert "哈里政复〔2026〕18号" in desk.get(address).content.decode()
    assert desk.post(address, {"outcome": "upheld", "seen": 1}).status_code == 422
    stale = desk.post(address, {"outcome": "ended", "opinion": "申请人撤回", "seen": 7})
    assert stale.status_code == 409
    good = {"outcome": "annulled", "number": make_contests.OUTCOME, "on": clock.today(), "seen": 1}
    assert desk.post(address, good).status_code == 302
    assert "最晚处理" in desk.get("/desk/undoings/").content.decode()


def test_the_database_wants_a_case_and_one_at_a_time(cast: Cast) -> None:
    contest = make_contests.marked(cast)
    for statement in (
        "UPDATE records_contest SET case_number = ''",
        "UPDATE records_contest SET kind = 'petition'",
        "UPDATE records_contest SET status = 'upheld'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    contest.pk, contest.number = None, "FS2026-999999"
    with pytest.raises(IntegrityError), transaction.atomic():
        contest.save(force_insert=True)
