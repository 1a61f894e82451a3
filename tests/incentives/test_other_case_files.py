"""登记和事先告知的案卷: bound like a listing case, a look each time, and nothing of what has ended."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from daoli_credit.audit.models import LookUp
from daoli_credit.audit.selectors import history
from incentives.models import EarlyExit, Registration
from incentives.workflows import consenting, registering
from tests import make_honours, make_listing, make_notices, make_registration
from tests.cast import Cast, browser, identity

PRINT = {"purpose": "归档"}


def _text(data: bytes) -> str:
    return "".join(re.sub(r"\s", "", page.extract_text()) for page in PdfReader(BytesIO(data)).pages)


@pytest.fixture
def made(cast: Cast) -> Registration:
    """A court's registration of which an early exit was asked."""
    exit_: EarlyExit = make_registration.asked_to_leave(make_listing.desk(make_registration.court()))
    return Registration.objects.get(record=exit_.record)


def test_a_registration_is_bound_with_its_document_digest_its_people_and_its_evidence(made: Registration) -> None:
    judge, there = browser(made.registered_by), reverse("registration-file", args=[made.number])
    page = judge.get(there).content.decode()
    assert "提前移出" in page
    assert identity("linxiuyun").name not in page
    assert judge.post(there, {}).status_code == 422
    answer = judge.post(there, PRINT)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Cache-Control"] == "private, no-store"
    text = _text(answer.content)
    assert identity("linxiuyun").name not in text
    for words in (
        "名单登记案卷", made.number, made.document_number, bytes(made.document_digest).hex(), "救济途径", "结案1",
        *(f"事件{event.pk}" for event in history("registration", made.pk)),
    ):  # fmt: skip
        assert words in text, words
    whole = _text(judge.post(there, {**PRINT, "whole": "on"}).content)
    assert identity("linxiuyun").id_number in whole
    looks = LookUp.objects.filter(case_number=made.number, purpose="打印案卷：归档").order_by("pk")
    assert [look.shown for look in looks] == [["paper", "identity-masked"], ["paper", "identity"]]


def test_the_file_of_a_registration_ends_with_its_record(cast: Cast, made: Registration) -> None:
    there = reverse("registration-file", args=[made.number])
    assert browser(cast.wage_clerk).get(there).status_code == 404
    assert browser(cast.supervisor).get(there).status_code == 403
    judge = made.confirmed_by
    assert judge is not None
    registering.cancel(registration_id=made.pk, actor=judge, opinion="决定撤销", document="执异91号")
    assert browser(made.registered_by).post(there, PRINT).status_code == 404


def test_a_prior_notice_is_bound_as_it_was_sent_with_what_the_person_said(cast: Cast) -> None:
    notice = make_notices.answered(cast)
    there = reverse("prior-notice-file", args=[notice.number])
    answer = browser(cast.clerk).post(there, PRINT)
    assert answer.status_code == 200
    text = _text(answer.content)
    for words in (notice.notice_number, "陈述申辩", "送达证明", "办理经过", "存证", "拟作出不利决定事先告知书"):
        assert words in text, words
    assert identity("linxiuyun").id_number not in text
    assert "打印案卷" in browser(cast.citizen).get("/me/looks/").content.decode()
    assert browser(cast.wage_clerk).post(there, PRINT).status_code == 404


def test_an_honour_is_bound_with_its_consent_and_before_it_with_nobody(cast: Cast) -> None:
    waiting = make_honours.invited(serial=3).nomination
    clerk, there = browser(waiting.invited_by), reverse("honour-file", args=[waiting.number])
    before = LookUp.objects.count()
    text = _text(clerk.post(there, PRINT).content)
    assert "还没有人" in text
    assert LookUp.objects.count() == before
    row = make_honours.effective(cast.citizen, serial=4)
    there = reverse("honour-file", args=[row.number])
    assert clerk.post(there, {}).status_code == 422
    text = _text(clerk.post(there, PRINT).content)
    for words in (
        row.document_number,
        row.decision_number,
        "同意登记",
        "没有同意",
        "推荐并发出邀请",
        "本人（当事人）",
        "存证",
    ):
        assert words.replace(" ", "") in text, words
    assert identity("linxiuyun").name not in text
    assert identity("linxiuyun").id_number in _text(clerk.post(there, {**PRINT, "whole": "on"}).content)
    assert "打印案卷" in browser(cast.citizen).get("/me/looks/").content.decode()
    consenting.withdraw(nomination_id=row.pk, actor=cast.citizen)
    assert clerk.post(there, PRINT).status_code == 404
