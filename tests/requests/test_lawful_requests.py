"""依法调取: a document, two people, one named person; given once, registered, and told when the law allows."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from pypdf import PdfReader

from daoli_credit import cipher
from daoli_credit.accounts import messages, roles
from daoli_credit.audit.models import Event, LookUp
from daoli_credit.law import clock
from daoli_credit.looks import selectors as looks
from daoli_credit.looks.workflows import delaying, handed
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState
from records.identity import Identity
from records.models import CreditRecord, Disclosure, LawfulRequest, RequestFile
from records.models.lawful_request import R
from records.rules.id_number import RESIDENT
from records.workflows import archive_opening, giving, noticing, requesting
from tests import make, make_ends, make_listing, make_requests
from tests.cast import Cast, browser, identity
from tests.days import TOMORROW, YESTERDAY, all_dated


def _refused(statement: str, *values: Any, says: str = "") -> None:
    with pytest.raises(DatabaseError, match=says), transaction.atomic():
        _at_once(statement, values)


def _at_once(statement: str, values: tuple[Any, ...]) -> None:
    """With what is otherwise asked at commit only."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_what_the_document_asks_is_given_once_registered_and_not_kept(cast: Cast) -> None:
    record = make.effective(cast, serial=901)
    outside = make.effective(cast, serial=902, decided=clock.today() - timedelta(days=20))
    one = make_requests.extracted(cast, period_from=clock.today() - timedelta(days=15))
    assert one.given == [record.number]
    assert outside.number not in one.given
    _, who, said = giving.fetch(request_id=one.pk, actor=cast.clerk)
    assert who == identity("linxiuyun")
    assert said["records"][0]["number"] == record.number
    one = giving.hand_over(request_id=one.pk, actor=cast.clerk, receipt="送达回证第9号", seen=one.revision)
    given = Disclosure.objects.get(channel="依法调取")
    assert (given.record_number, given.recipient_title) == (record.number, one.body_name)
    assert "民事诉讼法" in given.basis
    assert one.number in given.basis
    assert not RequestFile.objects.filter(kind="answer").exists()
    with pytest.raises(RuleBroken, match="不留存"):
        giving.fetch(request_id=one.pk, actor=cast.clerk)


def test_nothing_held_is_an_answer_that_looks_the_same(cast: Cast) -> None:
    one = make_requests.handed(cast, who=make_listing.someone("z"))
    assert one.given == []
    assert one.status == R.HANDED
    assert not Disclosure.objects.exists()
    assert LookUp.objects.filter(matter=giving.MATTER, case_number=one.number, kind="look").count() == 1


def test_an_ended_record_is_no_part_of_it_and_comes_out_by_its_own_procedure_only(cast: Cast) -> None:
    make_ends.legal_of_market(cast)
    copy = make_ends.sealed(cast, serial=903)
    one = make_requests.extracted(cast)
    assert one.given == []
    case: dict[str, Any] = {
        "purpose": "supervision",
        "case_number": one.case_number,
        "authority": one.body_name,
        "article": "民事诉讼法第七十条",
        "document_number": one.document_number,
    }
    asked = make_ends.asked(cast, copy, **case)
    archive_opening.approve(opening_id=asked.pk, actor=cast.decider, seen=asked.revision)
    assert giving.openings(one) == []
    archive_opening.open_once(opening_id=asked.pk, actor=cast.legal)
    giving.hand_over(request_id=one.pk, actor=cast.clerk, receipt="回执1", seen=one.revision)
    assert Disclosure.objects.get(channel="依法调取").record_number == copy.record.number


def test_what_changed_since_the_extraction_is_not_handed_over(cast: Cast) -> None:
    record = make.effective(cast, serial=904)
    one = make_requests.extracted(cast)
    make_ends.noticed(cast, record)
    for act in (
        lambda: giving.fetch(request_id=one.pk, actor=cast.clerk),
        lambda: giving.hand_over(request_id=one.pk, actor=cast.clerk, receipt="回执", seen=one.revision),
    ):
        with pytest.raises(RuleBroken, match="重新提取"):
            act()
    again = giving.renew(request_id=one.pk, actor=cast.clerk, seen=one.revision)
    assert again.given == []
    assert giving.hand_over(request_id=one.pk, actor=cast.clerk, receipt="回执", seen=again.revision).status == R.HANDED


