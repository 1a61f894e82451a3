"""Stored as served: the first opening sets and seals the file, every later one gives the same bytes, with its proof."""

import hashlib
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import Message
from daoli_credit.audit.models import Event, LookUp
from daoli_credit.law import clock
from records import identity, papers, sealed_papers
from records.models import Objection, Paper, PaperService, Repair
from records.workflows import paper as acts
from records.workflows import repair as repair_acts
from records.workflows.settling import Answer
from tests import make, make_listing, make_objections, make_repairs
from tests.cast import Cast, browser
from tests.cast import identity as person
from tests.paper.test_sheet import flat, said

pytestmark = pytest.mark.django_db


def letter(title: str) -> Message:
    return Message.objects.filter(title=title).latest("pk")


def own(who: Client, message: Message) -> bytes:
    answer = who.get(f"/me/messages/{message.token}/pdf/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    return bytes(answer.content)


def test_both_documents_of_a_record_say_on_paper_what_they_say_on_the_screen(cast: Cast) -> None:
    record = make.effective(cast)
    her = browser(cast.citizen)
    for title in ("信用信息记入告知书", "信用修复告知书"):
        message = letter(title)
        data = own(her, message)
        screen = her.get(f"/me/messages/{message.token}/").content.decode()
        for line in (line for line in said_lines(message) if line):
            assert flat(line) in said(data)
            assert line.strip() in screen.replace("&quot;", '"')
        assert f"系统编号：{record.number}" in said(data)
        assert "林秀云（居民身份证" in said(data)


def said_lines(message: Message) -> list[str]:
    return messages.text(message).splitlines()


def test_the_second_opening_gives_the_bytes_of_the_first(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    make.effective(cast)
    her, message = browser(cast.citizen), letter("信用修复告知书")
    first = own(her, message)
    monkeypatch.setattr("daoli_credit.paper.sheet.LAYOUT", "later")
    monkeypatch.setattr("daoli_credit.paper.sheet.pdf", lambda page: b"another setting")
    assert own(her, message) == first
    paper = Paper.objects.get()
    assert bytes(paper.digest) == hashlib.sha256(first).digest()
    assert first not in bytes(paper.envelope)
    event = Event.objects.get(act="paper.made")
    assert event.root is not None
    assert bytes(event.root) == bytes(paper.digest)
    assert event.object_id == str(paper.pk)


def test_nobody_opens_the_letter_of_another(cast: Cast) -> None:
    make.effective(cast)
    address = f"/me/messages/{letter('信用修复告知书').token}/pdf/"
    assert browser(cast.namesake).get(address).status_code == 404
    assert browser(None).get(address).status_code == 302


def test_staff_open_it_for_a_purpose_that_the_person_reads(cast: Cast) -> None:
    record = make.effective(cast)
    desk, message = browser(cast.clerk), letter("信用信息记入告知书")
    assert message.title in desk.get(f"/desk/records/{record.number}/").content.decode()
    assert "林秀云" not in desk.get(f"/desk/papers/{message.token}/").content.decode()
    before = LookUp.objects.count()
    refused = desk.post(
        f"/desk/papers/{message.token}/open/", {"purpose": "", "document_number": "哈里市监〔2026〕7号"}
    )
    assert refused.status_code == 422
    assert "请选择用途" in refused.content.decode()
    assert "哈里市监〔2026〕7号" in refused.content.decode()
    assert LookUp.objects.count() == before
    assert not Paper.objects.exists()
    opened = desk.post(
        f"/desk/papers/{message.token}/open/", {"purpose": "打印送达当事人", "document_number": "哈里市监〔2026〕7号"}
    )
    assert "文号：哈里市监〔2026〕7号" in said(opened.content)
    look = LookUp.objects.latest("pk")
    assert (look.purpose, look.case_number, look.shown) == ("打印送达当事人", record.number, ["paper", "identity"])
    assert own(browser(cast.citizen), message) == opened.content


def test_another_department_finds_nothing_and_the_persons_own_words_are_no_document(cast: Cast) -> None:
    objection = make_objections.raised(cast)
    words = Message.objects.get(pk=objection.letter_id)
    assert browser(cast.other_clerk).get(f"/desk/papers/{letter('信用修复告知书').token}/").status_code == 404
    assert browser(cast.reviewer).get(f"/desk/papers/{words.token}/").status_code == 404
    assert browser(cast.citizen).get(f"/me/messages/{words.token}/pdf/").status_code == 404


def test_service_is_registered_once_with_its_proof(cast: Cast) -> None:
    make.effective(cast)
    desk, message = browser(cast.clerk), letter("信用信息记入告知书")
    address, today = f"/desk/papers/{message.token}/", clock.today()
    assert desk.post(f"{address}serve/", {}).status_code == 404  # nothing was made yet
    desk.post(f"{address}open/", {"purpose": "打印送达当事人"})
    for typed, said_why in (
        ({"how": "", "when": today, "proof": "回证1"}, "请选择送达方式"),
        ({"how": "direct", "when": today, "proof": ""}, "请写明送达证明"),
        ({"how": "direct", "when": today + timedelta(days=1), "proof": "回证1"}, "还没有到"),
        ({"how": "direct", "when": today - timedelta(days=1), "proof": "回证1"}, "不能早于制成日"),
        ({"how": "direct", "when": today, "proof": cast_number()}, "证件号码"),
    ):
        bad = desk.post(f"{address}serve/", typed)
        assert bad.status_code == 422, typed
        assert said_why in bad.content.decode()
    good = {"how": "direct", "when": today, "proof": "送达回证 2026-18"}
    assert desk.post(f"{address}serve/", good).status_code == 302
    assert desk.post(f"{address}serve/", good).status_code == 302  # a double click
    assert desk.post(f"{address}serve/", {**good, "how": "post"}).status_code == 422
    assert PaperService.objects.count() == Event.objects.filter(act="paper.served").count() == 1
    shown = browser(cast.citizen).get(f"/me/messages/{message.token}/").content.decode()
    assert "送达回证 2026-18" in shown
    assert Paper.objects.get().digest_hex in shown


def cast_number() -> str:
    return person("linxiuyun").id_number


def test_whoever_only_looks_may_not_register_a_service(cast: Cast) -> None:
    make.effective(cast)
    message = letter("信用信息记入告知书")
    matter = papers.of_person(message)
    assert matter is not None
    own(browser(cast.citizen), message)
    with pytest.raises(PermissionDenied):
        acts.serve(
            paper_id=Paper.objects.get().pk, matter=matter, actor=cast.other_clerk, how="direct",
            when=clock.today(), proof="回证1",
        )  # fmt: skip


def test_every_letter_of_a_repair_and_of_an_objection_is_a_document(cast: Cast) -> None:
    repair = make_repairs.unmet(cast)
    repair = repair_acts.supply(repair_id=repair.pk, actor=cast.citizen, statement="已缴清", seen=repair.revision)
    repair = repair_acts.accept(repair_id=repair.pk, actor=cast.clerk, seen=repair.revision)
    repair_acts.decide(repair_id=repair.pk, actor=cast.reviewer, seen=Repair.objects.get(pk=repair.pk).revision)
    objection = make_objections.raised(cast, make.effective(cast, serial=9))
    make_objections.answer(cast, objection, Answer("fine", upheld=False, reason="决定书载明的就是这个数额。"))
    her = browser(cast.citizen)
    titles = (
        "已收到信用修复申请", "信用修复条件未满足告知", "信用修复申请已受理", "同意信用修复告知", "信用修复办结告知",
        "已收到异议申诉",
    )  # fmt: skip
    for title in titles:
        message = letter(title)
        text = said(own(her, message))
        for line in said_lines(message):
            assert flat(line) in text, title
    answer = Message.objects.filter(title__startswith="异议申诉答复").latest("pk")
    assert f"文号：{Objection.objects.get(pk=objection.pk).answer_number}" in said(own(her, answer))


def test_the_notice_of_a_listing_carries_its_number_and_the_whole_identity(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    message = letter("拟列入告知书")
    desk = browser(cast.wage_clerk)
    assert "拟列入告知书" in desk.get(f"/desk/listings/{listing.number}/").content.decode()
    opened = desk.post(f"/desk/papers/{message.token}/open/", {"purpose": "打印送达当事人"})
    look = LookUp.objects.latest("pk")
    who = identity.reveal(listing.subject, because=look)
    text = said(opened.content)
    assert flat(f"文号：{listing.notice_number}") in text
    assert f"{who.name}（居民身份证{who.id_number}）" in text
    for line in said_lines(message):
        assert flat(line) in text


def test_the_database_keeps_a_paper_and_its_service_as_they_were(cast: Cast) -> None:
    make.effective(cast)
    message = letter("信用信息记入告知书")
    desk = browser(cast.clerk)
    desk.post(f"/desk/papers/{message.token}/open/", {"purpose": "打印送达当事人"})
    desk.post(f"/desk/papers/{message.token}/serve/", {"how": "direct", "when": clock.today(), "proof": "回证 1"})
    for statement in (
        "UPDATE records_paper SET digest = digest || 'x'",
        "UPDATE records_paper SET document_number = '补编〔2026〕1号'",
        "UPDATE records_paperservice SET served_on = served_on - 1",
        "INSERT INTO records_paperservice (paper_id, how, served_on, proof, registered_on, registered_by_id) "
        "SELECT paper_id, 'read-online', served_on, proof, registered_on, registered_by_id FROM records_paperservice",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_an_altered_envelope_does_not_pass_for_the_document(cast: Cast) -> None:
    make.effective(cast)
    own(browser(cast.citizen), letter("信用信息记入告知书"))
    paper = Paper.objects.select_related("message").get()
    forged = Paper(message=paper.message)
    sealed_papers.seal(forged, b"%PDF forged")
    paper.envelope = forged.envelope
    with pytest.raises(sealed_papers.Altered):
        sealed_papers.opened(paper)
