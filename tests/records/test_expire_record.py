"""到期: off every exit on its day, with or without the scheduler."""

from datetime import timedelta

from daoli_credit.law import clock
from records import tasks
from records.models import CreditRecord
from tests import make
from tests.cast import Cast, browser


def test_a_record_is_gone_the_day_after_its_end_with_no_task_run(cast: Cast) -> None:
    record = make.effective(cast)
    assert record.use_until is not None
    client = browser(cast.citizen)
    with clock.at(record.use_until):
        assert record.document_number in client.get("/me/").content.decode()
    with clock.at(record.use_until + timedelta(days=1)):
        assert record.document_number not in client.get("/me/").content.decode()
        assert client.get(f"/me/records/{record.number}/").status_code == 404
        for exit_ in (f"/desk/records/{record.number}/", f"/desk/records/{record.number}/edit/"):
            assert browser(cast.clerk).get(exit_).status_code == 404
        assert browser(cast.reviewer).post(f"/desk/records/{record.number}/reveal/").status_code == 404
        assert record.document_number not in browser(cast.clerk).get("/desk/records/").content.decode()
        assert CreditRecord.objects.get(pk=record.pk).status == "effective"


def test_the_task_writes_down_the_end_once(cast: Cast) -> None:
    record = make.effective(cast)
    assert record.use_until is not None
    with clock.at(record.use_until):
        assert tasks.end_what_ended() == 0
    with clock.at(record.use_until + timedelta(days=5)):
        assert tasks.end_what_ended() == 1
        assert tasks.end_what_ended() == 0
    ended = CreditRecord.objects.get(pk=record.pk)
    assert (ended.status, ended.ended_on, ended.end_kind) == ("ended", record.use_until, "expired")
    assert [one.kind for one in ended.revisions.all()] == ["effective", "ended"]
