"""同一人认定: two numbers of one person, joined and parted by two people; nothing is moved, so that all comes back."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from daoli_credit import cipher
from daoli_credit.accounts import messages
from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, Stale
from records import identity, outgoing
from records.identity import Identity
from records.models import CreditRecord, IdentityCase, Revision, Subject, SubjectKey
from records.models.identity_case import K
from records.models.revision import Kind
from records.workflows import identity_case as acts
from records.workflows import identity_opening
from records.workflows import record as records
from tests import make, make_identity
from tests.cast import Cast, assemble
from tests.cast import identity as of
from tests.together import together


def _two(cast: Cast) -> tuple[Identity, Identity, CreditRecord, CreditRecord]:
    """林秀云 with a record under each of two numbers."""
    now, old = of("linxiuyun"), make_identity.second_number()
    return now, old, make.effective(cast, serial=1), make.effective(cast, who=old, serial=2)


def _everything(*records: CreditRecord) -> list[object]:
    """All that the register holds of these people, bytes included."""
    keys = SubjectKey.objects.order_by("pk").values_list("pk", "subject_id", "key_id", "digest")
    people = Subject.objects.order_by("pk").values_list(
        "pk", "token", "envelope", "name_tail_key", "same_as", "has_joined"
    )
    held = CreditRecord.objects.order_by("pk").values_list("pk", "subject_id", "status", "revision", "content_digest")
    return [
        [tuple(bytes(one) if isinstance(one, memoryview) else one for one in row) for row in rows]
        for rows in (keys, people, held)
    ]


def _payload(record: CreditRecord) -> str:
    revision = Revision.objects.filter(record=record).order_by("-number").select_related("record").first()
    assert revision is not None
    return outgoing.publication(revision, actor=User.objects.system(), title="省平台").decode()


def test_joined_numbers_are_one_person_everywhere_and_the_outside_hears_of_the_first(cast: Cast) -> None:
    now, old, here, there = _two(cast)
    assert set(CreditRecord.objects.about(cast.citizen.person_keys())) == {here}
    make_identity.joined(cast, now, old)
    assert set(CreditRecord.objects.about(cast.citizen.person_keys())) == {here, there}
    last = there.revisions.order_by("-number").first()
    assert last is not None
    assert last.kind == Kind.CORRECTED
    assert now.id_number in _payload(there)
    assert old.id_number not in _payload(there)
    assert here.revisions.count() == 1, "what was right before is not said again"
    assert cast.citizen.is_person(there.person_keys())


def test_the_desk_still_shows_what_the_document_says(cast: Cast) -> None:
    now, old, _, there = _two(cast)
    make_identity.joined(cast, now, old)
    there.refresh_from_db()
    assert identity.masked(there.subject).id_number[-4:] == old.id_number[-4:]


def test_undoing_restores_exactly(cast: Cast) -> None:
    now, old, here, there = _two(cast)
    before = _everything(here, there)
    case = make_identity.joined(cast, now, old)
    assert _everything(here, there) != before
    make_identity.parted(cast, case)
    assert _everything(here, there) == before
    assert set(CreditRecord.objects.about(cast.citizen.person_keys())) == {here}
    assert old.id_number in _payload(there)
    assert now.id_number not in _payload(there)
    with pytest.raises(RuleBroken, match="已经撤销"):
        make_identity.parted(cast, case)


def test_looks_and_letters_stay_with_the_number_they_were_about(cast: Cast) -> None:
    now, old, _, there = _two(cast)
    mine = set(messages.of(cast.citizen).values_list("token", flat=True))
    look = events.look_up(
        actor=cast.reviewer, person_key=there.person_keys()[0], matter="record-handling", case_number=there.number,
        purpose="核对", shown=["record"], department="market-regulation",
    )  # fmt: skip
    case = make_identity.joined(cast, now, old)
    joined_letters = set(messages.of(cast.citizen).values_list("token", flat=True))
    assert len(joined_letters) == len(mine) + 4, "two letters of the other record, and the decision under each number"
    make_identity.parted(cast, case)
    assert bytes(look.person_key) in there.subject.person_keys()
    own = set(messages.of(cast.citizen).values_list("token", flat=True))
    assert mine < own < joined_letters | own
    titles = list(messages.of(cast.citizen).values_list("title", flat=True))
    assert titles.count("同一人认定告知") == 1
    assert titles.count("撤销同一人认定告知") == 1


def test_a_join_of_a_join_comes_back_in_order(cast: Cast) -> None:
    now, old, here, there = _two(cast)
    third = make_identity.second_number(serial=555)
    make.effective(cast, who=third, serial=3)
    before = _everything(here, there)
    first = make_identity.joined(cast, old, third)
    middle = _everything(here, there)
    second = make_identity.joined(cast, now, old)
    assert CreditRecord.objects.about(cast.citizen.person_keys()).count() == 3
    with pytest.raises(RuleBroken, match="请先撤销"):
        make_identity.parted(cast, first)
    make_identity.parted(cast, second)
    assert _everything(here, there) == middle
    make_identity.parted(cast, first)
    assert _everything(here, there) == before


def test_name_alone_joins_nobody(cast: Cast) -> None:
    make.effective(cast, serial=1)
    make.effective(cast, who=of("linxiuyun2"), serial=2)
    assert Subject.objects.count() == 2
    assert CreditRecord.objects.about(cast.citizen.person_keys()).count() == 1
    with pytest.raises(RuleBroken, match="没有登记这个证件号码"):
        make_identity.opened(cast, K.SAME, of("linxiuyun"), other="林秀云")


def test_the_same_document_under_both_numbers_is_settled_first(cast: Cast) -> None:
    old = make_identity.second_number()
    mine = make.effective(cast, serial=1)
    make.effective(cast, who=old, serial=1)
    with pytest.raises(RuleBroken, match=mine.number):
        make_identity.opened(cast, K.SAME, of("linxiuyun"), other=old.id_number)


def test_reason_and_document_are_needed_and_no_number_stands_in_them(cast: Cast) -> None:
    now, old, *_ = _two(cast)
    with pytest.raises(RuleBroken, match="请写明理由"):
        make_identity.opened(cast, K.SAME, now, other=old.id_number, paper=" ")
    with pytest.raises(OpinionRefused):
        make_identity.opened(cast, K.SAME, now, other=old.id_number, reason=f"与 {old.id_number} 是同一人")
    assert not IdentityCase.objects.exists()


def test_whoever_proposed_does_not_decide_and_nobody_else_does_either(cast: Cast) -> None:
    now, old, *_ = _two(cast)
    case = make_identity.opened(cast, K.SAME, now, other=old.id_number)
    with pytest.raises(PermissionDenied):
        acts.settle(case_id=case.pk, actor=cast.counter, opinion="", seen=1)
    with pytest.raises(PermissionDenied):
        acts.settle(case_id=case.pk, actor=cast.reviewer, opinion="", seen=1)
    with pytest.raises(PermissionDenied):
        identity_opening.open_(
            kind=K.SAME, id_number=now.id_number, other_number=old.id_number, name="",
            grounds=make_identity.grounds(), papers=(), actor=cast.supervisor,
        )  # fmt: skip
    with pytest.raises(Stale):
        acts.settle(case_id=case.pk, actor=cast.supervisor, opinion="", seen=9)


def test_a_double_click_is_a_success_and_a_refusal_changes_nothing(cast: Cast) -> None:
    now, old, here, there = _two(cast)
    before = _everything(here, there)
    case = make_identity.opened(cast, K.SAME, now, other=old.id_number)
    with pytest.raises(AlreadyDone):
        make_identity.opened(cast, K.SAME, now, other=old.id_number)
    acts.refuse(case_id=case.pk, actor=cast.supervisor, opinion="材料只有复印件", seen=case.revision)
    assert _everything(here, there) == before
    with pytest.raises(AlreadyDone):
        acts.refuse(case_id=case.pk, actor=cast.supervisor, opinion="材料只有复印件", seen=case.revision)


def _refused(statement: str, *values: str | int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, list(values))


def test_the_database_joins_nobody_without_two_people(cast: Cast) -> None:
    now, old, here, there = _two(cast)
    one, two = here.subject_id, there.subject_id
    _refused("UPDATE records_subject SET same_as_id = %s WHERE id = %s", one, two)
    case = make_identity.opened(cast, K.SAME, now, other=old.id_number)
    _refused(
        "UPDATE records_identitycase SET decided_by_id = proposed_by_id, moved = %s WHERE id = %s",
        f"[{two}]", case.pk,
    )  # fmt: skip
    _refused("UPDATE records_identitycase SET status = 'settled' WHERE id = %s", case.pk)
    make_identity.settled(cast, case)
    _refused("UPDATE records_identitycase SET reason = '改写' WHERE id = %s", case.pk)
    _refused("DELETE FROM records_identitycase WHERE id = %s", case.pk)
    _refused("UPDATE records_subject SET same_as_id = id WHERE id = %s", two)
    _refused("UPDATE records_subject SET same_as_id = %s WHERE id = %s", two, one)


def test_what_is_paused_says_nothing_when_numbers_are_joined(cast: Cast) -> None:
    now, old, _, there = _two(cast)
    CreditRecord.objects.filter(pk=there.pk).update(suspended_on=clock.today())
    make_identity.joined(cast, now, old)
    assert there.revisions.count() == 1


def test_two_deciders_at_once_join_once(committing_db: str) -> None:
    cast = assemble()
    now, old, _, there = _two(cast)
    case = make_identity.opened(cast, K.SAME, now, other=old.id_number)

    def act() -> None:
        acts.settle(case_id=case.pk, actor=cast.supervisor, opinion="", seen=case.revision)

    assert together(act, act) == ["AlreadyDone", "done"]
    assert there.revisions.filter(kind=Kind.CORRECTED).count() == 1
    assert cipher.person_keys(old.id_number)[0] in cast.citizen.person_keys()


def test_a_join_and_a_new_record_of_the_other_number_do_not_lock_each_other_out(committing_db: str) -> None:
    cast = assemble()
    now, old, *_ = _two(cast)
    case = make_identity.opened(cast, K.SAME, now, other=old.id_number)
    waiting = make.submitted(cast, who=old, serial=9)
    make.opened(waiting, cast.reviewer)
    said = together(
        lambda: make_identity.settled(cast, case),
        lambda: records.approve(record_id=waiting.pk, actor=cast.reviewer, opinion="", seen=waiting.revision),
    )
    assert said == ["done", "done"]
    assert CreditRecord.objects.about(cast.citizen.person_keys()).count() == 3
