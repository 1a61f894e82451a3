"""荣誉推荐的页面: the letter once, the reading before the yes, two boxes, one click back; every bad twin in words."""

import re
from typing import Any

from django.test import Client

from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from incentives.models import Benefit, Nomination
from incentives.models.nomination_status import S
from records.models import CreditRecord, Subject
from tests import make_honours
from tests.cast import Cast, browser, identity

CODE = re.compile(r'class="bigcode"><code class="code">([A-Z0-9-]{14})</code>')
DOCUMENT = {
    "source": "volunteer",
    "honour_title": "2026年度优秀志愿者",
    "document_number": "哈里团发〔2026〕5号",
    "document_title": "关于表彰2026年度优秀志愿者的决定",
    "authority": "共青团哈尔滨市道里区委员会",
}


def _document(**changes: Any) -> dict[str, Any]:
    return {**DOCUMENT, "determined_on": clock.today().isoformat(), **changes}


def _yes(code: str, **changes: Any) -> dict[str, Any]:
    who = identity("linxiuyun")
    facts = {"code": code, "agree": "on", "name": who.name, "id_type": who.id_type, "id_number": who.id_number}
    return {**facts, **changes}


def _letter(clerk: Client) -> str:
    page = clerk.post("/desk/honours/new/", _document())
    assert page.status_code == 200
    found = CODE.search(page.content.decode())
    assert found
    return found[1]


def test_the_code_is_shown_once_on_the_letter_and_never_again(cast: Cast) -> None:
    clerk = browser(make_honours.league().clerk)
    code = _letter(clerk)
    number = Nomination.objects.get().number
    for address in (f"/desk/honours/{number}/", "/desk/honours/"):
        page = clerk.get(address).content.decode()
        assert number in page
        assert code not in page
    assert not LookUp.objects.exists()  # there is nobody to look at


def test_a_bad_form_comes_back_filled_in(cast: Cast) -> None:
    clerk = browser(make_honours.league().clerk)
    for changes, says in (
        ({"source": ""}, "五类中的一类"),
        ({"document_number": ""}, "必"),
        ({"determined_on": "昨天"}, "请写成 2026-03-05 这样的日期"),
        ({"determined_on": "2099-01-01"}, "还没有到"),
        ({"document_title": "表彰13800001234"}, "不写任何人的姓名和号码"),
    ):
        page = clerk.post("/desk/honours/new/", _document(**changes))
        assert page.status_code == 422, says
        assert says in page.content.decode() or says == "必"
        assert DOCUMENT["authority"] in page.content.decode()
    assert not Nomination.objects.exists()


def test_she_reads_first_and_reading_writes_nothing(cast: Cast) -> None:
    code = _letter(browser(make_honours.league().clerk))
    her = browser(cast.citizen)
    page = her.post("/me/honours/code/", {"code": code.lower()})
    text = page.content.decode()
    for said in ("登记什么", "谁看得到", "能享受什么", "不同意，没有任何后果", "随时可以撤回", "就业服务推荐"):
        assert said in text
    assert "checked" not in text
    assert Nomination.objects.get().status == S.INVITED
    assert not Subject.objects.exists()
    assert not LookUp.objects.exists()


def test_two_boxes_for_two_things(cast: Cast) -> None:
    code = _letter(browser(make_honours.league().clerk))
    her = browser(cast.citizen)
    page = her.post("/me/honours/answer/", _yes(code, agree=""))
    assert page.status_code == 422
    assert "同意登记的，请勾选" in page.content.decode()
    for changes, says in (
        ({"id_number": identity("linxiuyun2").id_number}, "替别人同意不算数"),
        ({"id_number": "1"}, "替别人同意不算数"),
        ({"name": ""}, "请照身份证填写姓名"),
    ):
        page = her.post("/me/honours/answer/", _yes(code, **changes))
        assert page.status_code == 422
        assert says in page.content.decode()
    assert not Subject.objects.exists()
    assert her.post("/me/honours/answer/", _yes(code)).status_code == 302
    row = Nomination.objects.get()
    assert (row.status, row.public_on) == (S.CONSENTED, None)
    again = her.post("/me/honours/answer/", _yes(code, number=row.number), follow=True)
    assert "不用再办" in again.content.decode()
    assert browser(cast.namesake).post("/me/honours/answer/", _yes(code, number=row.number)).status_code == 409


def test_no_is_one_click_and_a_wrong_code_is_told_in_one_sentence(cast: Cast) -> None:
    code = _letter(browser(make_honours.league().clerk))
    her = browser(cast.citizen)
    page = her.post("/me/honours/code/", {"code": "ABCD-EFGH-JKMN"})
    assert page.status_code == 422
    assert "邀请码不对" in page.content.decode()
    said = her.post("/me/honours/answer/", {"code": code, "answer": "no"}, follow=True).content.decode()
    assert "没有任何后果" in said
    assert Nomination.objects.get().status == S.REFUSED
    assert not Subject.objects.exists()
    assert her.post("/me/honours/answer/", {"code": code, "answer": "no"}).status_code == 409


