"""登记送达: every status × the act, and the database keeps what was registered."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from daoli_credit.audit.models import Event
from daoli_credit.workflow import AlreadyDone, RuleBroken, Stale, WrongState
from records.models import CreditRecord
from records.models.record import S
from records.workflows import service
from tests import make
from tests.cast import Cast, browser
from tests.house.test_workflow_tables import _in_status

NOT_SERVED = {"service": "", "served_on": ""}


@pytest.mark.parametrize("status", [one for one in S.values if one != S.EFFECTIVE])
def test_only_a_record_in_force_is_served(cast: Cast, status: str) -> None:
    record = _in_status(status, cast)
    with pytest.raises((WrongState, AlreadyDone, RuleBroken)):
        service.register(
            record_id=record.pk, how="direct", when=record.determined_on, actor=cast.clerk, seen=record.revision
        )


def test_service_leaves_its_event_and_no_new_revision(cast: Cast) -> None:
    record = make.effective(cast, **NOT_SERVED)
    service.register(record_id=record.pk, how="left", when=record.determined_on, actor=cast.clerk, seen=1)
    record.refresh_from_db()
    assert (record.status, record.service, record.served_on) == ("effective", "left", record.determined_on)
    assert record.revisions.count() == 1
    assert Event.objects.filter(act="record.served", object_id=str(record.pk)).count() == 1
    assert "登记送达" in browser(cast.citizen).get(f"/me/records/{record.number}/").content.decode()


def test_a_reviewer_a_supervisor_and_another_bureau_may_not(cast: Cast) -> None:
    record = make.effective(cast, **NOT_SERVED)
    for who in (cast.reviewer, cast.supervisor, cast.other_clerk, cast.feed_operator, cast.citizen):
        with pytest.raises(PermissionDenied):
            service.register(record_id=record.pk, how="left", when=record.determined_on, actor=who, seen=1)


def test_what_the_clerk_saw_must_still_be_there(cast: Cast) -> None:
    record = make.effective(cast, **NOT_SERVED)
    with pytest.raises(Stale):
        service.register(record_id=record.pk, how="left", when=record.determined_on, actor=cast.clerk, seen=9)


def test_the_database_keeps_what_was_registered(cast: Cast) -> None:
    record = make.effective(cast)
    for changed in ({"service": "left"}, {"service": "", "served_on": None}):
        with pytest.raises(IntegrityError, match="不能改写"), transaction.atomic():
            CreditRecord.objects.filter(pk=record.pk).update(**changed)


def test_the_form_stands_on_the_page_only_while_it_is_wanted(cast: Cast) -> None:
    unserved, served = make.effective(cast, serial=1, **NOT_SERVED), make.effective(cast, serial=2)
    assert "/serve/" in browser(cast.clerk).get(f"/desk/records/{unserved.number}/").content.decode()
    assert "/serve/" not in browser(cast.clerk).get(f"/desk/records/{served.number}/").content.decode()
    assert "/serve/" not in browser(cast.reviewer).get(f"/desk/records/{unserved.number}/").content.decode()
