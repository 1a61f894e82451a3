"""电子送达: only with what the person has signed (行政处罚法 61), for a decision and every letter; its scan is kept."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client

from daoli_credit.accounts.models import Message, User
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from records.models import Attachment, CreditRecord, Paper, PaperConfirmation, PaperService
from records.workflows import retention, service
from tests import make, make_ends
from tests.cast import Cast, browser
from tests.days import years_on

NOT_SERVED = {"service": "", "served_on": ""}
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
SAYS = "电子送达要有本人签过的确认书"


def _scan(data: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile("林秀云 确认书.pdf", data)


def _record(client: Client, record: CreditRecord, **more: object) -> object:
    typed = {"how": "electronic", "when": record.determined_on.isoformat(), "seen": record.revision, **more}
    return client.post(f"/desk/records/{record.number}/serve/", typed)


def _letter(cast: Cast, serial: int = 1) -> tuple[Client, str, Callable[..., object]]:
    record = make.effective(cast, serial=serial)
    message = Message.objects.get(title="信用信息记入告知书", noun="creditrecord", object_id=str(record.pk))
    client, there = browser(cast.clerk), f"/desk/papers/{message.token}/"
    client.post(f"{there}open/", {"purpose": "打印送达当事人"})
    typed = {"how": "electronic", "when": clock.today().isoformat(), "proof": "邮件回执 18"}
    return client, there, lambda **more: client.post(f"{there}serve/", {**typed, **more})


def test_a_decision_is_served_electronically_only_with_the_scan_which_stays_with_the_record(cast: Cast) -> None:
    record, clerk = make.effective(cast, **NOT_SERVED), browser(cast.clerk)
    for more, says in (
        ({}, SAYS),
        ({"confirmation": _scan(b"MZ\x90")}, "只收 PDF"),
        ({"confirmation": _scan(b"")}, "0 字节"),
    ):
        answer = _record(clerk, record, **more)
        assert answer.status_code == 422  # type: ignore[attr-defined]
        assert says in answer.content.decode()  # type: ignore[attr-defined]
        assert not Attachment.objects.exists()
    assert _record(clerk, record, confirmation=_scan()).status_code == 302  # type: ignore[attr-defined]
    assert _record(clerk, record, confirmation=_scan()).status_code == 302  # type: ignore[attr-defined]  # a double click
    record.refresh_from_db()
    assert record.service == "electronic"
    kept = record.attachments.get()
    assert kept.paper == "confirmation"
    assert clerk.post(f"/desk/records/{record.number}/papers/{kept.token}/").content == PDF


def test_the_database_wants_the_confirmation_before_the_service(cast: Cast) -> None:
    record = make.effective(cast, **NOT_SERVED)
    served = {"service": "electronic", "served_on": record.determined_on}
    with pytest.raises(IntegrityError, match=SAYS), transaction.atomic():
        CreditRecord.objects.filter(pk=record.pk).update(**served)
    service.register(record_id=record.pk, how="left", when=record.determined_on, actor=cast.clerk, seen=1)
    _, _, serve = _letter(cast, 2)
    with pytest.raises(IntegrityError, match=SAYS), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_paperservice (paper_id, how, served_on, proof, registered_on, registered_by_id)"
            " VALUES (%s, 'electronic', current_date, '回执', current_date, %s)",
            [Paper.objects.get().pk, cast.clerk.pk],
        )
    assert serve(confirmation=_scan()).status_code == 302  # type: ignore[attr-defined]
    with pytest.raises(IntegrityError, match="不能改写"), transaction.atomic():
        PaperConfirmation.objects.update(size=1)


def test_what_the_bureau_served_before_it_reported_comes_in_as_before(cast: Cast) -> None:
    day = make.effective(cast, serial=2).determined_on
    record = make.effective(cast, service="electronic", served_on=day.isoformat())
    assert record.service == "electronic"


def test_a_letter_is_served_electronically_only_with_the_scan_and_opening_it_is_a_look(cast: Cast) -> None:
    client, there, serve = _letter(cast)
    for more, says in (({}, SAYS), ({"confirmation": _scan(b"MZ\x90")}, "只收 PDF")):
        answer = serve(**more)
        assert answer.status_code == 422  # type: ignore[attr-defined]
        page = answer.content.decode()  # type: ignore[attr-defined]
        assert says in page
        assert "邮件回执 18" in page
    assert not PaperService.objects.exists()
    assert serve(confirmation=_scan()).status_code == 302  # type: ignore[attr-defined]
    assert serve(confirmation=_scan()).status_code == 302  # type: ignore[attr-defined]  # a double click
    assert "电子送达确认书" in client.get(there).content.decode()
    assert client.post(f"{there}confirmation/").content == PDF
    assert LookUp.objects.latest("pk").purpose == "核对电子送达确认书"
    assert browser(cast.other_clerk).post(f"{there}confirmation/").status_code == 404
    assert PDF not in bytes(PaperConfirmation.objects.get().envelope)


def test_in_another_way_no_confirmation_is_wanted_and_none_is_kept(cast: Cast) -> None:
    _, _, serve = _letter(cast)
    assert serve(how="direct", confirmation=_scan()).status_code == 302  # type: ignore[attr-defined]
    assert not PaperConfirmation.objects.exists()


def test_it_goes_with_its_letter_at_the_end_of_keeping(cast: Cast) -> None:
    _, _, serve = _letter(cast)
    serve(confirmation=_scan())
    copy = make_ends.sealed_of(cast, CreditRecord.objects.get())
    with clock.at(years_on(copy.keep_until, 1)):
        assert retention.delete_due(actor=User.objects.system()) == 1
    assert not PaperConfirmation.objects.exists()
