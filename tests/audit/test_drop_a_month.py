from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone
from psycopg2 import extensions

from daoli_credit.audit import dropped, sealer, verify, verify_rows
from daoli_credit.audit.models import Event, LookUp

EVENTS, LOOKS = verify_rows.SOURCES
AFTER = date(2099, 1, 1)


@pytest.fixture
def month(committing_db: str, an_event: Callable[..., Event], a_look: Callable[..., LookUp]) -> date:
    an_event()
    a_look()
    sealer.seal()
    return timezone.localdate(Event.objects.get().at).replace(day=1)


def test_a_month_is_kept_for_its_whole_term(month: date, owner_cursor: extensions.cursor) -> None:
    last_day = date.fromordinal(dropped.may_go_on(month).toordinal() - 1)
    assert last_day.year == month.year + 5
    with pytest.raises(dropped.DropRefused, match="要保存到"):
        dropped.drop(owner_cursor, LOOKS, month, last_day)
    assert LookUp.objects.count() == 1


def test_after_the_term_a_month_goes_whole_and_the_rest_still_verifies(
    month: date, owner_cursor: extensions.cursor
) -> None:
    assert dropped.drop(owner_cursor, LOOKS, month, dropped.may_go_on(month)) == 1
    assert not LookUp.objects.exists()
    findings = list(verify.verify())
    assert all(finding.ok for finding in findings)
    assert "整月删除，叶子和根仍在" in findings[-1].text


def test_a_month_with_unsealed_rows_is_not_dropped(
    month: date, an_event: Callable[..., Event], owner_cursor: extensions.cursor
) -> None:
    an_event()
    with pytest.raises(dropped.DropRefused, match="还有 1 条没有封存"):
        dropped.drop(owner_cursor, EVENTS, month, AFTER)


def test_a_month_that_is_not_there_is_refused(month: date, owner_cursor: extensions.cursor) -> None:
    with pytest.raises(dropped.DropRefused, match="没有 2001-01"):
        dropped.drop(owner_cursor, EVENTS, date(2001, 1, 1), AFTER)


def test_a_removal_passed_off_as_a_dropped_month_is_found(
    month: date, owner_cursor: extensions.cursor, faults: Callable[[], list[str]]
) -> None:
    owner_cursor.execute("ALTER TABLE audit_lookup DISABLE TRIGGER USER")
    owner_cursor.execute("DELETE FROM audit_lookup")
    owner_cursor.execute("INSERT INTO audit_dropped VALUES (2, %s, 1, '期满', %s, %s)", [month, month, month])
    assert any("未满法定最短三年" in fault for fault in faults())
