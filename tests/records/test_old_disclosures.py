"""对外提供登记的期限: kept as long as the pack says, and then deleted by the owner alone."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError
from psycopg2 import extensions

from daoli_credit.law import clock, pack
from daoli_credit.law.durations import Duration
from records.models import Disclosure
from records.workflows import disclosing, holding
from tests import make
from tests.cast import assemble


def test_what_was_given_is_kept_for_the_term_of_the_pack_and_goes_the_day_after(
    committing_db: str, owner_cursor: extensions.cursor
) -> None:
    record = make.effective(assemble(), serial=423)
    holding.handed(record_id=record.pk, recipient="hlj", title="信用中国（黑龙江）")
    assert disclosing.kept() == Duration(years=3) == pack.current().limit("keep-provision-log").years
    last = disclosing.kept().after(clock.today())
    assert disclosing.forget_old(owner_cursor, last) == 0
    assert Disclosure.objects.count() == 1
    assert disclosing.forget_old(owner_cursor, last + timedelta(days=1)) == 1
    assert not Disclosure.objects.exists()


def test_the_last_day_of_february_is_counted_as_the_pack_counts(
    committing_db: str, owner_cursor: extensions.cursor
) -> None:
    with clock.at(date(2028, 2, 29)):
        record = make.effective(assemble(), serial=424)
        holding.handed(record_id=record.pk, recipient="hlj", title="信用中国（黑龙江）")
    assert disclosing.forget_old(owner_cursor, date(2031, 2, 28)) == 0
    assert disclosing.forget_old(owner_cursor, date(2031, 3, 1)) == 1


@pytest.mark.django_db
def test_the_application_cannot_delete_what_was_given() -> None:
    with pytest.raises(DatabaseError):
        Disclosure.objects.all().delete()
