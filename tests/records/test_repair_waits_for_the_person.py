"""等本人补充: the clock of the decision stands still with a reason and a day, and goes on where it stopped."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from daoli_credit.accounts.models import Message
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.law import clock, workdays
from daoli_credit.workflow import RuleBroken, Stale, WrongState
from records.models import Repair
from records.rules import repair_clocks
from records.workflows import repair as repair_acts
from records.workflows import repair_asking as acts
from tests import make_repairs
from tests.cast import Cast, browser, identity

pytestmark = pytest.mark.django_db
ASKED = "请说明第二笔罚款是哪一天缴清的。"


def test_the_days_of_waiting_are_added_to_the_day_of_the_decision(cast: Cast) -> None:
    repair = make_repairs.accepted(cast)
    before = repair_clocks.running(repair)
    assert before is not None
    assert before.on is not None
    repair = acts.ask(repair_id=repair.pk, actor=cast.reviewer, opinion=ASKED, seen=repair.revision)
    assert (repair.status, repair.asked_for, repair.asked_on) == ("waiting", ASKED, clock.today())
    assert repair_clocks.running(repair) is None
    assert ASKED in messages_of("请补充信用修复有关情况")
    with clock.at(workdays.due(clock.today(), 4).on):
        repair = acts.answer(repair_id=repair.pk, actor=cast.citizen, words="8 月 3 日。", seen=repair.revision)
        assert (repair.status, repair.waited, repair.asked_on) == ("accepted", 4, None)
        after = repair_clocks.running(repair)
        assert after is not None
        assert after.on == workdays.due(before.on, 4).on
        repair_acts.decide(repair_id=repair.pk, actor=cast.reviewer, seen=repair.revision)


def messages_of(title: str) -> str:
    from daoli_credit.accounts import messages  # noqa: PLC0415

    return messages.text(Message.objects.filter(title=title).latest("pk"))


def test_only_the_decider_asks_and_only_the_person_answers(cast: Cast) -> None:
    repair = make_repairs.accepted(cast)
    with pytest.raises(PermissionDenied):
        acts.ask(repair_id=repair.pk, actor=cast.other_reviewer, opinion=ASKED, seen=1)
    with pytest.raises(RuleBroken):
        acts.ask(repair_id=repair.pk, actor=cast.reviewer, opinion=" ", seen=repair.revision)
    with pytest.raises(Stale):
        acts.ask(repair_id=repair.pk, actor=cast.reviewer, opinion=ASKED, seen=9)
    with pytest.raises(OpinionRefused):
        acts.ask(
            repair_id=repair.pk, actor=cast.reviewer, opinion=identity("linxiuyun").id_number, seen=repair.revision
        )
    repair = acts.ask(repair_id=repair.pk, actor=cast.reviewer, opinion=ASKED, seen=repair.revision)
    with pytest.raises(PermissionDenied):
        acts.answer(repair_id=repair.pk, actor=cast.namesake, words="有", seen=repair.revision)
    with pytest.raises(RuleBroken):
        acts.answer(repair_id=repair.pk, actor=cast.citizen, words=" ", seen=repair.revision)
    with pytest.raises(WrongState):
        repair_acts.decide(repair_id=repair.pk, actor=cast.reviewer, seen=repair.revision)


def test_the_pages_say_since_when_and_for_what(cast: Cast) -> None:
    repair = make_repairs.accepted(cast)
    desk, address = browser(cast.reviewer), f"/desk/repairs/{repair.number}/ask/"
    assert desk.get(address).status_code == 200
    assert desk.post(address, {"opinion": "", "seen": repair.revision}).status_code == 422
    assert desk.post(address, {"opinion": ASKED, "seen": repair.revision}).status_code == 302
    her, mine = browser(cast.citizen), f"/me/repairs/{repair.number}/"
    for page in (her.get(mine), desk.get(f"/desk/repairs/{repair.number}/")):
        assert ASKED in page.content.decode()
        assert "期限停止计算" in page.content.decode()
    assert her.post(f"{mine}answer/", {"statement": "", "seen": repair.revision}).status_code == 422
    assert her.post(f"{mine}answer/", {"statement": "8 月 3 日。", "seen": repair.revision}).status_code == 302
    assert browser(cast.namesake).get(f"{mine}answer/").status_code == 404
    assert Repair.objects.get().status == "accepted"


def test_the_database_wants_the_reason_and_the_day(cast: Cast) -> None:
    make_repairs.accepted(cast)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE records_repair SET status = 'waiting'")
