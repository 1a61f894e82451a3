"""退出: an adult without full capacity and the dead are no credit subjects; their adverse records end, all at once."""

import pytest
from django.db import IntegrityError, connection, transaction

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken
from records import identity, outgoing
from records.models import CreditRecord, Subject
from records.models.identity_case import K
from records.models.revision import Kind
from records.workflows import identity_case as acts
from records.workflows import record as records
from records.workflows import removals
from tests import make, make_identity, make_listing
from tests.cast import Cast, assemble
from tests.cast import identity as of
from tests.together import together


@pytest.mark.parametrize(("kind", "why"), [(K.CAPACITY, "no-capacity"), (K.DEATH, "deceased")])
def test_every_adverse_record_ends_at_once_and_is_withdrawn(cast: Cast, kind: K, why: str) -> None:
    mine = [make.effective(cast, serial=serial) for serial in (1, 2)]
    another = make.effective(cast, who=of("guchanglin"), serial=3)
    case = make_identity.settled(cast, make_identity.opened(cast, kind, of("linxiuyun")))
    assert case.ended == 2
    assert not CreditRecord.objects.about(cast.citizen.person_keys()).in_force(on=clock.today())
    for record in mine:
        record.refresh_from_db()
        assert (record.status, record.end_kind, record.ended_on) == ("ended", why, clock.today())
        assert record.keep_until is not None
        assert record.revisions.filter(kind=Kind.ENDED).count() == 1
        assert not CreditRecord.objects.visible_to(cast.reviewer).filter(pk=record.pk).exists()
    assert CreditRecord.objects.in_force(on=clock.today()).get() == another
    told = messages.of(cast.citizen).filter(title="终止不利信息告知").count()
    assert told == (1 if kind == K.CAPACITY else 0)


def test_the_ends_stand_in_the_journal_and_go_out_as_withdrawals(committing_db: str) -> None:
    cast = assemble()
    make.effective(cast, serial=1)
    make_identity.settled(cast, make_identity.opened(cast, K.DEATH, of("linxiuyun")))
    assert not outgoing.withdrawals().exists()
    assert removals.journal() == 1
    revision = outgoing.withdrawals().get()
    assert outgoing.withdrawal(revision) == b'{"layout":"daoli-1","reason":"no-subject"}'


def test_nothing_is_taken_in_and_nothing_takes_effect_any_more(cast: Cast) -> None:
    waiting = make.submitted(cast, serial=1)
    make_identity.settled(cast, make_identity.opened(cast, K.CAPACITY, of("linxiuyun")))
    make.opened(waiting, cast.reviewer)
    with pytest.raises(RuleBroken, match="不再是信用主体"):
        records.approve(record_id=waiting.pk, actor=cast.reviewer, opinion="", seen=waiting.revision)
    with pytest.raises(RuleBroken, match="不再是信用主体"):
        make.draft(cast, serial=2)
    assert identity.find(of("linxiuyun").id_number) is not None


def test_every_number_of_the_person_leaves(cast: Cast) -> None:
    old = make_identity.second_number()
    make.effective(cast, serial=1)
    make.effective(cast, who=old, serial=2)
    make_identity.joined(cast, of("linxiuyun"), old)
    case = make_identity.settled(cast, make_identity.opened(cast, K.DEATH, old))
    assert case.ended == 2
    assert Subject.objects.filter(left_on=clock.today()).count() == 2


def test_whoever_comes_back_is_a_subject_again_and_nothing_ended_comes_back(cast: Cast) -> None:
    ended = make.effective(cast, serial=1)
    make_identity.settled(cast, make_identity.opened(cast, K.CAPACITY, of("linxiuyun")))
    with pytest.raises(RuleBroken, match="已经退出"):
        make_identity.opened(cast, K.CAPACITY, of("linxiuyun"))
    make_identity.settled(cast, make_identity.opened(cast, K.BACK, of("linxiuyun"), paper="宣告恢复行为能力的判决书"))
    ended.refresh_from_db()
    assert ended.status == "ended"
    assert make.effective(cast, serial=2).status == "effective"
    with pytest.raises(RuleBroken, match="没有退出"):
        make_identity.opened(cast, K.BACK, of("linxiuyun"))


def _refused(statement: str, *values: str | int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, list(values))


def test_the_database_lets_nobody_leave_by_one_hand(cast: Cast) -> None:
    record, waiting = make.effective(cast, serial=1), make.submitted(cast, serial=2)
    _refused(
        "UPDATE records_subject SET left_on = current_date, left_why = 'deceased' WHERE id = %s", record.subject_id
    )
    _refused(
        "UPDATE records_creditrecord SET status = 'ended', ended_on = now()::date, end_kind = 'deceased' WHERE id = %s",
        record.pk,
    )
    make_identity.settled(cast, make_identity.opened(cast, K.DEATH, of("linxiuyun")))
    _refused(
        "UPDATE records_creditrecord SET status = 'effective', reviewed_by_id = %s, effective_on = current_date"
        " WHERE id = %s",
        cast.reviewer.pk, waiting.pk,
    )  # fmt: skip


def test_an_approval_at_the_same_moment_leaves_nothing_in_force(committing_db: str) -> None:
    cast = assemble()
    make.effective(cast, serial=1)
    waiting = make.submitted(cast, serial=2)
    make.opened(waiting, cast.reviewer)
    case = make_identity.opened(cast, K.DEATH, of("linxiuyun"))
    said = together(
        lambda: acts.settle(case_id=case.pk, actor=cast.supervisor, opinion="", seen=case.revision),
        lambda: records.approve(record_id=waiting.pk, actor=cast.reviewer, opinion="", seen=waiting.revision),
    )
    assert "done" in said
    assert not CreditRecord.objects.in_force(on=clock.today()).exists()
    assert User.objects.filter(face="system").exists()


def test_nobody_who_left_is_listed(cast: Cast) -> None:
    who = make_listing.someone("z")
    raw = make.raw_penalty(who, department=cast.market, serial=31)
    found = records.enter(department=cast.market, checked=make.checked(raw), actor=cast.clerk)
    make_identity.settled(cast, make_identity.opened(cast, K.DEATH, who))
    assert found.subject.family().get().left_why == "deceased"
    with pytest.raises(RuleBroken, match="不再是信用主体"):
        make_listing.proposed(cast, who=who)
