"""封存与开启: what a record said lies under seal, and comes out once, by two people, for one case."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from daoli_credit import cipher
from daoli_credit.accounts import messages, roles
from daoli_credit.accounts.models import User
from daoli_credit.audit.models import Event, LookUp
from daoli_credit.law import clock
from daoli_credit.looks.models import LookDelay
from daoli_credit.looks.workflows import delaying, opened
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState
from records import archives
from records.identity import NotThisPerson
from records.models import ArchiveCopy, ArchiveOpening, CreditRecord
from records.workflows import archive_opening, archiving
from tests import make, make_ends
from tests.cast import Cast, browser, identity


def _refused(statement: str, *values: Any, says: str = "") -> None:
    with pytest.raises(DatabaseError, match=says), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_what_a_record_said_leaves_its_row_and_lies_under_seal(cast: Cast) -> None:
    record = make.effective(cast, serial=301)
    said = dict(record.content)
    copy = make_ends.sealed(cast, serial=302)
    other = make_ends.noticed(cast, record)
    assert archiving.seal_ended(actor=User.objects.system()) == 1
    assert archiving.seal_ended(actor=User.objects.system()) == 0
    record = CreditRecord.objects.get(pk=other.pk)
    assert (record.content, record.remarks, record.severity_basis, record.reasons) == ({}, [], "", {})
    kept = ArchiveCopy.objects.get(record=record)
    assert (kept.ended_on, kept.end_kind) == (clock.today(), "elsewhere")
    assert kept.keep_until == record.keep_until
    assert kept.number != copy.number
    plain = cipher.unseal(bytes(kept.envelope), context=b"archive|" + kept.token.bytes)
    assert json.loads(plain)["content"] == said
    assert str(next(iter(said.values()))).encode() not in bytes(kept.envelope)
    name = identity("linxiuyun").name
    assert name not in plain.decode()


def test_a_record_without_a_day_of_keeping_gets_one_from_its_end(cast: Cast) -> None:
    record = make.effective(cast, serial=303)
    CreditRecord.objects.filter(pk=record.pk).update(keep_until=None)
    make_ends.noticed(cast, record)
    archiving.seal_ended(actor=User.objects.system())
    kept = ArchiveCopy.objects.get(record_id=record.pk)
    assert kept.keep_until.year == clock.today().year + 2


def test_only_an_ended_record_is_sealed_and_nothing_of_it_changes_on_the_way(cast: Cast) -> None:
    record, copy = make.effective(cast, serial=304), make_ends.sealed(cast, serial=305)
    _refused("UPDATE records_archivecopy SET record_id = %s WHERE record_id = %s", record.pk, copy.pk, says="不能改写")
    _refused("UPDATE records_archivecopy SET keep_until = keep_until + 999", says="不能改写")
    _refused("UPDATE records_archivecopy SET envelope = envelope || '\\x00'::bytea", says="不能改写")
    _refused("DELETE FROM records_archivecopy", says="只增不改")
    _refused(
        "INSERT INTO records_archivecopy (record_id, number, token, department_id, end_kind, ended_on, keep_until,"
        " sealed_on, envelope, digest) SELECT %s, 'FC2026-999999', gen_random_uuid(), department_id, 'expired',"
        " ended_on, keep_until, sealed_on, envelope, digest FROM records_archivecopy",
        record.pk,
        says="已经终止的记录",
    )
    _refused("UPDATE records_creditrecord SET content = '{}' WHERE id = %s", record.pk, says="不能改写")
    waiting = make_ends.noticed(cast, make.effective(cast, serial=306))
    _refused("UPDATE records_creditrecord SET content = '{}' WHERE id = %s", waiting.pk, says="不能改写")


def test_a_copy_is_opened_once_by_two_people_and_the_person_sees_it(cast: Cast) -> None:
    make_ends.legal_of_market(cast)
    copy = make_ends.sealed(cast)
    one = make_ends.asked(cast, copy)
    with pytest.raises(WrongState):
        archive_opening.open_once(opening_id=one.pk, actor=cast.legal)
    archive_opening.approve(opening_id=one.pk, actor=cast.decider, seen=one.revision)
    shown = archive_opening.open_once(opening_id=one.pk, actor=cast.legal)
    assert shown.who == identity("linxiuyun")
    assert shown.said["number"] == copy.record.number
    look = LookUp.objects.get(matter=archive_opening.MATTER, kind="look")
    assert (look.case_number, look.actor_id) == (one.number, cast.legal.audit_id)
    assert "行政复议" in look.purpose
    assert ArchiveOpening.objects.get(pk=one.pk).look_id == look.pk
    with pytest.raises(AlreadyDone):
        archive_opening.open_once(opening_id=one.pk, actor=cast.legal)
    page = browser(cast.citizen).get("/me/looks/").content.decode()
    assert "开启封存件（凭案号，两人）" in page
    assert one.number in page
    text = " ".join(Event.objects.filter(noun="archiveopening").values_list("opinion", flat=True))
    assert identity("linxiuyun").name not in text


def test_the_letter_comes_the_next_day_once(cast: Cast) -> None:
    make_ends.legal_of_market(cast)
    shown = make_ends.opened(cast, make_ends.sealed(cast))
    assert opened.tell_of_openings() == 0
    with clock.at(clock.today() + timedelta(days=1)):
        assert opened.tell_of_openings() == 1
        assert opened.tell_of_openings() == 0
    letter = messages.of(cast.citizen).get(noun="archiveopening")
    assert shown.opening.case_number in messages.text(letter)
    assert "邓国栋" in messages.text(letter)


def test_a_signed_delay_holds_back_the_letter_and_the_look_until_its_day(cast: Cast) -> None:
    make_ends.legal_of_market(cast)
    shown = make_ends.opened(cast, make_ends.sealed(cast))
    until = clock.today() + timedelta(days=20)
    assert shown.opening.look_id is not None
    delay = delaying.ask(
        look_id=shown.opening.look_id, article="pipl#35", reason="妨碍依法调查", until=until, actor=cast.clerk
    )
    signer = cast.both  # the one who looked cannot sign
    roles.grant(signer, cast.market, "legal")
    delaying.sign(delay_id=delay.pk, actor=User.objects.get(pk=signer.pk), seen=delay.revision)
    assert LookDelay.objects.get(pk=delay.pk).status == "signed"
    with clock.at(clock.today() + timedelta(days=2)):
        assert opened.tell_of_openings() == 0
        assert shown.opening.number not in browser(cast.citizen).get("/me/looks/").content.decode()
    with clock.at(until + timedelta(days=1)):
        assert opened.tell_of_openings() == 1
        assert shown.opening.number in browser(cast.citizen).get("/me/looks/").content.decode()


def test_nobody_opens_alone_for_no_case_or_too_late(cast: Cast) -> None:
    make_ends.legal_of_market(cast)
    copy = make_ends.sealed(cast)
    with pytest.raises(PermissionDenied):
        make_ends.asked(cast, copy, by=cast.clerk)
    for field in ("case_number", "authority", "article", "document_number"):
        with pytest.raises(RuleBroken):
            make_ends.asked(cast, copy, by=None, **{field: " "})
    with pytest.raises(RuleBroken):
        make_ends.asked(cast, copy, purpose="curiosity")
    one = make_ends.asked(cast, copy)
    with pytest.raises(AlreadyDone):
        make_ends.asked(cast, copy)
    both = cast.both
    for role in ("legal", "decider"):
        roles.grant(both, cast.market, role)
    both = User.objects.get(pk=both.pk)
    own = make_ends.asked(cast, copy, by=both)
    with pytest.raises(RuleBroken):
        archive_opening.approve(opening_id=own.pk, actor=both, seen=own.revision)
    archive_opening.approve(opening_id=one.pk, actor=cast.decider, seen=one.revision)
    with pytest.raises(PermissionDenied):
        archive_opening.open_once(opening_id=one.pk, actor=both)
    with clock.at(clock.today() + timedelta(days=6)):
        with pytest.raises(RuleBroken):
            archive_opening.open_once(opening_id=one.pk, actor=cast.legal)
        assert archive_opening.lapse_all(User.objects.system()) == 1
    refused = archive_opening.refuse(opening_id=own.pk, actor=cast.decider, opinion="没有调取文书", seen=own.revision)
    assert refused.status == "refused"
    with clock.at(copy.keep_until + timedelta(days=1)), pytest.raises(RuleBroken):
        make_ends.asked(cast, copy)


def test_the_database_refuses_one_person_and_an_opening_without_a_look(cast: Cast) -> None:
    make_ends.legal_of_market(cast)
    copy = make_ends.sealed(cast)
    one = make_ends.asked(cast, copy)
    change = "UPDATE records_archiveopening SET {} WHERE id = %s"
    _refused(
        change.format("decided_by_id = requested_by_id, decided_on = requested_on"),
        one.pk,
        says="four_eyes_on_an_opening",
    )
    _refused(change.format("status = 'approved'"), one.pk, says="without_a_second_person")
    _refused(change.format("status = 'opened'"), one.pk, says="不能改写")
    archive_opening.approve(opening_id=one.pk, actor=cast.decider, seen=one.revision)
    _refused(change.format("status = 'opened'"), one.pk, says="an_opened_copy_has_its_look")
    _refused(change.format("case_number = '别的案号'"), one.pk, says="不能改写")
    _refused(change.format("status = 'asked'"), one.pk, says="不能改写")
    _refused("DELETE FROM records_archiveopening WHERE id = %s", one.pk, says="只增不改")
    _refused(change.format("opened_on = open_until + 1, look_id = 1, status = 'opened'"), one.pk, says="in_its_time")


def test_an_altered_copy_does_not_open_and_a_foreign_look_opens_nothing(cast: Cast) -> None:
    make_ends.legal_of_market(cast)
    copy = make_ends.sealed(cast)
    shown = make_ends.opened(cast, copy)
    look = LookUp.objects.get(pk=shown.opening.look_id or 0)
    copy.digest = b"\x00" * 32
    with pytest.raises(archives.Altered):
        archives.opened(copy, look)
    look.person_key = cipher.person_keys(identity("guchanglin").id_number)[0]
    with pytest.raises(NotThisPerson):
        archives.opened(copy, look)


def test_the_pages_walk_from_asking_to_the_one_look(cast: Cast) -> None:
    make_ends.legal_of_market(cast)
    copy = make_ends.sealed(cast)
    legal, head = browser(cast.legal), browser(cast.decider)
    typed = {"number": copy.record.number, **make_ends.CASE}
    wrong = legal.post("/desk/ends/openings/new/", {**typed, "case_number": ""})
    assert wrong.status_code == 422
    assert "请填写案号" in wrong.content.decode()
    unknown = legal.post("/desk/ends/openings/new/", {**typed, "number": "DL2026-999999"})
    assert "本单位没有这一件的封存件" in unknown.content.decode()
    assert legal.post("/desk/ends/openings/new/", typed).status_code == 302
    one = ArchiveOpening.objects.get()
    at = f"/desk/ends/openings/{one.number}/"
    assert head.post(f"{at}refuse/", {"seen": "1", "opinion": ""}).status_code == 422
    assert head.post(f"{at}approve/", {"seen": "1"}).status_code == 302
    assert head.post(f"{at}open/").status_code == 403
    shown = legal.post(f"{at}open/")
    assert shown.status_code == 200
    assert identity("linxiuyun").id_number in shown.content.decode()
    assert "高远" in shown.content.decode()  # who is signed in stands in the frame, not whom the page is about
    assert shown["Cache-Control"] == "private, no-store"
    assert legal.post(f"{at}open/").status_code == 409
    for page in (legal.get(at), head.get(at), legal.get("/desk/ends/openings/")):
        assert page.status_code == 200
        assert identity("linxiuyun").id_number not in page.content.decode()
        assert copy.record.document_number not in page.content.decode()


def test_the_one_who_asked_is_told_what_became_of_it_and_how_to_go_on(cast: Cast) -> None:
    make_ends.legal_of_market(cast)
    copy = make_ends.sealed(cast)
    legal, head = browser(cast.legal), browser(cast.decider)
    number = legal.post("/desk/ends/openings/new/", {"number": "999999198803120028", **make_ends.CASE})
    assert "不要写证件号码或电话" in number.content.decode()
    refused = make_ends.asked(cast, copy)
    at = f"/desk/ends/openings/{refused.number}/"
    head.post(f"{at}refuse/", {"seen": refused.revision, "opinion": "调取文书没有写明这一件"})
    (letter,) = messages.of(cast.legal)
    assert "调取文书没有写明这一件" in messages.text(letter)
    again = f"/desk/ends/openings/new/?number={copy.number}"
    assert again in legal.get(at).content.decode()
    assert again not in head.get(at).content.decode()
    assert f'value="{copy.number}"' in legal.get(again).content.decode()
    approved = make_ends.approved(cast, copy)
    assert f"{approved.open_until:%Y-%m-%d}" in messages.text(messages.of(cast.legal)[0])
    at = f"/desk/ends/openings/{approved.number}/"
    assert "等提出人开启一次" in head.get(at).content.decode()
    assert approved.open_until is not None
    with clock.at(approved.open_until + timedelta(days=1)):
        assert again in legal.get(at).content.decode()
        assert "过期" in legal.post(f"{at}open/").content.decode()
        archive_opening.lapse_all(User.objects.system())
        assert "什么也没有显示过" in legal.get(at).content.decode()


def test_the_person_reads_both_names_the_case_and_what_to_do(cast: Cast) -> None:
    make_ends.legal_of_market(cast)
    opening = make_ends.opened(cast, make_ends.sealed(cast)).opening
    page = browser(cast.citizen).get("/me/looks/").content.decode()
    for words in (opening.number, opening.case_number, opening.article, "高远", "邓国栋 同意", "请说明这次查询"):
        assert words in page, words
    assert "（（" not in page
    with clock.at(clock.today() + timedelta(days=1)):
        assert opened.tell_of_openings() == 1
    letter = next(one for one in messages.of(cast.citizen) if one.title == "您的一件封存件开启过")
    said = messages.text(letter)
    for words in ("平时谁也看不到", "高远提出并开启", "邓国栋同意", "请说明这次查询", "区信用办投诉", "行政复议"):
        assert words in said, words
    at = browser(cast.legal).get(f"/desk/ends/openings/{opening.number}/").content.decode()
    assert "另行提出" in at
