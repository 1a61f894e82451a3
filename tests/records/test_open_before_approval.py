"""打开文书: nobody approves adverse information unseen, and not as it stood before it was changed."""

import pytest
from django.db import IntegrityError, connection, transaction

from daoli_credit.workflow import RuleBroken
from records.models import CatalogueItem, CreditRecord, Opening
from records.workflows import opening
from records.workflows import record as acts
from tests import make
from tests import make_importing as sheets
from tests.cast import Cast, browser


def test_an_adverse_record_is_opened_by_its_own_reviewer_before_approval(cast: Cast) -> None:
    record = make.submitted(cast)
    with pytest.raises(RuleBroken, match="先打开"):
        acts.approve(record_id=record.pk, actor=cast.reviewer, opinion="", seen=record.revision)
    browser(cast.both).get(f"/desk/records/{record.number}/")
    with pytest.raises(RuleBroken, match="先打开"):
        acts.approve(record_id=record.pk, actor=cast.reviewer, opinion="", seen=record.revision)
    browser(cast.reviewer).get(f"/desk/records/{record.number}/")
    acts.approve(record_id=record.pk, actor=cast.reviewer, opinion="", seen=record.revision)
    assert CreditRecord.objects.get().status == "effective"


def test_an_opening_of_what_was_changed_since_does_not_count(cast: Cast) -> None:
    record = make.submitted(cast)
    opening.note([record], cast.reviewer)
    acts.send_back(record_id=record.pk, actor=cast.reviewer, opinion="请核对", seen=1)
    changed = make.checked(make.raw_penalty(department=cast.market, fine="0.3"))
    acts.revise(record_id=record.pk, checked=changed, actor=cast.clerk, seen=1)
    acts.submit(record_id=record.pk, actor=cast.clerk, seen=2)
    with pytest.raises(RuleBroken, match="先打开"):
        acts.approve(record_id=record.pk, actor=cast.reviewer, opinion="", seen=2)


def test_the_database_refuses_an_approval_unseen(cast: Cast) -> None:
    record = make.submitted(cast)
    approve = "UPDATE records_creditrecord SET reviewed_by_id = %s WHERE id = %s"
    with pytest.raises(IntegrityError, match="没有打开过"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(approve, [cast.reviewer.pk, record.pk])
    opening.note([record], cast.both)
    with pytest.raises(IntegrityError, match="没有打开过"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(approve, [cast.reviewer.pk, record.pk])
    opening.note([record], cast.reviewer)
    with connection.cursor() as cursor:
        cursor.execute(approve, [cast.reviewer.pk, record.pk])


def test_an_opening_is_not_rewritten_and_written_once(cast: Cast) -> None:
    record = make.submitted(cast)
    for _ in range(2):
        opening.note([record], cast.reviewer)
    assert Opening.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.update(reviewer=cast.both)


def test_a_page_of_a_sheet_opens_the_documents_that_it_shows(cast: Cast) -> None:
    batch = sheets.committed(cast)
    browser(cast.reviewer).get(f"/desk/imports/{batch.number}/review/")
    assert Opening.objects.filter(reviewer=cast.reviewer).count() == 3
    browser(cast.clerk).get(f"/desk/records/{CreditRecord.objects.first().number}/")  # type: ignore[union-attr]
    assert Opening.objects.count() == 3


def test_the_catalogue_says_which_items_are_adverse() -> None:
    assert CatalogueItem._meta.get_field("adverse").default is True


def test_only_what_the_pack_calls_adverse_is_so(cast: Cast) -> None:
    assert CatalogueItem.objects.get(code="penalty-food").adverse
    assert CatalogueItem.objects.filter(adverse=False).exists()
