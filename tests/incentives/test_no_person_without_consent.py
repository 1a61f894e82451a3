"""数据库拒绝（荣誉推荐）: each constraint of docs/redlist.md by raw SQL as the application's role."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from daoli_credit.law import clock
from incentives.models import Benefit, Nomination
from incentives.models.nomination_constraints import CONSTRAINTS
from records.models import CatalogueItem, CreditRecord, Subject
from tests import make, make_honours
from tests.cast import Cast, identity
from tests.days import dated
from tests.house.sources import ROOT

BEFORE = timedelta(days=-40)


def _refused(sql: str, *values: Any, says: str) -> None:
    with pytest.raises(IntegrityError, match=says), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [dated(one) for one in values])


def _update(row: Nomination, says: str, **facts: Any) -> None:
    sets = ", ".join(f"{name} = %s" for name in facts)
    _refused(f"UPDATE incentives_nomination SET {sets} WHERE id = %s", *facts.values(), row.pk, says=says)  # noqa: S608


def _columns(*but: str) -> str:
    return ", ".join(
        str(one.column) for one in Nomination._meta.concrete_fields if one.column not in {"id", "number", *but}
    )


def _someone(cast: Cast) -> Subject:
    return make.draft(cast, serial=77, who=identity("guchanglin")).subject


def test_a_nomination_begins_with_nobody(cast: Cast) -> None:
    row, names = make_honours.invited().nomination, _columns("status", "subject_id", "code_digest")
    copy = f"SELECT %s, %s, %s, NULL, {names} FROM incentives_nomination WHERE id = %s"  # noqa: S608
    into = f"INSERT INTO incentives_nomination (number, status, subject_id, code_digest, {names}) "
    for status in ("consented", "verified", "decided", "effective", "withdrawn"):
        _refused(into + copy, "TJ-x", status, None, row.pk, says="只能从邀请开始")
    _refused(into + copy, "TJ-x", "invited", _someone(cast).pk, row.pk, says="nobody_is_known|an_invitation_lives")


def test_no_person_without_consent(cast: Cast) -> None:
    row, who = make_honours.invited().nomination, _someone(cast)
    _update(row, "只有本人同意的那一步", subject_id=who.pk)
    _update(row, "只有本人同意的那一步|nobody_is_known", subject_id=who.pk, consented_on=clock.today())
    _update(row, "nobody_is_known|who_consented_is_known", status="consented", subject_id=who.pk, code_digest=None)
    _update(row, "who_consented_is_known", status="consented", consented_on=clock.today(), code_digest=None)
    _update(
        row, "consent_comes_within_the_invitation",
        status="consented", subject_id=who.pk, code_digest=None, consented_on=clock.today() + timedelta(days=60),
    )  # fmt: skip
    _update(row, "an_invitation_lives", status="consented", subject_id=who.pk, consented_on=clock.today())
    _update(row, "不能从", status="verified", subject_id=None, code_digest=None)


def test_who_it_is_cannot_be_changed_nor_kept_after_an_end_without_a_record(cast: Cast) -> None:
    row, other = make_honours.consented(cast.citizen), _someone(cast)
    _update(row, "不能改写", subject_id=other.pk)
    _update(row, "不能改写", subject_id=None)
    _update(row, "who_left_before_the_record_is_forgotten", status="withdrawn", withdrawn_on=clock.today())
    _update(
        row, "who_left_before_the_record_is_forgotten",
        status="dropped", dropped_on=clock.today(), dropped_by_id=row.invited_by_id, dropped_why="x",
    )  # fmt: skip


def test_publicity_is_agreed_to_with_the_consent_or_never(cast: Cast) -> None:
    row = make_honours.consented(cast.citizen)
    _update(row, "公开只在本人同意的那一步", public_on=clock.today())
    _update(row, "publicity_is_agreed_to_apart", public_ended_on=clock.today())


def test_nothing_out_of_order_and_three_people(cast: Cast) -> None:
    of, row = make_honours.league(), make_honours.consented(cast.citizen)
    for status in ("decided", "effective", "annulled", "refused", "invited"):
        _update(row, "不能从", status=status)
    _update(row, "verification_comes_after_consent", status="verified")
    _update(row, "three", status="verified", verified_by_id=of.clerk.pk, verified_on=clock.today())
    _update(
        row, "verification_comes_after_consent", status="verified", verified_by_id=of.verifier.pk, verified_on=BEFORE
    )
    _update(
        row, "a_decision_on_an_honour_comes_after_verification",
        decided_by_id=of.decider.pk, decided_on=clock.today(), decision_number="1",
    )  # fmt: skip
    row = make_honours.verified(cast.citizen, serial=2)
    for person in (of.clerk, of.verifier):
        _update(row, "three", status="decided", decided_by_id=person.pk, decided_on=clock.today(), decision_number="1")
    _update(row, "a_decision_on_an_honour", status="decided", decided_by_id=of.decider.pk, decided_on=clock.today())
    _update(row, "不能改写", verified_by_id=of.decider.pk)


def test_effect_needs_service_and_its_own_record(cast: Cast) -> None:
    row = make_honours.decided(cast.citizen)
    _update(row, "须有它自己的信用记录", status="effective")
    foreign = make.effective(cast)
    facts = {"served_on": clock.today(), "service": "direct", "service_proof": "x", "effective_on": clock.today()}
    _update(row, "须有它自己的信用记录", status="effective", record_id=foreign.pk, **facts)
    done = make_honours.effective(cast.namesake, who=identity("linxiuyun2"), serial=3)
    _update(done, "记录须同时终止", status="withdrawn", withdrawn_on=clock.today())
    who = {"annulled_by_id": done.decided_by_id, "annulment_number": "1", "annulled_why": "x"}
    _update(done, "记录须同时终止", status="annulled", annulled_on=clock.today(), **who)
    _refused("DELETE FROM incentives_nomination WHERE id = %s", done.pk, says="只增不改")


def test_an_honour_record_has_no_other_door(cast: Cast) -> None:
    done = make_honours.effective(cast.citizen)
    record = CreditRecord.objects.get(nominations=done)
    columns = ", ".join(
        str(one.column) for one in CreditRecord._meta.concrete_fields
        if one.column not in {"id", "number", "status", "document_number"}
    )  # fmt: skip
    _refused(
        f"INSERT INTO records_creditrecord (number, status, document_number, {columns})"  # noqa: S608
        f" SELECT 'DL-x', 'draft', 'x', {columns} FROM records_creditrecord WHERE id = %s",
        record.pk, says="只能由本人同意",
    )  # fmt: skip
    other = _someone(cast)
    _refused(
        "UPDATE records_creditrecord SET subject_id = %s WHERE id = %s", other.pk, record.pk, says="不能改写|本人同意"
    )
    _refused(
        "UPDATE records_creditrecord SET public_until = %s WHERE id = %s",
        clock.today(),
        record.pk,
        says="公开须本人另外同意",
    )
    adverse = make.draft(cast, serial=78)
    _refused(
        "UPDATE records_creditrecord SET item_id = 'honour-media' WHERE id = %s", adverse.pk,
        says="只能由本人同意|provider",
    )  # fmt: skip
    _refused("UPDATE records_catalogueitem SET by_consent = false WHERE code = 'honour-media'", says="不能改")
    assert CatalogueItem.objects.get(code="honour-media").by_consent


def test_publicity_may_stand_on_a_record_only_while_it_is_agreed_to(cast: Cast) -> None:
    done = make_honours.effective(cast.citizen, public=True)
    change = "UPDATE records_creditrecord SET public_until = %s WHERE id = %s"
    with connection.cursor() as cursor:
        cursor.execute(change, [clock.today(), done.record_id])
    _update(done, "不能从", status="verified")
    from incentives.workflows import consenting  # noqa: PLC0415

    consenting.hide(nomination_id=done.pk, actor=cast.citizen)
    assert CreditRecord.objects.get(nominations=done).public_until is None
    _refused(change, clock.today(), done.record_id, says="公开须本人另外同意")


def test_one_of_the_plans_sources_with_its_own_item(cast: Cast) -> None:
    row = make_honours.invited().nomination
    names = _columns("source", "item_id", "code_digest")
    sql = (
        f"INSERT INTO incentives_nomination (number, source, item_id, code_digest, {names})"  # noqa: S608
        f" SELECT 'TJ-y', %s, %s, '\\x00', {names} FROM incentives_nomination WHERE id = %s"
    )
    _refused(sql, "volunteer", "honour-media", row.pk, says="one_of_the_plans_sources|provider")
    _refused(sql, "score", "honour-volunteer", row.pk, says="one_of_the_plans_sources")
    _refused(sql, "media", "honour-media", row.pk, says="a_nomination_is_of_a_provider_of_its_item")


def test_a_benefit_is_of_an_honour_in_force_and_answered_by_the_person(cast: Cast) -> None:
    make_honours.effective(cast.citizen)
    benefit = make_honours.reported(cast)
    change = "UPDATE incentives_benefit SET {} WHERE id = %s"
    _refused(change.format("status = 'received'"), benefit.pk, says="only_the_person_says")
    _refused(change.format("case_number = 'x'"), benefit.pk, says="不能改写")
    _refused(change.format("status = 'retracted'"), benefit.pk, says="a_retracted_benefit_says_by_whom")
    names = ", ".join(
        str(one.column) for one in Benefit._meta.concrete_fields
        if one.column not in {"id", "number", "status", "received_on", "case_number"}
    )  # fmt: skip
    copy = (
        f"INSERT INTO incentives_benefit (number, status, received_on, case_number, {names})"  # noqa: S608
        f" SELECT 'DX-x', %s, %s, %s, {names} FROM incentives_benefit WHERE id = %s"
    )
    _refused(copy, "received", clock.today(), "2", benefit.pk, says="只记在效荣誉")
    _refused(copy, "reported", BEFORE, "2", benefit.pk, says="只记在效荣誉")
    _refused(copy, "reported", clock.today(), benefit.case_number, benefit.pk, says="a_benefit_is_reported_once")
    _refused("DELETE FROM incentives_benefit WHERE id = %s", benefit.pk, says="只增不改")


@pytest.mark.parametrize("name", [one.name for one in (*CONSTRAINTS, *Benefit._meta.constraints)])
def test_the_document_says_every_constraint_in_words(name: str) -> None:
    assert f"`{name}`" in (ROOT / "docs" / "redlist.md").read_text(encoding="utf-8")
