"""销毁证明的页面: what went and when, and whether it is really gone, asked of the database each time."""

from datetime import timedelta

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from records import certificates
from records.models import CreditRecord, Deletion
from records.workflows import archiving, retention
from tests import make, make_ends, make_listing
from tests.cast import Cast, browser, identity


def _page(user: User, number: str) -> str:
    return browser(user).get(f"/desk/ends/certificates/{number}/").content.decode()


def test_a_certificate_is_opened_from_the_list_and_says_what_went_and_that_it_is_gone(cast: Cast) -> None:
    row = make_ends.deleted(cast)
    there = f"/desk/ends/certificates/{row.certificate}/"
    assert there in browser(cast.clerk).get("/desk/ends/").content.decode()
    page = _page(cast.clerk, row.certificate)
    for words in (row.record_number, row.archive_number, "属实", "1 条记录", "1 名不再有任何记录的主体", "版本"):
        assert words in page, words
    assert "不符" not in page
    assert identity("linxiuyun").name not in page
    assert _page(cast.supervisor, row.certificate).count("属实") == 3
    assert browser(cast.other_clerk).get(there).status_code == 404
    assert browser(cast.citizen).get(there).status_code == 403
    assert browser(cast.clerk).get("/desk/ends/certificates/XH1999-000001/").status_code == 404


def test_a_certificate_of_two_departments_shows_each_its_own_and_the_office_all(cast: Cast) -> None:
    today = clock.today()
    with clock.at(today - timedelta(days=745)):
        copy = make_ends.of_wages(cast)
        make_ends.noticed(cast, make.effective(cast, serial=362))
        archiving.seal_ended(actor=User.objects.system())
    retention.delete_due(actor=User.objects.system())
    (number,) = set(Deletion.objects.values_list("certificate", flat=True))
    mine = _page(cast.clerk, number)
    assert "这份证明里还有别的部门的" in mine
    assert copy.number not in mine
    assert copy.number in _page(cast.supervisor, number)
    assert "这份证明里还有别的部门的" not in _page(cast.supervisor, number)
    assert make_listing.someone("e").name not in _page(cast.supervisor, number)


def test_what_is_not_as_the_certificate_says_is_said(cast: Cast) -> None:
    row = make_ends.deleted(cast)
    found = certificates.certificate(cast.supervisor, row.certificate)
    assert found is not None
    assert all(one.holds for one in found.checks)
    left = make.effective(cast, serial=363)
    CreditRecord.objects.filter(pk=left.pk)  # what stands beside it does not disturb
    every = list(Deletion.objects.all())
    every[0].record_pk = left.pk
    every[0].due_on = every[0].deleted_on
    checks = certificates.checks(every, None)
    assert [one.holds for one in checks] == [False, False, False]
