"""录入."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from daoli_credit.audit.models import Event
from daoli_credit.law import clock, pack
from daoli_credit.workflow import RuleBroken
from records import identity
from records.models import CatalogueProvider, CreditRecord, Subject
from records.rules import collectable
from records.workflows import record as acts
from tests import make
from tests.cast import Cast
from tests.cast import identity as of_cast


def test_a_draft_holds_content_and_a_sealed_person(cast: Cast) -> None:
    record = make.draft(cast)
    assert record.status == "draft"
    assert "林秀云" not in str(record.content)
    assert "林秀云".encode() not in bytes(record.subject.envelope)
    assert identity.masked(record.subject).name == "林*云"


def test_the_three_ends_are_computed_with_their_reasons(cast: Cast) -> None:
    record = make.draft(cast, severity="general")
    assert record.public_until is None
    assert record.use_until is not None
    assert record.use_until <= record.determined_on + timedelta(days=366)
    assert record.repair_from is not None
    assert record.repair_from < record.use_until
    assert "《" in record.reasons["use_until"]


def test_a_clerk_may_not_enter_for_another_department(cast: Cast) -> None:
    checked = make.checked(make.raw_penalty(department=cast.market))
    with pytest.raises(PermissionDenied):
        acts.enter(department=cast.health, checked=checked, actor=cast.clerk)


def test_a_department_that_is_no_provider_of_the_item_is_refused(cast: Cast) -> None:
    checked = make.checked(make.raw_penalty(department=cast.health))
    with pytest.raises(RuleBroken, match="归集单位"):
        acts.enter(department=cast.health, checked=checked, actor=cast.other_clerk)
    assert not CreditRecord.objects.exists()


def test_the_database_refuses_a_record_of_a_department_that_is_no_provider(cast: Cast) -> None:
    record = make.draft(cast)
    with pytest.raises(IntegrityError, match="a_record_comes_from_a_provider"), transaction.atomic():
        CreditRecord.objects.filter(pk=record.pk).update(department=cast.health)


@pytest.mark.parametrize(
    ("item", "department", "says"),
    [
        ("list-market", "market-regulation", "名单类信息只能由列入程序产生"),
        ("court-enforcement", "court", "名单类信息只能由列入程序产生"),
        ("penalty-traffic", "public-security", "不能归集"),
        ("financial-record", "finance", "不能归集"),
        ("honour-volunteer", "civility", "须先由本人同意"),
    ],
)
def test_what_has_another_door_or_none_cannot_be_entered_by_hand(
    db: None, item: str, department: str, says: str
) -> None:
    known = pack.current().item(item)
    body = department if department in known.providers else known.providers[0]
    assert says in collectable.refusal(known, body, on=clock.today())
    # who decides a list or nominates for an honour has a pair; the database asks each record for its case
    by_case = bool(known.list_types) or known.sign == "positive"
    assert CatalogueProvider.objects.filter(item_id=item).exists() == by_case


def test_the_same_document_for_the_same_person_is_entered_once(cast: Cast) -> None:
    make.draft(cast)
    with pytest.raises(RuleBroken, match="已经录入过"):
        make.draft(cast)
    assert CreditRecord.objects.count() == 1


def test_a_number_known_under_another_name_is_refused_never_guessed(cast: Cast) -> None:
    make.draft(cast)
    with pytest.raises(RuleBroken, match="另一个姓名"):
        make.draft(cast, party_name="林秀英", serial=2)
    assert Subject.objects.count() == 1


def test_one_person_is_one_subject_however_the_number_is_written(cast: Cast) -> None:
    make.draft(cast)
    full_width = of_cast("linxiuyun").id_number.translate({ord("0") + n: ord("０") + n for n in range(10)})
    make.draft(cast, serial=2, id_number=f" {full_width} ", party_name="林 秀云")
    assert Subject.objects.count() == 1


def test_entering_leaves_one_event_without_name_or_number(cast: Cast) -> None:
    record = make.draft(cast)
    event = Event.objects.get(act="record.entered", object_id=str(record.pk))
    assert event.department == "market-regulation"
    assert of_cast("linxiuyun").id_number not in str(event.__dict__)


def test_the_database_refuses_a_status_that_nobody_knows(cast: Cast) -> None:
    record = make.draft(cast)
    with pytest.raises(IntegrityError, match="a_record_has_a_known_status"), transaction.atomic():
        CreditRecord.objects.filter(pk=record.pk).update(status="scored")


def test_the_database_refuses_an_effective_record_that_nobody_reviewed(cast: Cast) -> None:
    record = make.draft(cast)
    with (
        pytest.raises(IntegrityError, match="an_effective_record"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE records_creditrecord SET status = 'effective' WHERE id = %s", [record.pk])


def test_entry_today_is_the_clocks_today(cast: Cast) -> None:
    with clock.at(clock.today() + timedelta(days=30)):
        assert make.draft(cast).number.startswith("DL")
