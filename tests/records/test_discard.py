"""作废草稿: what never took effect goes for good, by whoever entered it; nobody stays who was known by it alone."""

import pytest
from django.core.exceptions import PermissionDenied

from daoli_credit.audit.models import Event
from daoli_credit.workflow import Stale, WrongState
from records.models import CreditRecord, Subject
from records.workflows import discarding
from records.workflows import record as acts
from tests import make
from tests.cast import Cast, browser
from tests.cast import identity as of


def test_the_enterer_discards_a_draft_and_the_person_goes_with_it(cast: Cast) -> None:
    record = make.draft(cast)
    discarding.discard(record_id=record.pk, actor=cast.clerk, seen=record.revision)
    assert not CreditRecord.objects.exists()
    assert not Subject.objects.exists()
    event = Event.objects.get(act="record.discarded")
    assert (event.opinion, event.from_status) == (record.number, "draft")


def test_whoever_has_another_record_stays(cast: Cast) -> None:
    make.effective(cast, serial=1)
    record = make.draft(cast, serial=2)
    discarding.discard(record_id=record.pk, actor=cast.clerk, seen=record.revision)
    assert CreditRecord.objects.count() == Subject.objects.count() == 1


def test_what_came_back_may_go_and_what_was_reported_may_not(cast: Cast) -> None:
    record = make.submitted(cast)
    with pytest.raises(WrongState):
        discarding.discard(record_id=record.pk, actor=cast.clerk, seen=record.revision)
    acts.send_back(record_id=record.pk, actor=cast.reviewer, opinion="重复录入", seen=record.revision)
    with pytest.raises(Stale):
        discarding.discard(record_id=record.pk, actor=cast.clerk, seen=99)
    with pytest.raises(PermissionDenied):
        discarding.discard(record_id=record.pk, actor=cast.both, seen=record.revision)
    discarding.discard(record_id=record.pk, actor=cast.clerk, seen=record.revision)
    shown = make.effective(cast, who=of("guchanglin"))
    with pytest.raises(WrongState):
        discarding.discard(record_id=shown.pk, actor=cast.clerk, seen=shown.revision)


def test_the_button_is_the_enterers_and_a_second_click_is_a_success(cast: Cast) -> None:
    record = make.draft(cast)
    page = f"/desk/records/{record.number}/"
    assert "作废草稿" in browser(cast.clerk).get(page).content.decode()
    assert "作废草稿" not in browser(cast.both).get(page).content.decode()
    assert browser(cast.both).post(f"{page}discard/", {"seen": 1}).status_code == 403
    assert browser(cast.clerk).post(f"{page}discard/", {"seen": 9}).status_code == 409
    for _ in range(2):
        answer = browser(cast.clerk).post(f"{page}discard/", {"seen": 1}, follow=True)
        assert answer.status_code == 200
        assert "作废" in answer.content.decode()
    assert browser(cast.clerk).get(page).status_code == 404
