"""请说明这次查询: by the person, answered by another than the looker, in sealed words, against a clock."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import Message, User
from daoli_credit.audit import events
from daoli_credit.audit.models import Event, LookUp
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.law import clock, workdays
from daoli_credit.looks import selectors
from daoli_credit.looks.models import Explanation, OddLook
from daoli_credit.looks.rules import clocks
from daoli_credit.looks.workflows import explaining as acts
from daoli_credit.workflow import AlreadyDone, RuleBroken
from tests import make_looks
from tests.cast import Cast, browser, identity


def test_the_person_asks_and_reads_the_answer_word_for_word(cast: Cast) -> None:
    look = make_looks.looked(cast)
    person = browser(cast.citizen)
    assert f"/me/looks/{look.pk}/explain/" in person.get("/me/looks/").content.decode()
    answer = person.post(f"/me/looks/{look.pk}/explain/", {"question": "我没有办过这件事，为什么看？"}, follow=True)
    page = answer.content.decode()
    one = Explanation.objects.get()
    assert "我没有办过这件事" in page
    due = workdays.due(clock.today(), 5).on
    assert f"{due.year}年{due.month}月{due.day}日" in page
    desk = browser(cast.both)
    assert one.number in desk.get("/desk/looks/").content.decode()
    words = "这一件由本局办理，复核时要核对当事人。"
    said = desk.post(f"/desk/looks/explanations/{one.number}/", {"finding": "grounded", "text": words, "seen": "1"})
    assert said.status_code == 302
    page = person.get(f"/me/explanations/{one.number}/").content.decode()
    assert words in page
    assert "有正当事由" in page
    assert "看本单位的说明" in person.get("/me/looks/").content.decode()
    assert words in messages.text(messages.of(cast.citizen)[0])


def test_question_and_answer_lie_sealed_and_the_evidence_holds_neither(cast: Cast) -> None:
    make_looks.answered(cast, make_looks.raised(cast))
    for message in Message.objects.filter(noun="explanation"):
        assert "为什么看".encode() not in bytes(message.body)
        assert "核对当事人".encode() not in bytes(message.body)
    rows = str(list(Event.objects.filter(noun="explanation").values()))
    assert "为什么看" not in rows
    assert "核对当事人" not in rows


def test_the_looker_does_not_answer_and_the_database_says_so_too(cast: Cast) -> None:
    one = make_looks.raised(cast)
    with pytest.raises(RuleBroken, match="另一人说明"):
        acts.answer(explanation_id=one.pk, actor=cast.reviewer, finding="grounded", text="为了复核", seen=1)
    for user in (cast.clerk, cast.other_reviewer, cast.supervisor, cast.audit_officer):
        with pytest.raises(PermissionDenied):
            acts.answer(explanation_id=one.pk, actor=user, finding="grounded", text="为了复核", seen=1)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE looks_explanation SET answered_by_id = looked_by_id WHERE id = %s", [one.pk])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE looks_explanation SET status = 'answered' WHERE id = %s", [one.pk])


def test_an_unfinished_answer_comes_back_with_what_was_typed(cast: Cast) -> None:
    one = make_looks.raised(cast)
    address = f"/desk/looks/explanations/{one.number}/"
    desk = browser(cast.both)
    answer = desk.post(address, {"finding": "", "text": "为了复核这一件", "seen": "1"})
    assert answer.status_code == 422
    assert "请选择有没有正当事由" in answer.content.decode()
    assert "为了复核这一件" in answer.content.decode()
    number = identity("linxiuyun").id_number
    answer = desk.post(address, {"finding": "grounded", "text": f"{'核对' * 230}{number}", "seen": "1"})
    assert answer.status_code == 422
    assert "不要写证件号码" in answer.content.decode()
    assert Explanation.objects.get().status == "raised"


def test_only_the_person_asks_about_looks_at_themselves_and_once_at_a_time(cast: Cast) -> None:
    look = make_looks.looked(cast)
    for user in (cast.namesake, cast.clerk):
        with pytest.raises(PermissionDenied):
            acts.ask(look_id=look.pk, actor=user, question="")
    assert browser(cast.namesake).get(f"/me/looks/{look.pk}/explain/").status_code == 404
    browser(cast.citizen).get("/me/")
    own = LookUp.objects.get(kind="own")
    with pytest.raises(PermissionDenied):
        acts.ask(look_id=own.pk, actor=cast.citizen, question="")
    one = make_looks.raised(cast, look)
    with pytest.raises(AlreadyDone):
        make_looks.raised(cast, look)
    acts.withdraw(explanation_id=one.pk, actor=cast.citizen)
    assert make_looks.raised(cast, look).pk != one.pk


def test_a_question_with_a_number_is_refused_and_nothing_is_kept(cast: Cast) -> None:
    look = make_looks.looked(cast)
    with pytest.raises(OpinionRefused):
        acts.ask(look_id=look.pk, actor=cast.citizen, question=f"我是 {identity('linxiuyun').id_number}")
    address = f"/me/looks/{look.pk}/explain/"
    answer = browser(cast.citizen).post(address, {"question": "请打 13812345678 告诉我"})
    assert answer.status_code == 422
    assert not Explanation.objects.exists()
    assert not Message.objects.filter(noun="explanation").exists()


def test_without_a_ground_it_goes_to_the_audit_and_the_person_reads_that(cast: Cast) -> None:
    one = make_looks.answered(cast, make_looks.raised(cast), finding="improper")
    odd = OddLook.objects.get()
    assert (odd.look_id, odd.rule, odd.status) == (one.look_id, "admitted", "new")
    assert LookUp.objects.get(kind="outcome").result == "look.admitted"
    assert "没有正当事由" in browser(cast.citizen).get("/me/looks/").content.decode()
    assert "本单位认定没有事由" in browser(cast.audit_officer).get("/desk/odd-looks/").content.decode()


def test_overdue_ones_are_counted_as_cases_for_the_supervisor_and_marked_on_the_desk(cast: Cast) -> None:
    one = make_looks.raised(cast)
    due = clocks.due(one)
    assert due is not None
    assert not selectors.overdue_by_department(due)
    with clock.at(due + timedelta(days=1)):
        assert selectors.overdue_by_department(clock.today()) == {"区市场监管局": 1}
        assert "逾期" in browser(cast.both).get("/desk/looks/").content.decode()
        overview = browser(cast.supervisor).get("/supervision/").content.decode()
        assert "查询说明超期" in overview
        assert "林" not in overview.partition("查询说明超期")[2].partition("</section>")[0]


def test_the_desk_page_does_not_say_who_asked(cast: Cast) -> None:
    one = make_looks.raised(cast)
    page = browser(cast.both).get(f"/desk/looks/explanations/{one.number}/").content.decode()
    assert "林*云" not in page
    assert "林秀云" not in page


def test_a_look_of_the_system_is_explained_by_the_credit_office(cast: Cast) -> None:
    look = events.look_up(
        actor=User.objects.system(),
        person_key=bytes(cast.citizen.person_key or b""),
        matter="push",
        case_number="DL2026-000001",
        purpose="推送至信用中国（黑龙江）",
        shown=["record", "identity"],
        department="credit-office",
    )
    one = acts.ask(look_id=look.pk, actor=cast.citizen, question="")
    acts.answer(explanation_id=one.pk, actor=cast.operator, finding="grounded", text="依目录推送。", seen=1)
    assert Explanation.objects.get().status == "answered"
