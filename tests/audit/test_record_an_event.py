from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DataError, IntegrityError, connection
from django.utils import timezone

from daoli_credit.audit import events
from daoli_credit.audit.acts import UnregisteredAct
from daoli_credit.audit.models import Event
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.audit.selectors import history
from daoli_credit.law import clock

pytestmark = pytest.mark.django_db


def test_an_event_comes_back_with_number_time_and_leaf(an_event: Callable[..., Event]) -> None:
    event = an_event(object_id=5)
    assert event.pk
    assert len(bytes(event.leaf)) == 32
    assert abs(timezone.now() - event.at) < timedelta(minutes=1)
    assert Event.objects.get(pk=event.pk).object_id == "5"


def test_an_event_keeps_the_day_acted_under_beside_the_databases_own_time(an_event: Callable[..., Event]) -> None:
    with clock.at(date(2025, 3, 8)):
        event = an_event()
    assert event.day == date(2025, 3, 8)
    assert event.at.year >= 2026


def test_the_caller_chooses_neither_time_nor_number(an_event: Callable[..., Event]) -> None:
    first = an_event()
    copy = Event.objects.get(pk=first.pk)
    copy.pk, copy.at = 99_999_999, timezone.now().replace(microsecond=0) - timedelta(seconds=5)
    copy.save(force_insert=True)
    written = Event.objects.order_by("-pk")[0]
    assert written.pk == first.pk + 1
    assert written.at >= first.at


def test_an_unregistered_act_is_refused(officer: events.Actor) -> None:
    with pytest.raises(UnregisteredAct, match="没有登记"):
        events.record(act="specimen.unknown", noun="specimen", object_id=1, actor=officer)
    assert not Event.objects.filter(noun="specimen").exists()


def test_an_opinion_with_a_phone_number_is_refused(an_event: Callable[..., Event]) -> None:
    with pytest.raises(OpinionRefused):
        an_event(opinion="已电话告知13800138000")


def test_the_database_too_refuses_an_event_without_an_object(an_event: Callable[..., Event]) -> None:
    with pytest.raises(IntegrityError, match="names_act_and_object"):
        an_event(object_id="")


def test_history_is_the_events_of_one_object_in_order(an_event: Callable[..., Event]) -> None:
    mine = [an_event(object_id=7).pk, an_event(object_id=7).pk]
    an_event(object_id=8)
    assert [event.pk for event in history("specimen", 7)] == mine


def test_a_connection_in_another_encoding_is_refused(an_event: Callable[..., Event]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('client_encoding', 'GB18030', true)")
        with pytest.raises(DataError, match="UTF8"):
            cursor.execute(
                "INSERT INTO audit_event (day, actor_id, actor_label, department, act, noun, object_id, from_status,"
                " to_status, opinion) VALUES (now(), 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a')"
            )