def test_another_name_than_the_registers_gives_nothing_away(cast: Cast) -> None:
    make.effective(cast, serial=905)
    number = identity("linxiuyun").id_number
    one = make_requests.approved(cast, who=Identity("林秀芸", RESIDENT, number))
    with pytest.raises(RuleBroken, match="姓名"):
        giving.extract(request_id=one.pk, actor=cast.clerk, seen=one.revision)
    assert not LookUp.objects.filter(matter=giving.MATTER).exists()


def test_the_registrar_does_not_sign_and_nobody_else_registers(cast: Cast) -> None:
    roles.grant(cast.clerk, cast.market, "decider")
    one = make_requests.asked(cast)
    for act in (
        lambda: requesting.approve(request_id=one.pk, actor=cast.clerk, seen=1),
        lambda: requesting.refuse(request_id=one.pk, actor=cast.clerk, refusal="body", opinion="不符", seen=1),
    ):
        with pytest.raises(RuleBroken, match="登记人"):
            act()  # type: ignore[no-untyped-call]  # one of two lambdas
    with pytest.raises(PermissionDenied):
        make_requests.asked(cast, by=cast.reviewer)
    with pytest.raises(PermissionDenied):
        requesting.approve(request_id=one.pk, actor=cast.other_reviewer, seen=1)
    with pytest.raises(AlreadyDone):
        make_requests.asked(cast)


def test_a_refusal_has_its_reason_and_ends_it(cast: Cast) -> None:
    one = make_requests.asked(cast)
    head = make_requests.head_of_market(cast)
    with pytest.raises(RuleBroken, match="理由"):
        requesting.refuse(request_id=one.pk, actor=head, refusal="", opinion="不符", seen=1)
    one = requesting.refuse(request_id=one.pk, actor=head, refusal="population", opinion="附的是名单", seen=1)
    assert (one.status, one.over_on) == (R.REFUSED, clock.today())
    with pytest.raises(WrongState):
        giving.extract(request_id=one.pk, actor=cast.clerk, seen=one.revision)
    assert make_requests.asked(cast).pk != one.pk  # put right, the same document may come again


