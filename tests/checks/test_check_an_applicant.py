"""核查一名申请人: what is answered, what is kept, what is logged, and what is refused in words."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from daoli_credit import cipher
from daoli_credit.accounts.models import Message
from daoli_credit.audit.models import LookUp
from daoli_credit.demo import people
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken
from incentives.models import Check, CheckAnswer, MatterCase
from incentives.selectors import check_kept
from incentives.workflows import checking, matter_case
from records.models import Holding, Subject
from tests import make, make_checks
from tests.cast import Cast
from tests.days import years_on

BAN = "m-food-ban-5y"


@pytest.fixture
def opened(cast: Cast) -> MatterCase:
    return make_checks.case(cast)


def _look(check: Check) -> LookUp:
    return LookUp.objects.get(pk=check.look)


def test_the_measure_that_must_be_applied_comes_with_article_end_and_source(cast: Cast, opened: MatterCase) -> None:
    record = make_checks.ban(cast)
    check = make_checks.ask(cast, opened)
    answer = check.answers.get(measure=BAN)
    assert (answer.force, answer.sign, answer.record_id) == ("must", "restrict", record.pk)
    assert answer.due_on is not None
    (own,) = check_kept.heard(check, {}, clock.today(), _look(check))
    shown = next(one for one in own.items if one.answer == answer)
    assert "食品安全法" in shown.citation
    assert "第一百三十五条" in shown.citation
    assert shown.until.startswith(f"至 {years_on(record.determined_on, 5)}")
    assert shown.human, "条件要由人对照决定书原文"
    assert ("文书号", record.document_number) in list(shown.fields)


def test_rewards_come_first(cast: Cast, opened: MatterCase) -> None:
    make_checks.ban(cast, severity="minor")  # which does not count against 连续无不良记录
    signs = [one.sign for one in make_checks.ask(cast, opened).answers.order_by("place")]
    assert "restrict" in signs
    assert signs == sorted(signs, key=lambda sign: sign != "reward")
    assert signs[0] == "reward"


def test_only_what_the_matter_shows_is_kept(cast: Cast, opened: MatterCase) -> None:
    make_checks.ban(cast, facts="当事人经营超过保质期的食品，测标记")
    check = make_checks.ask(cast, opened)
    (own,) = check_kept.heard(check, {}, clock.today(), _look(check))
    said = str(own)
    assert "测标记" not in said
    assert "罚款" not in said


def test_a_record_without_a_measure_here_is_not_shown(cast: Cast, opened: MatterCase) -> None:
    """No dump: a fine carries no measure in a permit, so nothing of it is said."""
    make.effective(cast)
    assert not make_checks.ask(cast, opened).answers.filter(record__isnull=False).exists()


def test_a_record_of_an_item_outside_the_matter_is_not_shown(cast: Cast, opened: MatterCase) -> None:
    make.effective(cast, item="penalty-market-other", penalty_kinds="吊销许可证件")
    assert not make_checks.ask(cast, opened).answers.filter(record__isnull=False).exists()


def test_somebody_unknown_is_logged_answered_alike_and_made_no_subject(cast: Cast, opened: MatterCase) -> None:
    before = Subject.objects.count()
    number = people.number(people.ELDEST, 17)
    check = checking.check(case_id=opened.pk, number=number, by=checking.By(user=cast.clerk))
    look = _look(check)
    assert bytes(look.person_key) == cipher.person_keys(number)[0]
    assert (look.matter, look.case_number) == (opened.matter, opened.case_number)
    assert look.shown == ["measures", "good-record"], "许可事项里同时问守信三年"
    assert Subject.objects.count() == before
    assert not check.answers.filter(due_on__isnull=False).exists(), "没有查到的，永远不用反馈"


def test_a_number_is_kept_masked_only(cast: Cast, opened: MatterCase) -> None:
    check = make_checks.ask(cast, opened)
    assert check.number_tail.startswith("*" * 14)


def test_an_objection_is_marked_in_the_answer(cast: Cast, opened: MatterCase) -> None:
    record = make_checks.ban(cast)
    record.disputed_on = clock.today()
    record.save(update_fields=["disputed_on"])
    check = make_checks.ask(cast, opened)
    (own,) = check_kept.heard(check, {}, clock.today(), _look(check))
    assert any("异议" in mark for one in own.items for mark in one.marks)


def test_what_has_ended_is_gone_from_a_new_answer_and_from_the_kept_one(cast: Cast, opened: MatterCase) -> None:
    record = make_checks.ban(cast)
    check = make_checks.ask(cast, opened)
    until = record.use_until
    assert until is not None
    with clock.at(until + timedelta(days=1)):
        (own,) = check_kept.heard(check, {}, clock.today(), _look(check))
    (shown,) = (one for one in own.items if one.answer.record_id == record.pk)
    assert shown.gone == check_kept.GONE
    assert not shown.fields
    assert not shown.says
    assert not shown.waits, "已终止的，不再要求反馈"


def test_a_closed_case_is_refused(cast: Cast, opened: MatterCase) -> None:
    matter_case.close(case_id=opened.pk, actor=cast.clerk, closed_on=clock.today())
    with pytest.raises(RuleBroken, match="已经办结"):
        make_checks.ask(cast, opened)
    assert not LookUp.objects.filter(case_number=opened.case_number, kind="look").exists()


def test_a_case_of_another_department_is_refused(cast: Cast, opened: MatterCase) -> None:
    with pytest.raises(PermissionDenied):
        make_checks.ask(cast, opened, actor=cast.other_clerk)


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("", "没有证件号码"),
        ("23010219900101", "18 位"),
        ("99999919900101001X", "校验位"),
        ("张三", "18 位"),
    ],
)
def test_what_is_no_applicant_is_refused_in_words(cast: Cast, opened: MatterCase, number: str, says: str) -> None:
    with pytest.raises(RuleBroken, match=says):
        checking.check(case_id=opened.pk, number=number, by=checking.By(user=cast.clerk))
    assert not Check.objects.exists()


def test_nobody_under_eighteen_is_checked(cast: Cast, opened: MatterCase) -> None:
    young = people.number(clock.today() - timedelta(days=365 * 15), 3)
    with pytest.raises(RuleBroken, match="未满十八周岁"):
        checking.check(case_id=opened.pk, number=young, by=checking.By(user=cast.clerk))
    assert not Check.objects.exists()


def test_another_name_than_the_registered_one_is_refused_and_logged(cast: Cast, opened: MatterCase) -> None:
    make_checks.ban(cast)
    with pytest.raises(RuleBroken, match="对不上"):
        make_checks.ask(cast, opened, name="王小二")
    assert not Check.objects.exists()
    assert LookUp.objects.filter(case_number=opened.case_number, kind="look").count() == 1


def test_the_same_request_twice_is_one_check(cast: Cast, opened: MatterCase) -> None:
    first = make_checks.ask(cast, opened, request_id="a-request-1")
    assert make_checks.ask(cast, opened, request_id="a-request-1") == first
    assert LookUp.objects.filter(case_number=opened.case_number, kind="look").count() == 1
    with pytest.raises(RuleBroken, match="请求编号"):
        make_checks.ask(cast, opened, "guchanglin", request_id="a-request-1")


def test_the_own_record_is_no_copy_elsewhere(cast: Cast, opened: MatterCase) -> None:
    make_checks.ban(cast)
    make_checks.ask(cast, opened)
    assert not Holding.objects.filter(recipient__startswith="check-").exists()
    assert not Message.objects.filter(title__contains="核查").exists()


def test_answers_carry_no_plain_content(cast: Cast, opened: MatterCase) -> None:
    record = make_checks.ban(cast)
    make_checks.ask(cast, opened)
    rows = CheckAnswer.objects.filter(record=record)
    assert rows
    assert all(record.document_number.encode() not in bytes(one.envelope) for one in rows)
