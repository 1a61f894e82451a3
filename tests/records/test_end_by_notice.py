"""终止登记: what was repaired elsewhere, has lost its ground, or is about somebody who died, ends here too."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState
from records.models import CreditRecord, EndNotice
from records.workflows import noticing, removals
from tests import make, make_ends
from tests.cast import Cast, browser
from tests.days import all_dated


def _refused(statement: str, *values: Any, says: str) -> None:
    with pytest.raises(DatabaseError, match=says), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize("cause", ["elsewhere", "basis"])
def test_a_checked_notice_ends_the_record_at_once_and_the_person_is_told(cast: Cast, cause: str) -> None:
    record = make.effective(cast, serial=311)
    notice = make_ends.noted(cast, record, cause=cause)
    assert CreditRecord.objects.get(pk=record.pk).status == "effective"
    noticing.confirm(notice_id=notice.pk, actor=cast.reviewer, seen=notice.revision)
    ended = CreditRecord.objects.get(pk=record.pk)
    assert (ended.status, ended.end_kind, ended.ended_on) == ("ended", cause, clock.today())
    assert ended.keep_until is not None
    assert ended.keep_until.year == clock.today().year + 2
    assert [one.kind for one in ended.revisions.all()] == ["effective", "ended"]
    letter = messages.of(cast.citizen).get(noun="endnotice")
    assert notice.document_number in messages.text(letter)
    assert f"/me/records/{record.number}/" not in browser(cast.citizen).get("/me/").content.decode()


def test_every_notice_goes_to_the_journal_and_to_the_holders(cast: Cast) -> None:
    record = make_ends.noticed(cast, make.effective(cast, serial=315))
    assert removals._waiting()[0].record == record


def test_the_one_who_noted_does_not_check_and_a_wrong_paper_changes_nothing(cast: Cast) -> None:
    record = make.effective(cast, serial=316)
    both = cast.both
    notice = make_ends.noted(cast, record, by=both)
    with pytest.raises(RuleBroken):
        noticing.confirm(notice_id=notice.pk, actor=both, seen=notice.revision)
    with pytest.raises(PermissionDenied):
        noticing.confirm(notice_id=notice.pk, actor=cast.other_reviewer, seen=notice.revision)
    with pytest.raises(AlreadyDone):
        make_ends.noted(cast, record)
    noticing.refuse(notice_id=notice.pk, actor=cast.reviewer, opinion="文号查不到", seen=notice.revision)
    assert CreditRecord.objects.get(pk=record.pk).status == "effective"
    with pytest.raises(WrongState):
        noticing.confirm(notice_id=notice.pk, actor=cast.reviewer, seen=notice.revision)
    make_ends.noticed(cast, record)
    with pytest.raises(RuleBroken):
        make_ends.noted(cast, CreditRecord.objects.get(pk=record.pk))


@pytest.mark.parametrize(
    "facts",
    [
        {"cause": "whim"},
        {"cause": "deceased"},
        {"source": " "},
        {"document_number": ""},
        {"document_on": timedelta(days=400)},
    ],
)
def test_a_notice_without_its_paper_is_refused_in_words(cast: Cast, facts: dict[str, Any]) -> None:
    given: dict[str, Any] = {
        "cause": "elsewhere",
        "source": "信用中国",
        "document_number": "1号",
        "document_on": clock.today(),
        **all_dated(facts),
    }
    with pytest.raises(RuleBroken):
        noticing.note(record=make.effective(cast, serial=317), actor=cast.clerk, **given)


def test_the_database_asks_for_the_checked_notice(cast: Cast) -> None:
    record = make.effective(cast, serial=318)
    end = "UPDATE records_creditrecord SET status = 'ended', ended_on = effective_on, end_kind = '{}' WHERE id = %s"
    for cause in ("elsewhere", "basis"):
        _refused(end.format(cause), record.pk, says="没有经另一人核对")
    notice = make_ends.noted(cast, record)
    _refused(end.format("elsewhere"), record.pk, says="没有经另一人核对")
    change = "UPDATE records_endnotice SET {} WHERE id = %s"
    _refused(change.format("checked_by_id = noted_by_id"), notice.pk, says="four_eyes_on_an_end_notice")
    _refused(change.format("status = 'confirmed'"), notice.pk, says="says_by_whom")
    _refused(change.format("document_number = '别的'"), notice.pk, says="不能改写")
    _refused("DELETE FROM records_endnotice WHERE id = %s", notice.pk, says="只增不改")


def test_a_notice_whose_record_ended_otherwise_is_set_aside(cast: Cast) -> None:
    record = make.effective(cast, serial=319)
    notice = make_ends.noted(cast, record)
    assert noticing.settle(User.objects.system()) == 0
    assert record.use_until is not None
    with clock.at(record.use_until + timedelta(days=1)):
        with pytest.raises(RuleBroken):
            noticing.confirm(notice_id=notice.pk, actor=cast.reviewer, seen=notice.revision)
        assert noticing.settle(User.objects.system()) == 1
        assert noticing.settle(User.objects.system()) == 0
    assert EndNotice.objects.get(pk=notice.pk).status == "moot"


def test_the_pages_walk_from_noting_to_the_end(cast: Cast) -> None:
    record = make.effective(cast, serial=320)
    clerk, reviewer = browser(cast.clerk), browser(cast.reviewer)
    typed = {
        "number": record.number,
        "cause": "elsewhere",
        "source": "信用中国（黑龙江）",
        "document_number": "修复告知〔2026〕3号",
        "document_on": clock.today().isoformat(),
    }
    wrong = clerk.post("/desk/ends/notices/new/", {**typed, "document_on": "明天"})
    assert wrong.status_code == 422
    assert "日期请写成" in wrong.content.decode()
    assert "修复告知〔2026〕3号" in wrong.content.decode()
    elsewhere = clerk.post("/desk/ends/notices/new/", {**typed, "number": "DL2026-999999"})
    assert "本单位没有这一条在效的记录" in elsewhere.content.decode()
    assert clerk.post("/desk/ends/notices/new/", typed).status_code == 302
    assert clerk.post("/desk/ends/notices/new/", typed).status_code == 302  # a double click is a success
    notice = EndNotice.objects.get()
    at = f"/desk/ends/notices/{notice.number}/"
    assert notice.number in reviewer.get("/desk/ends/").content.decode()
    assert "等本部门另一人核对" in clerk.get(at).content.decode()
    assert reviewer.post(f"{at}refuse/", {"seen": "1", "opinion": ""}).status_code == 422
    assert reviewer.post(f"{at}confirm/", {"seen": "1"}).status_code == 302
    assert reviewer.post(f"{at}confirm/", {"seen": "1"}).status_code == 302
    assert reviewer.get(at).status_code == 404
    assert clerk.post(f"{at}confirm/", {"seen": "1"}).status_code == 403
