"""卷宗原件: put in by the clerk, opened because of a look, never replaced; a bad one, or by others: refused."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from pypdf import PdfReader

from daoli_credit.audit.models import LookUp
from daoli_credit.audit.selectors import history
from daoli_credit.workflow import AlreadyDone, RuleBroken
from incentives.models import Listing, ListingPaper
from incentives.workflows import deciding, filing
from records.sealed_attachments import prepared
from tests import make_listing
from tests.cast import Cast, browser

PDF = b"%PDF-1.4\n% the notice as it was served\n%%EOF\n"


def _file(data: bytes = PDF, name: str = "林秀云告知书.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/pdf")


@pytest.fixture
def case(cast: Cast) -> Listing:
    return make_listing.notified(cast)


def test_what_was_served_lies_in_the_file_and_opens_byte_for_byte(cast: Cast, case: Listing) -> None:
    clerk, there = browser(cast.wage_clerk), f"/desk/listings/{case.number}/"
    answer = clerk.post(f"{there}originals/", {"of": "notice", "file": _file()}, follow=True)
    page = answer.content.decode()
    assert "原件已归卷" in page
    kept = ListingPaper.objects.get()
    assert PDF not in bytes(kept.envelope)
    assert [event.act for event in history("listing", case.pk)].count("listing.paper-filed") == 1
    opened = clerk.post(f"{there}originals/{kept.token}/")
    assert opened.content == PDF
    assert "林秀云" not in opened["Content-Disposition"]
    assert opened["Content-Security-Policy"].startswith("default-src 'none'")
    look = LookUp.objects.get(purpose="打开卷宗原件，对照核对")
    assert look.shown == ["listing", "identity"]
    assert "打开卷宗原件" in browser(cast.citizen).get("/me/looks/").content.decode()
    printed = clerk.post(f"{there}file/", {"purpose": "归档"}).content
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(printed)).pages).replace("\n", "")
    assert "卷宗原件清单" in text
    assert bytes(kept.digest).hex() in text.replace(" ", "")


@pytest.mark.parametrize(
    ("data", "of", "says"),
    [
        (b"MZ\x90\x00 a program", "notice", "只收 PDF"),
        (b"", "notice", "0 字节"),
        (PDF, "", "请选择是哪一件"),
        (PDF, "verdict", "请从所列的里选择"),
    ],
)
def test_a_bad_one_is_refused_in_words_and_nothing_is_kept(
    cast: Cast, case: Listing, data: bytes, of: str, says: str
) -> None:
    answer = browser(cast.wage_clerk).post(f"/desk/listings/{case.number}/originals/", {"of": of, "file": _file(data)})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "归入一份原件" in answer.content.decode()
    assert not ListingPaper.objects.exists()


def test_the_same_file_again_is_one_and_the_last_place_is_said(
    cast: Cast, case: Listing, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_listing.scanned(case)
    with pytest.raises(AlreadyDone, match="已经在卷里"):
        make_listing.scanned(case)
    clerk, there = browser(cast.wage_clerk), f"/desk/listings/{case.number}/originals/"
    for _ in range(2):
        assert clerk.post(there, {"of": "decision", "file": _file()}).status_code == 302
    assert ListingPaper.objects.of_case(case).count() == 2
    monkeypatch.setattr(filing, "MOST", 2)
    with pytest.raises(RuleBroken, match="最多 2 份"):
        make_listing.scanned(case, text="第三份")


def test_who_has_no_such_duty_puts_nothing_in_and_another_department_sees_nothing(cast: Cast, case: Listing) -> None:
    kept = make_listing.scanned(case)
    for user in (cast.legal, cast.decider, cast.clerk, cast.citizen, cast.supervisor):
        made = prepared(PDF, "proof", user)
        with pytest.raises(PermissionDenied):
            filing.put_in(listing_id=case.pk, made=made, of="notice", actor=user)
    there = f"/desk/listings/{case.number}/originals/"
    assert browser(cast.legal).post(there, {"of": "notice", "file": _file()}).status_code == 403
    assert browser(cast.legal).post(f"{there}{kept.token}/").status_code == 200
    assert browser(cast.clerk).post(f"{there}{kept.token}/").status_code == 404
    other = make_listing.proposed(cast, who=make_listing.someone("o"))
    elsewhere = f"/desk/listings/{other.number}/originals/{kept.token}/"
    assert browser(cast.wage_clerk).post(elsewhere).status_code == 404


def test_it_is_neither_replaced_nor_taken_out(cast: Cast, case: Listing) -> None:
    kept = make_listing.scanned(case)
    for sql in (
        "UPDATE incentives_listingpaper SET digest = '\\x00' WHERE id = %s",
        "UPDATE incentives_listingpaper SET of = 'decision' WHERE id = %s",
        "DELETE FROM incentives_listingpaper WHERE id = %s",
    ):
        with pytest.raises(IntegrityError, match="只增不改"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [kept.pk])
    with pytest.raises(IntegrityError, match="a_scan_says"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO incentives_listingpaper"
            " (listing_id, token, of, format, size, digest, envelope, added_by_id, added_on)"
            " SELECT listing_id, gen_random_uuid(), 'verdict', format, size, '\\x01', envelope, added_by_id, added_on"
            " FROM incentives_listingpaper WHERE id = %s",
            [kept.pk],
        )


def test_it_opens_no_more_once_the_case_has_left_the_pages(cast: Cast) -> None:
    listing = make_listing.effective(cast)
    kept = make_listing.scanned(listing)
    deciding.revoke(listing_id=listing.pk, actor=cast.decider, opinion="认定有误", document="撤1")
    there = f"/desk/listings/{listing.number}/originals/{kept.token}/"
    assert browser(cast.wage_clerk).post(there).status_code == 404


def test_the_person_reads_the_originals_of_the_own_case_but_not_what_was_discussed_inside(
    cast: Cast, case: Listing
) -> None:
    kept, inside = make_listing.scanned(case), make_listing.scanned(case, of="discussion", text="会议纪要")
    page = browser(cast.citizen).get(f"/me/listings/{case.number}/").content.decode()
    there = f"/me/listings/{case.number}/originals/"
    assert f"{there}{kept.token}/" in page
    assert str(inside.token) not in page
    opened = browser(cast.citizen).get(f"{there}{kept.token}/")
    assert opened.content.startswith(b"%PDF")
    assert opened["Cache-Control"]
    assert browser(cast.citizen).get(f"{there}{inside.token}/").status_code == 404
    assert browser(cast.namesake).get(f"{there}{kept.token}/").status_code == 404
    early = make_listing.scanned(make_listing.proposed(cast, list_type="wage-arrears", who=make_listing.someone("e")))
    unseen = f"/me/listings/{early.listing.number}/originals/{early.token}/"
    assert browser(make_listing.account("e")).get(unseen).status_code == 404