def test_the_desk_walks_it_to_its_record_and_every_look_is_hers_to_read(cast: Cast) -> None:
    of = make_honours.league()
    row = make_honours.consented(cast.citizen)
    base = f"/desk/honours/{row.number}/"
    clerk, verifier, decider = browser(of.clerk), browser(of.verifier), browser(of.decider)
    page = verifier.get(base).content.decode()
    assert "林*云" in page
    assert identity("linxiuyun").id_number not in page
    assert LookUp.objects.filter(case_number=row.number, matter="honour-handling").exists()
    assert clerk.get(f"{base}verify/").status_code == 403
    assert decider.get(f"{base}decide/").status_code == 409
    assert verifier.post(f"{base}verify/", {"seen": row.revision, "opinion": ""}).status_code == 422
    assert verifier.post(f"{base}verify/", {"seen": row.revision - 1, "opinion": "一致"}).status_code == 409
    assert verifier.post(f"{base}verify/", {"seen": row.revision, "opinion": "一致"}).status_code == 302
    facts = {"opinion": "同意", "document": "哈里团荣〔2026〕1号"}
    assert decider.post(f"{base}decide/", facts).status_code == 302
    assert decider.post(f"{base}decide/", facts).status_code == 302  # a double click
    service = {"service": "direct", "day": "2099-01-01", "proof": "送达回证"}
    late = clerk.post(f"{base}take-effect/", service)
    assert late.status_code == 422
    assert "还没有到" in late.content.decode()
    assert clerk.post(f"{base}take-effect/", {**service, "day": clock.today().isoformat()}).status_code == 302
    assert CreditRecord.objects.get().item_id == "honour-volunteer"
    assert clerk.get(f"{base}withdraw/").status_code == 404  # hers alone
    assert browser(cast.clerk).get(base).status_code == 404


def test_one_click_takes_it_back_and_a_second_is_a_success(cast: Cast) -> None:
    her = browser(cast.citizen)
    row = make_honours.effective(cast.citizen, public=True)
    page = her.get("/me/honours/").content.decode()
    for said in ("撤回同意", "只撤回公开的同意", "可以享受的激励", "到哪里办", "守信三年"):
        assert said in page
    assert her.post(f"/me/honours/{row.number}/hide/").status_code == 302
    for _ in range(2):
        answer = her.post(f"/me/honours/{row.number}/withdraw/", follow=True)
        assert answer.status_code == 200
    assert CreditRecord.objects.get().status == "ended"
    assert row.honour_title not in her.get("/me/honours/").content.decode()
    early = make_honours.consented(cast.citizen, serial=2)
    for _ in range(2):
        assert her.post(f"/me/honours/{early.number}/withdraw/").status_code == 302
    assert browser(cast.namesake).post(f"/me/honours/{early.number}/withdraw/").status_code == 404


def test_what_was_given_is_reported_and_she_answers(cast: Cast) -> None:
    make_honours.effective(cast.citizen)
    make_honours.share()
    desk, her = browser(cast.wage_clerk), browser(cast.citizen)
    facts = {
        "given": "human-resources|r-employment|employment-service",
        "case_number": "就业服务〔2026〕7号",
        "received_on": clock.today().isoformat(),
        "id_number": identity("linxiuyun").id_number,
    }
    nobody = desk.post("/desk/benefits/new/", {**facts, "id_number": identity("guchanglin").id_number})
    assert nobody.status_code == 422
    assert "没有荣誉记录的人照常办理" in nobody.content.decode()
    assert desk.post("/desk/benefits/new/", {**facts, "given": "health|x|y"}).status_code == 422
    for _ in range(2):
        assert desk.post("/desk/benefits/new/", facts).status_code == 302
    got = Benefit.objects.get()
    assert identity("linxiuyun").id_number not in desk.get("/desk/benefits/").content.decode()
    assert "没有收到" in her.get("/me/honours/").content.decode()
    assert her.post(f"/me/honours/benefits/{got.number}/deny/").status_code == 302
    assert "本人说没有收到" in desk.get("/desk/benefits/").content.decode()
    assert her.post(f"/me/honours/benefits/{got.number}/receive/").status_code == 302
    assert desk.get(f"/desk/benefits/{got.number}/retract/").status_code == 404
    board = browser(cast.supervisor).get("/supervision/benefits/").content.decode()
    assert "不足 10 件" in board
    assert "林" not in re.sub(r"<(?:nav|header)[\s\S]*?</(?:nav|header)>", "", board).replace("区农林", "")


def test_the_decision_is_a_sheet_of_paper_for_her(cast: Cast) -> None:
    make_honours.effective(cast.citizen)
    her = browser(cast.citizen)
    inbox = her.get("/me/messages/").content.decode()
    assert "登记荣誉决定书" in inbox
    token = re.findall(r"/me/messages/([0-9a-f-]{36})/", inbox)
    texts = [her.get(f"/me/messages/{one}/").content.decode() for one in token]
    assert any("可以享受的激励" in text and "随时可以撤回" in text for text in texts)
