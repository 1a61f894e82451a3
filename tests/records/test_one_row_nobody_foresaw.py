"""一条办不成的记录: it is found and said; everybody else is ended, sealed and told on the same day."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from psycopg2 import extensions

from daoli_credit.law import clock
from daoli_credit.rounds import Undone
from records import tasks
from records.models import ArchiveCopy, CreditRecord
from tests import make
from tests.cast import assemble


def _refuse(owner: extensions.cursor, table: str, column: str, value: int) -> None:
    """A row that the database refuses, whatever is done to it."""
    owner.execute(
        f"""
        CREATE FUNCTION {table}_refused() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.{column} = {value} THEN
                RAISE EXCEPTION 'nobody foresaw this' USING ERRCODE = '23514';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER refused BEFORE INSERT OR UPDATE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_refused()
        """
    )


def test_those_behind_it_end_on_their_day_and_those_in_its_set_are_sealed(
    committing_db: str, owner_cursor: extensions.cursor
) -> None:
    cast = assemble()
    records = [make.effective(cast, serial=serial) for serial in (71, 72, 73, 74)]
    never_ends, never_sealed, *rest = records
    _refuse(owner_cursor, "records_creditrecord", "id", never_ends.pk)
    _refuse(owner_cursor, "records_archivecopy", "record_id", never_sealed.pk)
    last = max(one.use_until for one in records if one.use_until)
    with clock.at(last + timedelta(days=1)):
        with pytest.raises(Undone, match="1 件没有办成，办成 3 件") as why:
            tasks.end_what_ended()
        assert isinstance(why.value.exceptions[0], IntegrityError)
        with pytest.raises(Undone, match="1 件没有办成，办成 2 件"):
            tasks.seal_ended()
    assert set(CreditRecord.objects.filter(status="ended")) == {never_sealed, *rest}
    assert set(ArchiveCopy.objects.values_list("record", flat=True)) == {one.pk for one in rest}
