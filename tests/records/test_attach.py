"""附件: told by its bytes, sealed in the database, opened by few, and never shown or run in a page's own place."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from daoli_credit.audit.models import LookUp
from daoli_credit.workflow import AlreadyDone, RuleBroken, Stale, WrongState
from records import sealed_attachments
from records.models import Attachment, CreditRecord
from records.models.attachment import Paper
from records.rules.attachable import MOST_BYTES, sniff
from records.rules.problem import Wrong
from records.workflows import attaching
from records.workflows import record as acts
from tests import make
from tests.cast import Cast, browser

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


def _zip(name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as box:
        box.writestr(name, "<ofd/>")
    return made.getvalue()


def _attached(cast: Cast, record: CreditRecord, data: bytes = PDF, seen: int | None = None) -> Attachment:
    made = sealed_attachments.prepared(data, Paper.DECISION, cast.clerk)
    revision = CreditRecord.objects.values_list("revision", flat=True).get(pk=record.pk)
    return attaching.attach(record_id=record.pk, made=made, actor=cast.clerk, seen=seen or revision)


@pytest.mark.parametrize(("data", "kind"), [(PDF, "pdf"), (JPEG, "jpg"), (PNG, "png"), (_zip("OFD.xml"), "ofd")])
def test_a_file_is_what_its_bytes_say(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "0 字节"),
        (PDF + b"0" * MOST_BYTES, "超过 10 MB"),
        (_zip("xl/workbook.xml"), "只收"),
        (b"MZ\x90\x00", "只收"),
        (b"<html><script>", "只收"),
        (b"<svg xmlns=", "只收"),
        (b" %PDF-1.4", "只收"),
    ],
)
def test_anything_else_is_refused_with_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(Wrong, match=says):
        sniff(data)


def _outcome(data: bytes) -> str:
    try:
        return sniff(data)
    except Wrong as why:
        return why.fix


@given(st.binary(max_size=300))
def test_bytes_are_taken_or_refused_and_never_break(data: bytes) -> None:
    assert _outcome(data)


def test_it_is_sealed_and_comes_back_whole(cast: Cast) -> None:
    kept = _attached(cast, make.draft(cast))
    kept.refresh_from_db()
    assert PDF[:8] not in bytes(kept.envelope)
    assert sealed_attachments.opened(kept) == PDF
    whole = bytes(kept.envelope)
    kept.envelope = whole[:-1] + bytes([whole[-1] ^ 1])  # a fixed letter is the right one once in 256 times
    with pytest.raises(Exception, match="密文"):
        sealed_attachments.opened(kept)


def test_a_file_makes_what_was_on_screen_stale_and_the_same_one_is_added_once(cast: Cast) -> None:
    record = make.draft(cast)
    _attached(cast, record)
    with pytest.raises(Stale):
        _attached(cast, record, JPEG, seen=1)
    with pytest.raises(AlreadyDone):
        _attached(cast, record)
    for serial in range(attaching.MOST - 1):
        _attached(cast, record, PDF + bytes([serial]))
    with pytest.raises(RuleBroken, match="最多"):
        _attached(cast, record, JPEG)


def test_after_reporting_nothing_is_added_or_taken_away(cast: Cast) -> None:
    record = make.draft(cast)
    kept = _attached(cast, record)
    acts.submit(record_id=record.pk, actor=cast.clerk, seen=2)
    with pytest.raises(WrongState):
        _attached(cast, record, JPEG)
    with pytest.raises(WrongState):
        attaching.detach(record_id=record.pk, token=str(kept.token), actor=cast.clerk, seen=2)
    for statement in (
        "DELETE FROM records_attachment WHERE id = %s",
        "UPDATE records_attachment SET size = 1 WHERE id = %s",
        "UPDATE records_attachment SET record_id = NULL WHERE id = %s",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [kept.pk])


def test_by_the_pages_it_is_added_opened_because_of_a_look_and_taken_away(cast: Cast) -> None:
    record = make.draft(cast)
    clerk, page = browser(cast.clerk), f"/desk/records/{record.number}/"
    wrong = clerk.post(f"{page}papers/", {"seen": 1, "paper": "decision", "file": SimpleUploadedFile("a.pdf", b"MZ")})
    assert wrong.status_code == 422
    assert "只收 PDF" in wrong.content.decode()
    assert clerk.post(f"{page}papers/", {"seen": 1, "paper": "decision"}).status_code == 422
    named = SimpleUploadedFile("林秀云 决定书.html", PDF)
    assert clerk.post(f"{page}papers/", {"seen": 1, "paper": "decision", "file": named}).status_code == 302
    kept = record.attachments.get()
    looks = LookUp.objects.count()
    opened = clerk.post(f"{page}papers/{kept.token}/")
    assert opened.content == PDF
    assert opened["Content-Type"] == "application/pdf"
    assert opened["Content-Disposition"].startswith("attachment")
    assert "秀" not in opened["Content-Disposition"]
    assert "sandbox" in opened["Content-Security-Policy"]
    assert opened["X-Content-Type-Options"] == "nosniff"
    assert LookUp.objects.count() == looks + 1
    assert browser(cast.other_clerk).post(f"{page}papers/{kept.token}/").status_code == 404
    assert browser(cast.supervisor).post(f"{page}papers/{kept.token}/").status_code == 403
    assert clerk.post(f"{page}papers/remove/", {"seen": 1, "token": kept.token}).status_code == 409
    assert clerk.post(f"{page}papers/remove/", {"seen": 2, "token": kept.token}).status_code == 302
    assert not record.attachments.exists()


def test_the_person_reads_the_document_of_their_own_record_and_nobody_elses(cast: Cast) -> None:
    record = make.draft(cast)
    kept = _attached(cast, record)
    address = f"/me/records/{record.number}/papers/{kept.token}/"
    assert browser(cast.citizen).get(address).status_code == 404, "a draft is nobody's"
    acts.submit(record_id=record.pk, actor=cast.clerk, seen=2)
    make.opened(record, cast.reviewer)
    acts.approve(record_id=record.pk, actor=cast.reviewer, opinion="", seen=2)
    her = browser(cast.citizen)
    assert address in her.get(f"/me/records/{record.number}/").content.decode()
    assert her.get(address).content == PDF
    assert browser(cast.namesake).get(address).status_code == 404
