"""同时: two people, two platforms, two connections."""

from daoli_credit.audit.models import Event
from records.models import CreditRecord, Repair, Revision
from records.workflows import holding
from records.workflows import repair as acts
from tests import make_repairs
from tests.cast import assemble
from tests.together import together


def test_two_deciders_end_the_record_once(committing_db: str) -> None:
    cast = assemble()
    repair = make_repairs.accepted(cast)
    said = together(
        *(lambda who=who: acts.decide(repair_id=repair.pk, actor=who, seen=1) for who in (cast.reviewer, cast.both))
    )
    assert said == ["WrongState", "done"]
    assert Revision.objects.filter(kind="ended").count() == 1
    assert Repair.objects.get().status == "closed"


def test_both_platforms_confirm_at_the_same_moment_and_it_closes_once(committing_db: str) -> None:
    cast = assemble()
    record = make_repairs.old(cast)
    for code in ("city", "province"):
        holding.taken(record_id=record.pk, recipient=code, title=code, revision=1)
    make_repairs.decided(cast, record)
    said = together(
        *(
            lambda code=code: holding.confirm_gone(record_id=record.pk, recipient=code, title=code, revision=2)
            for code in ("city", "province")
        )
    )
    assert said == ["done", "done"]
    assert Repair.objects.get().status == "closed"
    assert Event.objects.filter(act="repair.closed").count() == 1


def test_the_decision_and_a_platforms_late_word_do_not_lock_each_other_out(committing_db: str) -> None:
    cast = assemble()
    record = make_repairs.old(cast)
    holding.taken(record_id=record.pk, recipient="city", title="city", revision=1)
    repair = make_repairs.accepted(cast, record)
    said = together(
        lambda: acts.decide(repair_id=repair.pk, actor=cast.reviewer, seen=1),
        lambda: holding.confirm_gone(record_id=record.pk, recipient="city", title="city", revision=2),
    )
    assert said == ["done", "done"]
    assert Repair.objects.get().status == "closed"
    assert CreditRecord.objects.get().status == "ended"
