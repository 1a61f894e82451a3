"""到期与撤下: what ends, who has confirmed, what waits, what is gone; no person and no document."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from records.models import ArchiveCopy
from records.workflows import holding, retention
from tests import make, make_ends
from tests.cast import Cast, browser, identity


def test_the_department_sees_what_is_still_held_first_and_nobody(cast: Cast) -> None:
    held, free = make.effective(cast, serial=351), make.effective(cast, serial=352)
    holding.handed(record_id=held.pk, recipient="hlj", title="信用中国（黑龙江）")
    page = browser(cast.clerk).get("/desk/ends/").content.decode()
    assert "近三十天没有终止的" in page
    make_ends.noticed(cast, held)
    assert "正在封存" in browser(cast.clerk).get("/desk/ends/").content.decode()
    make_ends.sealed(cast, serial=353)
    make_ends.noticed(cast, free)
    page = browser(cast.reviewer).get("/desk/ends/").content.decode()
    copy = ArchiveCopy.objects.get(record=held)
    assert copy.number in page
    assert "等待确认撤下" in page
    assert "0 / 1 家已确认" in page
    for word in (held.number, held.document_number, identity("linxiuyun").id_number, "林*云"):
        assert word not in page
    assert copy.number not in browser(cast.other_clerk).get("/desk/ends/").content.decode()
    holding.confirm_gone(record_id=held.pk, recipient="hlj", title="信用中国（黑龙江）", revision=2)
    assert "都已确认撤下" in browser(cast.clerk).get("/desk/ends/").content.decode()


def test_what_ends_within_seven_days_is_there_as_long_as_it_is_in_force(cast: Cast) -> None:
    record = make.effective(cast, serial=354)
    assert record.use_until is not None
    for before, there in ((8, False), (7, True), (0, True), (-1, False)):
        with clock.at(record.use_until - timedelta(days=before)):
            page = browser(cast.clerk).get("/desk/ends/").content.decode()
        assert (record.number in page) is there, before


def test_the_office_sees_who_owes_a_confirmation_and_what_cannot_be_deleted_yet(cast: Cast) -> None:
    record = make.effective(cast, serial=355)
    holding.handed(record_id=record.pk, recipient="hlj", title="信用中国（黑龙江）")
    make_ends.noticed(cast, record)
    make_ends.sealed(cast, serial=356)
    office = browser(cast.supervisor)
    page = office.get("/desk/ends/").content.decode()
    assert cast.market.name in page
    assert ArchiveCopy.objects.get(record=record).number not in page
    with clock.at(ArchiveCopy.objects.get(record=record).keep_until + timedelta(days=1)):
        retention.delete_due(actor=User.objects.system())
        page = office.get("/desk/ends/").content.decode()
        assert retention.HELD in page
        assert "XH" in page


def test_the_page_asks_the_same_number_of_questions_however_much_has_ended(cast: Cast) -> None:
    client = browser(cast.clerk)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/desk/ends/")
        return len(captured)

    make_ends.sealed(cast, serial=360)
    few = asked()
    for serial in range(361, 368):
        make_ends.sealed(cast, serial=serial)
    assert asked() == few


def test_a_death_has_one_door_and_the_other_page_says_which(cast: Cast) -> None:
    page = browser(cast.clerk).get("/desk/ends/notices/new/").content.decode()
    assert "deceased" not in page
    assert "不在这里登记" in page
    assert "区信用办窗口" in page
