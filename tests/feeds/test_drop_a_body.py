"""清除报文: thirty days after it is settled only the digest is left; what may still be sent keeps its bytes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from daoli_credit.audit.models import Event
from daoli_credit.feeds.models import Delivery
from daoli_credit.feeds.tasks import drop_bodies
from daoli_credit.feeds.workflows import dropping
from daoli_credit.law import clock
from tests.feeds.ground import Ground


def _confirmed(ground: Ground) -> Delivery:
    record = ground.record()
    ground.sweep()
    ground.send()
    ground.confirmed(record)
    return ground.delivery(record)


def test_a_settled_body_goes_after_its_term_and_its_digest_stays(ground: Ground) -> None:
    one = _confirmed(ground)
    digest = bytes(one.digest or b"")
    assert drop_bodies() == 0
    with clock.at(clock.today() + timedelta(days=31)):
        assert drop_bodies() == 1
        assert drop_bodies() == 0
    one.refresh_from_db()
    assert one.body is None
    assert bytes(one.digest or b"") == digest
    assert one.body_dropped_at is not None
    assert Event.objects.get(act="feed.bodies-dropped").count == 1


def test_what_may_still_be_sent_keeps_its_bytes_however_old(ground: Ground) -> None:
    ground.record()
    ground.sweep()
    ground.hlj.fault("refuse")
    ground.send()
    with clock.at(clock.today() + timedelta(days=400)):
        assert drop_bodies() == 0


def test_the_database_lets_no_body_go_before_and_none_come_back(ground: Ground) -> None:
    one = _confirmed(ground)
    waiting = ground.record(serial=2)
    ground.sweep()
    ground.hlj.fault("refuse")
    ground.send()
    held = ground.delivery(waiting)

    def refused(text: str, pk: int) -> None:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(text, [pk])

    refused("UPDATE feeds_delivery SET body = NULL WHERE id = %s", one.pk)
    refused("UPDATE feeds_delivery SET body = NULL, body_dropped_at = now() WHERE id = %s", held.pk)
    refused("UPDATE feeds_delivery SET body_dropped_at = now() + interval '1 day' WHERE id = %s", one.pk)
    with clock.at(clock.today() + timedelta(days=31)):
        assert drop_bodies() == 1
    refused("UPDATE feeds_delivery SET body = 'x' WHERE id = %s", one.pk)
    refused("UPDATE feeds_delivery SET body_dropped_at = NULL WHERE id = %s", one.pk)


def test_the_bodies_that_are_due_are_found_by_an_index_of_their_own(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    plan = dropping.due().values_list("pk", flat=True)[: dropping.AT_ONCE].explain()
    assert "delivery_body_kept" in plan, plan
    assert "Sort" not in plan, plan
