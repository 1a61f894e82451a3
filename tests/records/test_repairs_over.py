"""已经办完的修复: the office finds how each went and binds its file; neither person nor content is there."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from records.models import Repair
from records.workflows import holding
from records.workflows import repair as acts
from tests import make_repairs
from tests.cast import Cast, browser, identity

OVER = "/desk/repairs/over/"
PRINT = {"purpose": "行政复议、诉讼举证", "whole": "on"}


def closed(cast: Cast) -> Repair:
    """Held by one platform, decided, and confirmed by it."""
    record = make_repairs.old(cast)
    holding.handed(record_id=record.pk, recipient="hlj", title="省平台")
    make_repairs.decided(cast, record)
    holding.confirm_gone(record_id=record.pk, recipient="hlj", title="省平台", revision=2)
    acts.close_if_gone(record.pk)
    repair = Repair.objects.get()
    assert repair.status == "closed"
    return repair


def test_a_closed_repair_is_found_from_the_list_and_says_who_decided_and_who_confirmed(cast: Cast) -> None:
    repair = closed(cast)
    clerk = browser(cast.clerk)
    assert OVER in clerk.get("/desk/repairs/").content.decode()
    assert repair.number in clerk.get(OVER).content.decode()
    page = clerk.get(f"{OVER}{repair.number}/").content.decode()
    for words in ("同意修复", "已确认撤下", "省平台", "办理经过", "打印案卷", "承诺不实的认定"):
        assert words in page, words
    who = identity("linxiuyun")
    for words in (who.name, "林*云", who.id_number, repair.record.number, repair.record.document_number):
        assert words not in page, words
    kept_open = clerk.get(f"/desk/repairs/{repair.number}/")
    assert kept_open["Location"] == f"{OVER}{repair.number}/"
    assert browser(cast.other_clerk).get(f"/desk/repairs/{repair.number}/").status_code == 404


def test_its_file_is_bound_without_the_person(cast: Cast) -> None:
    repair = closed(cast)
    there = f"/desk/repairs/{repair.number}/file/"
    assert f"{OVER}{repair.number}/" in browser(cast.reviewer).get(there).content.decode()
    answer = browser(cast.reviewer).post(there, PRINT)
    assert answer["Content-Type"] == "application/pdf"
    text = "".join(re.sub(r"\s", "", page.extract_text()) for page in PdfReader(BytesIO(answer.content)).pages)
    for words in ("信用修复案卷", repair.number, "同意修复", "省平台：已确认撤下", "已经终止，不再显示", "存证"):
        assert words in text, words
    assert identity("linxiuyun").name not in text
    assert identity("linxiuyun").id_number not in text


@pytest.mark.parametrize(
    ("query", "there"),
    [("", True), ("?how=closed", True), ("?how=withdrawn", False), ("?number=xf", True), ("?number=XF1999", False)],
)
def test_they_are_found_by_number_and_by_how_they_ended(cast: Cast, query: str, there: bool) -> None:
    repair = closed(cast)
    page = browser(cast.clerk).get(f"{OVER}{query}").content.decode()
    assert (f"{OVER}{repair.number}/" in page) is there
    assert there or "没有符合的" in page


def test_a_withdrawn_one_is_there_too_and_what_runs_is_not(cast: Cast) -> None:
    applied = make_repairs.applied(cast)
    assert "还没有办完的信用修复" in browser(cast.clerk).get(OVER).content.decode()
    acts.withdraw(repair_id=applied.pk, actor=cast.citizen)
    page = browser(cast.clerk).get(f"{OVER}{applied.number}/").content.decode()
    assert "没有作出决定" in page
    assert "承诺不实的认定" not in page
    assert browser(cast.other_clerk).get(f"{OVER}{applied.number}/").status_code == 404
    assert browser(cast.legal).get(OVER).status_code == 403
