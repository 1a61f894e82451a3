"""数据库拒绝: each rule of a registration by raw SQL as the application's role, and two people pressing at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import Event
from daoli_credit.law import clock
from incentives.models import Registration, RegistrationSight
from incentives.workflows import leaving, registering
from records.models import CreditRecord
from tests import make_assessments, make_listing, make_registration
from tests.cast import Cast, assemble, identity
from tests.days import dated
from tests.together import together

BEFORE, LATER = timedelta(days=-90), timedelta(days=90)

Desk = tuple[User, User, User]


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return make_listing.desk(make_registration.court())


def _refused(sql: str, *values: Any, says: str) -> None:
    with pytest.raises(IntegrityError, match=says), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [dated(one) for one in values])


def _copy(made: Registration, says: str, **changes: Any) -> None:
    """A registration by hand, like `made` but for what is changed."""
    names = [
        str(one.column) for one in Registration._meta.concrete_fields if one.column not in {"id", "number", *changes}
    ]
    columns, values = ", ".join([*changes, *names]), ", ".join(["%s"] * len(changes) + names)
    sql = f"INSERT INTO incentives_registration (number, {columns}) SELECT 'DJx', {values}"
    _refused(f"{sql} FROM incentives_registration WHERE id = %s", *changes.values(), made.pk, says=says)


def _update(made: Registration, says: str, **facts: Any) -> None:
    sets = ", ".join(f"{name} = %s" for name in facts)
    _refused(f"UPDATE incentives_registration SET {sets} WHERE id = %s", *facts.values(), made.pk, says=says)  # noqa: S608


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"status": "effective"}, "只能从"),
        ({"procedure": "admin", "document_number": "x"}, "only_what_is_decided_outside"),
        ({"document_number": ""}, "names_document_body_basis_and_reason"),
        ({"authority": "", "document_number": "x"}, "names_document_body_basis_and_reason"),
        ({"legal_ground": "", "document_number": "x"}, "names_document_body_basis_and_reason"),
        ({"told_how": "", "document_number": "x"}, "says_how_and_when_the_person_was_told"),
        ({"told_proof": "", "document_number": "x"}, "says_how_and_when_the_person_was_told"),
        ({"told_on": None}, "told_on"),
        ({"remedy": "", "document_number": "x"}, "names_remedy_exit_and_term"),
        ({"removal": "", "document_number": "x"}, "names_remedy_exit_and_term"),
        ({"term_basis": "", "document_number": "x"}, "names_remedy_exit_and_term"),
        ({"decided_on": LATER, "document_number": "x"}, "comes_after_what_it_registers"),
        ({"told_on": LATER, "document_number": "x"}, "comes_after_what_it_registers"),
        ({"term_end": BEFORE, "document_number": "x"}, "comes_after_what_it_registers"),
        ({"document_digest": None}, "document_digest"),
        ({"list_type": "tax-major"}, "影响评估"),
        ({"revision": 1}, "one_standing_registration_per_document_and_person"),
    ],
)
def test_a_registration_that_lacks_anything_is_refused(desk: Desk, changes: dict[str, Any], says: str) -> None:
    _copy(make_registration.registered(desk[0]), says, **changes)


def test_only_the_body_that_provides_the_item_has_it(cast: Cast, desk: Desk) -> None:
    made = make_registration.registered(desk[0])
    says = "a_registration_is_of_a_provider_of_its_item"
    _copy(made, says, department_id=cast.wages.pk, document_number="x")


def test_nobody_confirms_alone_or_unseen(desk: Desk) -> None:
    made = make_registration.registered(desk[0])
    RegistrationSight.objects.create(registration=made, by=desk[0], on=clock.today())
    _update(made, "another_than_the_registrar", confirmed_by_id=desk[0].pk, confirmed_on=clock.today())
    _update(made, "还没有打开过文书", confirmed_by_id=desk[2].pk, confirmed_on=clock.today())
    _update(made, "须有它自己的信用记录和文书附件|an_effective_registration", status="effective")
    RegistrationSight.objects.create(registration=made, by=desk[2], on=clock.today())
    facts = {"confirmed_by_id": desk[2].pk, "confirmed_on": clock.today(), "status": "effective"}
    _update(made, "须有它自己的信用记录和文书附件", **facts)
    _refused("DELETE FROM incentives_registrationpaper WHERE registration_id = %s", made.pk, says="不能删除")
    _refused("UPDATE incentives_registrationpaper SET size = 1 WHERE registration_id = %s", made.pk, says="不能改写")


def test_facts_stay_and_nothing_goes_back_or_away(desk: Desk) -> None:
    made = make_registration.confirmed(desk[0], desk[2])
    changes = {"decided_on": BEFORE, "remedy": "无", "document_number": "x", "confirmed_by_id": desk[1].pk}
    for name, value in changes.items():
        _update(made, "写下后不能改写", **{name: value})
    for status in ("registered", "returned"):
        _update(made, "不能从", status=status)
    _update(made, "记录须同时终止|a_cancelled_registration", status="cancelled")
    _refused("DELETE FROM incentives_registration WHERE id = %s", made.pk, says="只增不")
    _refused("DELETE FROM incentives_registrationsight WHERE registration_id = %s", made.pk, says="只增不")


def _copied(record: CreditRecord, document: str, subject: int) -> None:
    """A record by hand, like this one but for document and person."""
    fields = [str(one.column) for one in CreditRecord._meta.concrete_fields]
    own = {"id", "number", "document_number", "subject_id", "row_id"}
    names = ", ".join(one for one in fields if one not in own)
    sql = f"INSERT INTO records_creditrecord (number, document_number, subject_id, {names})"
    sql += f" SELECT 'DLx', %s, %s, {names} FROM records_creditrecord WHERE id = %s"  # noqa: S608
    _refused(sql, document, subject, record.pk, says="由第二人确认过的登记产生")


def test_no_record_of_such_a_list_without_its_confirmed_registration(desk: Desk) -> None:
    made = make_registration.confirmed(desk[0], desk[2])
    assert made.record is not None
    _copied(made.record, "x", made.subject_id)
    waits = make_registration.registered(desk[0], who=identity("guchanglin"), document_number="黑0102执9号")
    _copied(made.record, waits.document_number, waits.subject_id)


def test_two_confirm_at_once_and_there_is_one_record(committing_db: str) -> None:
    assemble()
    clerk, _, decider = make_listing.desk(make_registration.court())
    made = make_registration.registered(clerk)
    registering.see(registration_id=made.pk, actor=decider)
    said = together(*(lambda: registering.confirm(registration_id=made.pk, actor=decider) for _ in range(2)))
    assert said == ["AlreadyDone", "done"]
    assert CreditRecord.objects.count() == 1
    assert Event.objects.filter(act="registration.confirmed").count() == 1


def test_a_confirmation_and_a_return_at_once_leave_one_of_the_two(committing_db: str) -> None:
    assemble()
    clerk, _, decider = make_listing.desk(make_registration.court())
    made = make_registration.registered(clerk)
    registering.see(registration_id=made.pk, actor=decider)
    said = together(
        lambda: registering.confirm(registration_id=made.pk, actor=decider),
        lambda: registering.withdraw(registration_id=made.pk, actor=clerk, opinion="重录"),
    )
    assert said == ["WrongState", "done"]
    assert CreditRecord.objects.count() == (Registration.objects.get().status == "effective")


def test_the_same_document_registered_twice_at_once_and_an_exit_granted_twice(committing_db: str) -> None:
    assemble()
    clerk, _, decider = make_listing.desk(make_registration.court())
    make_assessments.list_type("court-dishonest")
    said = together(*(lambda: make_registration.registered(clerk) for _ in range(2)))
    assert "done" in said
    made = Registration.objects.get()
    registering.see(registration_id=made.pk, actor=decider)
    record = registering.confirm(registration_id=made.pk, actor=decider).record
    assert record is not None
    conditions = ("履行完毕", "和解履行完毕", "终结执行等删除情形")
    asked = leaving.ask(
        record_id=record.pk, actor=clerk, conditions=conditions, document="结案1", ground_on=clock.today()
    )
    said = together(*(lambda: leaving.grant(exit_id=asked.pk, actor=decider, document="移1") for _ in range(2)))
    assert said == ["AlreadyDone", "done"]
    assert Event.objects.filter(act="record.left-early").count() == 1
