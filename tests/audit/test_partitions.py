from datetime import date

import pytest
from django.db import DataError, connection

from daoli_credit.audit import partitions, tasks

pytestmark = pytest.mark.django_db


def test_the_coming_months_are_prepared_once() -> None:
    partitions.prepare()
    assert partitions.prepare() == 0
    tasks.prepare_partitions()


def test_the_application_may_prepare_a_month_but_has_no_rights_on_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT (date_trunc('month', clock_timestamp()) + interval '20 months')::date")
        month: date = cursor.fetchone()[0]
        cursor.execute("SELECT audit_ensure_partition(%s)", [month])
        assert cursor.fetchone()[0] is True
        cursor.execute(
            "SELECT has_table_privilege(%s, 'SELECT, INSERT, UPDATE, DELETE')", [f"audit_event_{month:%Y_%m}"]
        )
        assert cursor.fetchone()[0] is False
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass", [f"audit_event_{month:%Y_%m}"])
        assert cursor.fetchone()[0] == 3


@pytest.mark.parametrize("month", ["2020-01-01", "2199-01-01"])
def test_months_far_away_are_refused(month: str) -> None:
    with connection.cursor() as cursor, pytest.raises(DataError, match="两年内"):
        cursor.execute("SELECT audit_ensure_partition(%s)", [month])
