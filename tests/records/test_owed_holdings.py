"""终止后未撤下: the database keeps it, so that asking who still holds what has ended reads nothing else."""

import pytest
from django.db import connection

from daoli_credit.accounts.models import User
from daoli_credit.law import pack
from records import endings
from records.models import Holding
from records.workflows import archiving, holding, holding_sets
from tests import make, make_ends
from tests.cast import Cast

pytestmark = pytest.mark.django_db
HLJ = {"recipient": "hlj", "title": "省信用信息共享平台"}


def _owed() -> list[int]:
    return list(Holding.objects.filter(owed=True).values_list("record", flat=True))


def test_what_is_held_when_its_record_ends_is_owed_until_it_is_gone(cast: Cast) -> None:
    record = make.effective(cast)
    holding.taken(record_id=record.pk, revision=1, **HLJ)
    assert _owed() == []
    make_ends.noticed(cast, record)
    assert _owed() == [record.pk]
    assert endings.still_to_confirm() == [(cast.market.code, cast.market.name, 1)]
    holding.confirm_gone(record_id=record.pk, revision=9, **HLJ)
    assert _owed() == []
    assert endings.still_to_confirm() == []


def test_a_receipt_that_comes_after_the_end_is_owed(cast: Cast) -> None:
    record = make_ends.noticed(cast, make.effective(cast))
    holding.taken(record_id=record.pk, revision=1, **HLJ)
    assert _owed() == [record.pk]


def test_a_copy_that_is_gone_and_comes_back_is_owed_again(cast: Cast) -> None:
    record = make.effective(cast)
    holding.taken(record_id=record.pk, revision=1, **HLJ)
    make_ends.noticed(cast, record)
    holding.confirm_gone(record_id=record.pk, revision=2, **HLJ)
    holding.taken(record_id=record.pk, revision=3, **HLJ)
    assert _owed() == [record.pk]


def test_a_whole_sheet_of_receipts_is_not_owed_while_its_records_stand(cast: Cast) -> None:
    record = make.effective(cast)
    holding_sets.taken_many(record_ids=[record.pk], channel="接口", basis="", **HLJ)
    assert _owed() == []
    make_ends.noticed(cast, record)
    assert _owed() == [record.pk]


def test_nobody_says_by_hand_what_is_owed(cast: Cast) -> None:
    record = make.effective(cast)
    holding.taken(record_id=record.pk, revision=1, **HLJ)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_holding SET owed = true WHERE record_id = %s", [record.pk])
    assert _owed() == []
    make_ends.noticed(cast, record)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_holding SET owed = false WHERE record_id = %s", [record.pk])
    assert _owed() == [record.pk]
    holding.confirm_gone(record_id=record.pk, revision=9, **HLJ)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_holding SET owed = true WHERE record_id = %s", [record.pk])
    assert _owed() == []


def test_what_is_still_held_stands_first_however_long_ago_it_ended(cast: Cast) -> None:
    held, gone = make.effective(cast, serial=1), make.effective(cast, serial=2)
    holding.taken(record_id=held.pk, revision=1, **HLJ)
    make_ends.noticed(cast, held)
    make_ends.noticed(cast, gone)
    archiving.seal_ended(actor=User.objects.system())
    assert [(one.copy.pk, one.waiting) for one in endings.ended(cast.reviewer)] == [(held.pk, 1), (gone.pk, 0)]


def test_every_item_asks_for_some_content_so_that_none_goes_unsealed() -> None:
    """封存 finds what waits by its content: a record without any would never be sealed."""
    assert [item.code for item in pack.current().items.values() if not any(one.required for one in item.fields)] == []