def test_what_was_taken_back_leaves_no_copy(cast: Cast) -> None:
    make.effective(cast, serial=906)
    one = make_requests.extracted(cast)
    one = requesting.withdraw(request_id=one.pk, actor=cast.clerk, opinion="对方来函撤回", seen=one.revision)
    assert one.status == R.WITHDRAWN
    assert not RequestFile.objects.filter(kind="answer").exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"body": "bank"}, "共享申请"),
        ({"article": "supervision-law#18"}, "没有给人民法院"),
        ({"officers": 1}, "两名以上"),
        ({"items": ["list-wage"]}, "本部门持有"),
        ({"items": []}, "本部门持有"),
        ({"case_number": " "}, "案号"),
        ({"document_on": TOMORROW}, "收到日"),
        ({"period_from": timedelta(), "period_to": YESTERDAY}, "期间"),
        ({"answer_by": timedelta(days=-9)}, "答复日"),
    ],
)
def test_what_no_law_lets_them_ask_is_refused_in_words(cast: Cast, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(RuleBroken, match=says):
        make_requests.asked(cast, **all_dated(changes))
    assert not LawfulRequest.objects.exists()


def test_an_article_whose_text_nobody_has_read_gives_nothing_away(cast: Cast) -> None:
    make_listing.suspend("bases", "civil-procedure-law")
    with pytest.raises(RuleBroken, match="没有确认"):
        make_requests.asked(cast)


def test_the_person_reads_of_it_the_next_day(cast: Cast) -> None:
    make.effective(cast, serial=907)
    one = make_requests.handed(cast)
    keys = cast.citizen.person_keys()
    assert [row.look.case_number for row in looks.told(keys) if row.look.matter == giving.MATTER] == [one.number]
    assert looks.disclosures(cast.citizen).filter(channel="依法调取").count() == 1
    assert handed.tell_of_requests() == 0
    with clock.at(clock.today() + timedelta(days=1)):
        assert (handed.tell_of_requests(), handed.tell_of_requests()) == (1, 0)
        letter = messages.text(messages.of(cast.citizen).get(title="您的信用信息依法被调取过"))
    assert one.case_number in letter
    assert cast.citizen.person_keys()[0].hex() not in letter
    assert "依法调取" in browser(cast.citizen).get("/me/looks/").content.decode()


def test_a_signed_delay_holds_back_look_register_and_letter_until_its_day(cast: Cast) -> None:
    make.effective(cast, serial=908)
    one = make_requests.extracted(cast)
    until = clock.today() + timedelta(days=30)
    asked = delaying.ask(
        look_id=one.look_id or 0, article="pipl#35", reason="正在取证，告知会妨碍取证", until=until, actor=cast.clerk
    )
    roles.grant(cast.legal, cast.market, "legal")
    delaying.sign(delay_id=asked.pk, actor=cast.legal, seen=1)
    giving.hand_over(request_id=one.pk, actor=cast.clerk, receipt="回执1", seen=one.revision)
    keys = cast.citizen.person_keys()

    def seen() -> tuple[bool, bool]:
        told = any(row.look.matter == giving.MATTER for row in looks.told(keys))
        return told, looks.disclosures(cast.citizen).filter(channel="依法调取").exists()

    assert seen() == (False, False)
    with clock.at(until):
        assert (seen(), handed.tell_of_requests()) == ((False, False), 0)
    with clock.at(until + timedelta(days=1)):
        assert (seen(), handed.tell_of_requests()) == ((True, True), 1)


@pytest.fixture
def running(cast: Cast) -> LawfulRequest:
    return make_requests.asked(cast)


def test_the_database_refuses_what_the_acts_would_not_do(cast: Cast, running: LawfulRequest) -> None:
    change = "UPDATE records_lawfulrequest SET {} WHERE id = %s"
    _refused(change.format("status = 'approved'"), running.pk, says="without_a_second_person")
    _refused(
        change.format("status = 'approved', decided_by_id = registered_by_id, decided_on = registered_on"),
        running.pk,
        says="four_eyes_on_a_request",
    )
    _refused(change.format("status = 'handed'"), running.pk, says="不能改写")
    _refused(change.format("case_number = '别的'"), running.pk, says="不能改写")
    _refused(change.format("items = '{penalty-food,list-wage}'"), running.pk, says="不能改写")
    _refused(change.format("person_key = %s"), b"\x00" * 34, running.pk, says="不能改写")
    _refused("DELETE FROM records_lawfulrequest WHERE id = %s", running.pk, says="只增不改")
    _refused("DELETE FROM records_requestfile WHERE request_id = %s", running.pk, says="不能删除")
    answer = """INSERT INTO records_requestfile (request_id, token, kind, format, size, digest, envelope)
                SELECT request_id, gen_random_uuid(), 'answer', 'json', 1, digest, envelope
                FROM records_requestfile WHERE request_id = %s"""
    _refused(answer, running.pk, says="没有经另一人同意")
    columns = [
        str(field.column)
        for field in LawfulRequest._meta.concrete_fields
        if field.column not in {"id", "token", "number"}
    ]
    kept = ", ".join(columns)

    def copied(**changes: str) -> str:
        values = ", ".join(changes.get(column, column) for column in columns)
        return (
            f"INSERT INTO records_lawfulrequest (number, token, {kept}) "  # noqa: S608 - our own column names
            f"SELECT 'DQ2026-999999', gen_random_uuid(), {values} FROM records_lawfulrequest WHERE id = %s"
        )

    fresh = {"document_number": "'另一份文书'"}
    _refused(copied(**fresh), running.pk, says="没有附文书")
    _refused(copied(), running.pk, says="a_document_asks_once_for_a_person")
    _refused(copied(**fresh, article="'supervision-law#18'"), running.pk, says="article_of_its_body")
    _refused(copied(**fresh, body="'bank'"), running.pk, says="article_of_its_body")
    _refused(copied(**fresh, officers="1"), running.pk, says="by_two")
    _refused(copied(**fresh, items="'{}'"), running.pk, says="named_things")
    _refused(copied(**fresh, received_on="document_on - 1"), running.pk, says="follow_each_other")
    _refused(copied(**fresh, status="'approved'"), running.pk, says="只能从登记开始")
    _refused(copied(**fresh, case_number="''"), running.pk, says="its_document_and_its_case")


def test_a_handed_request_keeps_no_answer_whoever_writes(cast: Cast) -> None:
    make.effective(cast, serial=909)
    one = make_requests.extracted(cast)
    _refused(
        "UPDATE records_lawfulrequest SET status = 'handed', handed_by_id = extracted_by_id,"
        " handed_on = extracted_on, over_on = extracted_on, receipt = '回执' WHERE id = %s",
        one.pk,
        says="办结以后不留",
    )


def test_no_name_and_no_number_stands_in_evidence_or_in_the_clear(cast: Cast) -> None:
    make.effective(cast, serial=910)
    one = make_requests.handed(cast)
    who = identity("linxiuyun")
    row = LawfulRequest.objects.filter(pk=one.pk).values().get()
    said = f"{row}{list(Event.objects.values())}{list(LookUp.objects.values())}"
    assert who.name not in said
    assert who.id_number not in said
    assert who.name.encode() not in bytes(row["person"])
    assert bytes(row["person_key"]) in cipher.person_keys(who.id_number)


def _typed(**changes: Any) -> dict[str, Any]:
    who, facts = identity("linxiuyun"), make_requests.facts()
    typed = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    scan = SimpleUploadedFile("a.pdf", make_requests.SCAN)
    return {
        **typed,
        "party_name": who.name,
        "id_type": who.id_type,
        "id_number": who.id_number,
        "scan": scan,
        **changes,
    }


def test_a_population_or_a_missing_document_comes_back_filled_in(cast: Cast) -> None:
    clerk = browser(cast.clerk)
    two = f"{identity('linxiuyun').id_number}、{identity('guchanglin').id_number}"
    for changes, says in (
        ({"id_number": two}, "一次只能调取指明的人"),
        ({"party_name": "全部从业人员"}, "一次只能调取指明的人"),
        ({"id_number": ""}, "一次只能调取指明的人"),
        ({"body": "bank"}, "只有法院"),
        ({"scan": SimpleUploadedFile("a.pdf", b"MZ not a paper")}, "只收"),
        ({"scan": ""}, "请选择文件"),
        ({"officers": "1"}, "两名以上"),
        ({"document_number": ""}, "没有文书的不能登记"),
    ):
        answer = clerk.post("/desk/requests/new/", _typed(**changes))
        assert answer.status_code == 422
        assert says in answer.content.decode(), changes
        assert "曹承办" in answer.content.decode()
    assert not LawfulRequest.objects.exists()


def test_the_pages_walk_from_the_document_to_the_receipt(cast: Cast) -> None:
    record = make.effective(cast, serial=911)
    head, clerk = browser(make_requests.head_of_market(cast)), browser(cast.clerk)
    assert clerk.post("/desk/requests/new/", _typed()).status_code == 302
    assert clerk.post("/desk/requests/new/", _typed()).status_code == 302  # a double click
    one = LawfulRequest.objects.get()
    at, who = f"/desk/requests/{one.number}/", identity("linxiuyun")
    assert clerk.post(f"{at}approve/", {"seen": "1"}).status_code == 403
    assert head.post(f"{at}refuse/", {"seen": "1", "refusal": "", "opinion": ""}).status_code == 422
    assert head.post(f"{at}approve/", {"seen": "1"}).status_code == 302
    assert head.post(f"{at}approve/", {"seen": "1"}).status_code == 302
    assert head.post(f"{at}extract/", {"seen": "1"}).status_code == 403
    assert clerk.post(f"{at}extract/", {"seen": "7"}).status_code == 409
    assert clerk.post(f"{at}extract/", {"seen": "1"}).status_code == 302
    answer = clerk.post(f"{at}files/answer/")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    for word in (who.name, who.id_number, record.number, record.document_number):
        assert word in text.replace("\n", "")
    assert head.post(f"{at}files/answer/").status_code == 403
    assert head.post(f"{at}files/document/").content == make_requests.SCAN
    assert clerk.post(f"{at}hand-over/", {"seen": "2", "receipt": ""}).status_code == 422
    assert clerk.post(f"{at}hand-over/", {"seen": "2", "receipt": "送达回证第9号"}).status_code == 302
    letter = clerk.post(f"{at}files/letter/")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(letter.content)).pages).replace("\n", "")
    assert record.number in text
    assert who.id_number not in text
    assert clerk.post(f"{at}files/answer/").status_code == 302
    for page in (clerk.get(at), head.get(at), clerk.get("/desk/requests/"), clerk.get("/desk/")):
        assert page.status_code == 200
        assert who.id_number not in page.content.decode()
    assert browser(cast.other_clerk).get(at).status_code == 404
    assert browser(cast.reviewer).get(at).status_code == 403


def test_an_ended_record_shows_nowhere_in_a_request(cast: Cast) -> None:
    record = make.effective(cast, serial=912)
    one = make_requests.extracted(cast)
    notice = make_ends.noted(cast, CreditRecord.objects.get(pk=record.pk))
    noticing.confirm(notice_id=notice.pk, actor=cast.reviewer, seen=notice.revision)
    answer = browser(cast.clerk).post(f"/desk/requests/{one.number}/files/answer/")
    assert answer.status_code == 302
    assert record.number not in browser(cast.clerk).get(f"/desk/requests/{one.number}/").content.decode()
