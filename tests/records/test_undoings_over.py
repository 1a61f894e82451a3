"""已经处理完的变更、撤销: the office finds how each went and binds its file; of what has ended, nobody is in it."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from records.models import CreditRecord, Undoing
from records.tasks import settle_undoings
from records.workflows import holding
from records.workflows import undoing as acts
from records.workflows.settling import Answer
from tests import make, make_contests, make_objections
from tests.cast import Cast, browser, identity

OVER = "/desk/undoings/over/"
PRINT = {"purpose": "行政复议、诉讼举证", "whole": "on"}


def ended(cast: Cast) -> Undoing:
    """Held by one platform, revoked, ended by another, and confirmed by the platform."""
    record = make.effective(cast)
    holding.handed(record_id=record.pk, recipient="hlj", title="省平台")
    undoing = make_contests.undone(cast, record)
    acts.end(undoing_id=undoing.pk, actor=cast.reviewer, seen=1)
    revision = CreditRecord.objects.get().revisions.latest("number").number
    holding.confirm_gone(record_id=record.pk, recipient="hlj", title="省平台", revision=revision)
    return Undoing.objects.get()


def corrected(cast: Cast) -> Undoing:
    """Corrected in the answer to an objection, and confirmed by another: the record is in force."""
    undoing = make_contests.undone(cast, kind="changed")
    objection = make_objections.raised(cast, undoing.record)
    make_objections.answer(cast, objection, Answer("fine", upheld=True, now="0.1"))
    acts.correct(undoing_id=undoing.pk, actor=cast.reviewer, seen=1)
    return Undoing.objects.get()


def _text(data: bytes) -> str:
    return "".join(re.sub(r"\s", "", page.extract_text()) for page in PdfReader(BytesIO(data)).pages)


def test_what_ended_is_found_from_the_queue_and_says_by_whom_and_who_has_taken_it_down(cast: Cast) -> None:
    undoing, clerk = ended(cast), browser(cast.clerk)
    assert OVER in clerk.get("/desk/undoings/").content.decode()
    assert undoing.number in clerk.get(OVER).content.decode()
    page = clerk.get(f"{OVER}{undoing.number}/").content.decode()
    for words in (undoing.document, undoing.issuer, "孙建国", "省平台", "已确认撤下", "行政处罚法", "打印案卷"):
        assert words in page, words
    who = identity("linxiuyun")
    for words in (who.name, "林*云", who.id_number, undoing.record.number, undoing.record.document_number):
        assert words not in page, words
    kept_open = clerk.get(f"/desk/undoings/{undoing.number}/")
    assert kept_open["Location"] == f"{OVER}{undoing.number}/"
    for address in (f"/desk/undoings/{undoing.number}/", f"{OVER}{undoing.number}/"):
        assert browser(cast.other_clerk).get(address).status_code == 404


def test_the_file_of_what_ended_is_bound_without_the_person(cast: Cast) -> None:
    undoing = ended(cast)
    there = f"/desk/undoings/{undoing.number}/file/"
    assert f"{OVER}{undoing.number}/" in browser(cast.reviewer).get(there).content.decode()
    answer = browser(cast.reviewer).post(there, PRINT)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "private, no-store")
    text = _text(answer.content)
    for words in (
        "原决定变更、撤销案卷",
        undoing.number,
        re.sub(r"\s", "", undoing.document),
        "终止记录",
        "孙建国",
        "省平台：已确认撤下",
        "已经终止，不再显示",
        "登记原决定变更、撤销",
        "存证",
    ):
        assert words in text, words
    assert identity("linxiuyun").name not in text
    assert identity("linxiuyun").id_number not in text
    look = LookUp.objects.get(purpose__startswith="打印案卷")
    assert (look.matter, look.case_number) == ("undoing-handling", undoing.number)
    assert "原决定变更、撤销的处理" in browser(cast.citizen).get("/me/looks/").content.decode()


def test_while_the_record_stands_its_content_and_letters_are_in_the_file(cast: Cast) -> None:
    undoing = make_contests.undone(cast)
    page = browser(cast.clerk).get(f"/desk/undoings/{undoing.number}/").content.decode()
    there = f"/desk/undoings/{undoing.number}/file/"
    assert there in page
    assert browser(cast.clerk).post(there, {}).status_code == 422
    text = _text(browser(cast.clerk).post(there, {**PRINT, "whole": ""}).content)
    for words in ("这条信息的内容", "原决定变更、撤销登记告知", "尚未处理", undoing.record.number):
        assert words in text, words
    assert identity("linxiuyun").id_number not in text
    assert identity("linxiuyun").id_number in _text(browser(cast.clerk).post(there, PRINT).content)
    assert browser(cast.other_clerk).post(there, PRINT).status_code == 404


def test_what_was_corrected_leads_to_the_record_for_as_long_as_it_stands(cast: Cast) -> None:
    undoing, clerk = corrected(cast), browser(cast.clerk)
    page = clerk.get(f"{OVER}{undoing.number}/").content.decode()
    assert f"/desk/records/{undoing.record.number}/" in page
    assert "记录已更正" in page
    assert "更正" in _text(clerk.post(f"/desk/undoings/{undoing.number}/file/", PRINT).content)
    until = undoing.record.use_until
    assert until is not None
    with clock.at(until + timedelta(days=1)):
        page = browser(cast.clerk).get(f"{OVER}{undoing.number}/").content.decode()
    assert undoing.record.number not in page


def test_what_was_dealt_with_too_late_says_so_and_since_when_it_stood_still(cast: Cast) -> None:
    undoing = make_contests.undone(cast)
    assert undoing.due_on is not None
    with clock.at(undoing.due_on + timedelta(days=1)):
        settle_undoings()
        acts.end(undoing_id=undoing.pk, actor=cast.reviewer, seen=1)
    page = browser(cast.clerk).get(f"{OVER}{undoing.number}/").content.decode()
    assert "超过期限" in page
    assert "起暂停公示和推送" in page
    assert "超过期限" in browser(cast.clerk).get(OVER).content.decode()


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("", True),
        ("?how=ended", True),
        ("?how=corrected", False),
        ("?how=lost", True),
        ("?number=cx", True),
        ("?number=CX1999", False),
        (f"?number={make_contests.OUTCOME}", True),
    ],
)
def test_the_list_is_searched_by_number_document_and_way(cast: Cast, query: str, there: bool) -> None:
    undoing = ended(cast)
    assert (undoing.number in browser(cast.clerk).get(OVER + query).content.decode()) is there


def test_what_waits_is_not_among_what_is_over(cast: Cast) -> None:
    undoing = make_contests.undone(cast)
    assert undoing.number not in browser(cast.clerk).get(OVER).content.decode()
    assert browser(cast.clerk).get(f"{OVER}{undoing.number}/").status_code == 404
    assert browser(cast.supervisor).get(OVER).status_code == 403


def test_a_refusal_stays_on_the_page_of_the_case(cast: Cast) -> None:
    undoing = make_contests.undone(cast)
    answer = browser(cast.reviewer).post(f"/desk/undoings/{undoing.number}/correct/", {"seen": 1}, follow=True)
    page = answer.content.decode()
    assert "还没有更正过" in page
    assert undoing.document in page
