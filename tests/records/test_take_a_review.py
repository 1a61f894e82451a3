"""取办: one person at a time; others see who, and cannot act; a stale take is released; the lead assigns."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from daoli_credit.audit.models import Event
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState
from records import reviews
from records.models import CreditRecord, Take
from records.workflows import many, opening, takes
from records.workflows import record as acts
from tests import make
from tests import make_importing as sheets
from tests.cast import Cast, assemble, browser
from tests.together import together


def _acts(record: CreditRecord) -> list[str]:
    events = Event.objects.filter(noun="creditrecord", object_id=str(record.pk), act__startswith="review.")
    return list(events.order_by("id").values_list("act", flat=True))


def test_what_one_has_in_hand_another_sees_and_cannot_act_on(cast: Cast) -> None:
    record = make.submitted(cast)
    takes.take(work=record, actor=cast.reviewer)
    page = browser(cast.both).get(f"/desk/records/{record.number}/").content.decode()
    assert "孙建国" in page
    assert "在办" in page
    assert "复核通过，记录生效" not in page
    assert "孙建国 在办" in browser(cast.both).get("/desk/records/queue/").content.decode()
    opening.note([record], cast.both)
    for act in (acts.approve, acts.send_back):
        with pytest.raises(WrongState, match="孙建国已经取办"):
            act(record_id=record.pk, actor=cast.both, opinion="请核对", seen=record.revision)
    answer = browser(cast.both).post(f"/desk/records/{record.number}/approve/", {"seen": record.revision})
    assert answer.status_code == 409
    assert "改派" in answer.content.decode()


def test_the_one_who_has_it_decides_and_it_is_in_nobodys_hand_any_more(cast: Cast) -> None:
    record = make.submitted(cast)
    client = browser(cast.reviewer)
    client.get(f"/desk/records/{record.number}/")
    assert (
        "已由您取办"
        in client.post(f"/desk/records/{record.number}/take/", {"act": "take"}, follow=True).content.decode()
    )
    acts.approve(record_id=record.pk, actor=cast.reviewer, opinion="", seen=record.revision)
    assert Take.objects.get().over == "done"
    shown = browser(cast.citizen).get(f"/me/records/{record.number}/").content.decode()
    assert "复核通过" in shown
    assert "取办" not in shown
    assert takes.running(record) is None


def test_a_second_press_is_the_same_take_and_giving_back_frees_it(cast: Cast) -> None:
    record = make.submitted(cast)
    takes.take(work=record, actor=cast.reviewer)
    with pytest.raises(AlreadyDone):
        takes.take(work=record, actor=cast.reviewer)
    with pytest.raises(WrongState, match="孙建国"):
        takes.take(work=record, actor=cast.both)
    with pytest.raises(WrongState, match="只有取办人"):
        takes.give_back(work=record, actor=cast.both)
    takes.give_back(work=record, actor=cast.reviewer)
    with pytest.raises(AlreadyDone):
        takes.give_back(work=record, actor=cast.reviewer)
    takes.take(work=record, actor=cast.both)
    assert _acts(record) == ["review.taken", "review.given-back", "review.taken"]


def test_nobody_takes_their_own_nor_without_the_duty_nor_what_does_not_wait(cast: Cast) -> None:
    own, draft = make.submitted(cast, by=cast.both), make.draft(cast, serial=2)
    with pytest.raises(RuleBroken, match="另一人"):
        takes.take(work=own, actor=cast.both)
    for user in (cast.clerk, cast.other_reviewer, cast.supervisor):
        with pytest.raises(PermissionDenied):
            takes.take(work=own, actor=user)
    with pytest.raises(WrongState):
        takes.take(work=draft, actor=cast.reviewer)
    assert browser(cast.other_reviewer).post(f"/desk/records/{own.number}/take/").status_code == 404


def test_a_stale_take_is_released_for_the_next_one(cast: Cast) -> None:
    record = make.submitted(cast)
    held = takes.take(work=record, actor=cast.reviewer)
    with clock.at(held.until):
        assert reviews.hand(record, cast.both).others
    with clock.at(held.until + timedelta(days=1)):
        assert reviews.hand(record, cast.both).may_take
        takes.take(work=record, actor=cast.both)
    held.refresh_from_db()
    assert held.over == "stale"
    assert _acts(record) == ["review.taken", "review.released", "review.taken"]


def test_only_the_lead_assigns_to_somebody_who_may_review_it(cast: Cast) -> None:
    record = make.submitted(cast)
    takes.take(work=record, actor=cast.reviewer)
    with pytest.raises(PermissionDenied, match="改派复核"):
        takes.reassign(work=record, actor=cast.both, to=cast.both.pk, opinion="休假")
    for wrong in (cast.clerk.pk, cast.other_reviewer.pk, 0):
        with pytest.raises(RuleBroken, match="可以复核这一件的人"):
            takes.reassign(work=record, actor=cast.reviewer, to=wrong, opinion="休假")
    client, address = browser(cast.reviewer), f"/desk/records/{record.number}/take/"
    said = client.post(address, {"act": "reassign", "to": cast.both.pk, "opinion": ""}, follow=True)
    assert "请写明改派的原因" in said.content.decode()
    client.post(address, {"act": "reassign", "to": cast.both.pk, "opinion": "孙建国休假"})
    held = takes.running(record)
    assert held is not None
    assert (held.taker, held.assigned_by) == (cast.both, cast.reviewer)
    opening.note([record], cast.both)
    acts.approve(record_id=record.pk, actor=cast.both, opinion="", seen=record.revision)
    assert "孙建国休假" in client.get(f"/desk/records/{record.number}/").content.decode()


def test_a_sheet_in_hand_is_closed_to_others_too(cast: Cast) -> None:
    batch = sheets.committed(cast)
    takes.take(work=batch, actor=cast.reviewer)
    client = browser(cast.both)
    assert "复核通过" not in client.get(f"/desk/imports/{batch.number}/review/").content.decode()
    with pytest.raises(WrongState, match="孙建国"):
        many.approve(batch=batch, seen=sheets.seen(batch), actor=cast.both)
    with pytest.raises(WrongState, match="孙建国"):
        many.send_back(batch=batch, seen=sheets.seen(batch), actor=cast.both, opinion="请核对")
    assert "孙建国 在办" in client.get("/desk/records/queue/").content.decode()
    browser(cast.reviewer).post(f"/desk/imports/{batch.number}/take/", {"act": "give-back"})
    assert many.approve(batch=batch, seen=sheets.seen(batch), actor=cast.both) == 3


def test_the_database_knows_one_take_of_a_record_at_a_time(cast: Cast) -> None:
    record = make.submitted(cast)
    takes.take(work=record, actor=cast.reviewer)
    with pytest.raises(IntegrityError, match="one_take"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_take (record_id, taker_id, taken_on, until, over)"
            " SELECT record_id, %s, taken_on, until, '' FROM records_take",
            [cast.both.pk],
        )


def test_of_two_who_take_at_once_one_has_it(committing_db: str) -> None:
    cast = assemble()
    record = make.submitted(cast)
    said = together(
        lambda: takes.take(work=record, actor=cast.reviewer), lambda: takes.take(work=record, actor=cast.both)
    )
    assert said == ["WrongState", "done"]
    assert Take.objects.filter(over="").count() == 1
