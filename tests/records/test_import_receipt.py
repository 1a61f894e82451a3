"""入库回执: its digest is in the evidence; whoever has the text can tell whether it is the one that was issued."""

import hashlib

import pytest
from django.db import IntegrityError, connection, transaction

from daoli_credit.audit.models import Event
from records import batches
from records.models import CreditRecord, ImportBatch, Receipt
from records.workflows import importing
from tests import make_importing as sheets
from tests.cast import Cast, browser


def _receipt(cast: Cast) -> tuple[ImportBatch, Receipt]:
    rows = [sheets.row(1), sheets.row(2), sheets.row(3, name="")]
    batch = sheets.checked(cast, sheets.sheet(rows))
    importing.commit(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
    return batch, Receipt.objects.get(batch=batch)


def test_the_receipt_says_what_was_entered_and_names_no_person(cast: Cast) -> None:
    batch, receipt = _receipt(cast)
    first, last = CreditRecord.objects.order_by("pk").values_list("number", flat=True)
    data = sheets.sheet([sheets.row(1), sheets.row(2), sheets.row(3, name="")])
    for said in (batch.number, "入库 2 条", f"自 {first} 至 {last}", "有差错 1 行", hashlib.sha256(data).hexdigest()):
        assert said in receipt.text
    assert sheets.GOOD[0] not in receipt.text
    assert sheets.GOOD[1] not in receipt.text


def test_its_digest_is_the_root_of_an_event_and_the_page_and_the_file_agree(cast: Cast) -> None:
    batch, receipt = _receipt(cast)
    event = Event.objects.get(act="import.receipted")
    client = browser(cast.reviewer)
    file = client.get(f"/desk/imports/{batch.number}/receipt/?as=text")
    digest = hashlib.sha256(file.content).digest()
    assert digest == bytes(event.root or b"") == bytes(receipt.digest)
    assert "no-store" in file["Cache-Control"]
    page = client.get(f"/desk/imports/{batch.number}/receipt/").content.decode()
    assert digest.hex() in page
    assert "与存证核对" in page
    assert "不一致" not in page
    receipt.text += " "
    assert not batches.receipt_holds(receipt)


def test_a_receipt_is_never_rewritten_and_a_batch_without_one_has_no_page(cast: Cast) -> None:
    batch, receipt = _receipt(cast)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE records_receipt SET text = 'x' WHERE batch_id = %s", [receipt.pk])
    assert browser(cast.other_clerk).get(f"/desk/imports/{batch.number}/receipt/").status_code == 404
    other = sheets.checked(cast, sheets.sheet([sheets.row(9)]))
    assert browser(cast.clerk).get(f"/desk/imports/{other.number}/receipt/").status_code == 404
