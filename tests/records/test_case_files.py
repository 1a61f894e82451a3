"""异议、修复的案卷: bound like every other, a look each time; of what has ended only how it went."""

import re
from io import BytesIO

from django.urls import reverse
from pypdf import PdfReader

from daoli_credit.audit.models import LookUp
from daoli_credit.audit.selectors import history
from records.workflows import holding
from tests import make, make_objections, make_repairs
from tests.cast import Cast, browser, identity

PRINT = {"purpose": "行政复议、诉讼举证"}


def _text(data: bytes) -> str:
    return "".join(re.sub(r"\s", "", page.extract_text()) for page in PdfReader(BytesIO(data)).pages)


def test_an_objection_is_bound_with_its_points_the_persons_words_and_the_answer(cast: Cast) -> None:
    raised = make_objections.raised(cast, make.effective(cast))
    officer, there = browser(cast.reviewer), reverse("objection-file", args=[raised.number])
    page = officer.get(there).content.decode()
    assert "异议的项目和逐项答复" in page
    assert identity("linxiuyun").name not in page
    assert officer.post(there, {}).status_code == 422
    assert not LookUp.objects.filter(purpose__startswith="打印案卷").exists()
    answer = officer.post(there, PRINT)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Cache-Control"] == "private, no-store"
    text = _text(answer.content)
    assert identity("linxiuyun").name not in text
    for words in ("异议申诉案卷", raised.number, raised.points[0]["title"], "提出异议", "（当事人）", "存证"):
        assert words in text, words
    for event in history("objection", raised.pk):
        assert f"事件{event.pk}" in text
    assert identity("linxiuyun").id_number in _text(officer.post(there, {**PRINT, "whole": "on"}).content)
    looks = LookUp.objects.filter(case_number=raised.number, purpose__startswith="打印案卷").order_by("pk")
    assert [look.shown for look in looks] == [["paper", "identity-masked"], ["paper", "identity"]]
    assert "打印案卷" in browser(cast.citizen).get("/me/looks/").content.decode()
    assert browser(cast.legal).post(there, PRINT).status_code in {403, 404}
    assert (
        f"/desk/objections/{raised.number}/file/" in officer.get(f"/desk/objections/{raised.number}/").content.decode()
    )


def test_a_repair_is_bound_with_the_application_and_after_the_decision_only_with_how_it_went(cast: Cast) -> None:
    applied = make_repairs.applied(cast, make_repairs.old(cast))
    handler, there = browser(cast.clerk), reverse("repair-file", args=[applied.number])
    text = _text(handler.post(there, PRINT).content)
    for words in (
        "信用修复案卷",
        "当事人的申请",
        applied.promise[:8],
        "这条信息的内容",
        "收录方",
        "申请修复",
        "（当事人）",
    ):
        assert re.sub(r"\s", "", words) in text, words
    assert identity("linxiuyun").name not in text
    held = make_repairs.old(cast, serial=2)
    holding.handed(record_id=held.pk, recipient="hlj", title="省平台")
    decided = make_repairs.decided(cast, held)
    there = reverse("repair-file", args=[decided.number])
    assert "当事人的申请" not in handler.get(there).content.decode()
    text = _text(handler.post(there, {**PRINT, "whole": "on"}).content)
    assert "已经终止，不再显示" in text
    assert "同意修复" in text
    assert "省平台：收录中" in text
    for words in (identity("linxiuyun").name, identity("linxiuyun").id_number, decided.promise[:8]):
        assert words not in text
