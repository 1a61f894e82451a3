"""事先告知: nothing of a check is used against a person before they were told, heard and answered point by point."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import Message
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState
from incentives.models import CheckAnswer, PreAdverseNotice
from incentives.rules import notice_gate
from incentives.workflows import notice_answering, notice_deciding, notice_proposing
from incentives.workflows.notice_proposing import Intent
from records.models import CreditRecord
from tests import make_checks, make_ends, make_listing, make_notices
from tests.cast import Cast
from tests.make_notices import DECISION, INTENT, RESPONSE, SERVICE, TEXT

pytestmark = pytest.mark.django_db


def record_of(notice: PreAdverseNotice) -> CreditRecord:
    assert notice.record is not None
    return CreditRecord.objects.get(pk=notice.record.pk)


def decide(cast: Cast, notice: PreAdverseNotice, **changed: Any) -> PreAdverseNotice:
    given = {"response": RESPONSE, **DECISION, **changed}
    return notice_deciding.decide(notice_id=notice.pk, actor=cast.reviewer, **given)


def test_the_notice_holds_the_copy_the_article_the_rights_and_the_days(cast: Cast) -> None:
    notice = make_notices.noticed(cast)
    assert notice.notice_message is not None
    text = messages.text(notice.notice_message)
    record = notice.record
    assert record is not None
    for said in (
        "哈里市监先告〔2026〕1号",
        "不予核发食品经营许可",
        "《中华人民共和国食品安全法》第一百三十五条",
        record.document_number,
        "您有权陈述、申辩",
        "要求更正或者提出异议",
        "信用修复",
        "5个工作日",
        notice.check_made.case.case_number,
    ):
        assert said in text, said


def test_before_the_notice_nobody_outside_knows_and_after_it_the_person_does(cast: Cast) -> None:
    notice = make_notices.drafted(cast)
    mine = PreAdverseNotice.objects.about(cast.citizen.person_keys())
    assert not mine.exists()
    notice_proposing.notify(notice_id=notice.pk, actor=cast.clerk, document="先告1号")
    assert mine.get() == notice
    assert not PreAdverseNotice.objects.about(cast.namesake.person_keys()).exists()


def test_the_adverse_decision_waits_for_the_days_and_says_until_when(cast: Cast) -> None:
    notice = make_notices.notified(cast)
    assert notice.answer_due_on is not None
    with pytest.raises(RuleBroken, match=f"答复期到 {notice.answer_due_on} 24 时"):
        decide(cast, notice)
    with clock.at(notice.answer_due_on + timedelta(days=1)), pytest.raises(RuleBroken, match="不能“登记不利决定”"):
        decide(cast, notice)
    with clock.at(notice.answer_due_on), pytest.raises(RuleBroken, match="答复期到"):
        notice_answering.lapse(notice_id=notice.pk, actor=cast.clerk)
    with clock.at(make_notices.after_transit(notice)):
        notice_answering.lapse(notice_id=notice.pk, actor=cast.clerk)
        assert decide(cast, notice, response="").status == "decided"


def test_the_person_may_shorten_it_by_answering_and_saying_that_is_all(cast: Cast) -> None:
    notice = make_notices.answered(cast)
    with pytest.raises(RuleBroken, match="逐条写明"):
        decide(cast, notice, response=" ")
    done = decide(cast, notice)
    assert done.decision_message is not None
    text = messages.text(done.decision_message)
    assert RESPONSE in text
    assert "行政复议" in text


def test_one_who_only_states_keeps_the_days(cast: Cast) -> None:
    notice = make_notices.notified(cast)
    notice_answering.state(notice_id=notice.pk, actor=cast.citizen, text=TEXT)
    with pytest.raises(AlreadyDone):
        notice_answering.state(notice_id=notice.pk, actor=cast.citizen, text=TEXT)
    with pytest.raises(RuleBroken, match="答复期到"):
        decide(cast, notice)


def test_a_waiver_is_the_persons_alone_and_may_be_taken_back(cast: Cast) -> None:
    notice = make_notices.notified(cast)
    for other in (cast.clerk, cast.reviewer, cast.namesake):
        with pytest.raises(PermissionDenied):
            notice_answering.waive(notice_id=notice.pk, actor=other)
    notice_answering.waive(notice_id=notice.pk, actor=cast.citizen)
    with pytest.raises(RuleBroken, match="以前可以撤回"):
        decide(cast, notice, response="")
    assert notice_answering.take_back(notice_id=notice.pk, actor=cast.citizen).status == "notified"
    with pytest.raises(RuleBroken, match="不能再次"):
        notice_answering.waive(notice_id=notice.pk, actor=cast.citizen)


def test_a_waiver_that_stands_opens_the_decision_a_day_later(cast: Cast) -> None:
    notice = make_notices.notified(cast)
    notice_answering.waive(notice_id=notice.pk, actor=cast.citizen)
    with clock.at(clock.today() + timedelta(days=2)):
        assert decide(cast, notice, response="").status == "decided"


def test_paper_counts_by_the_day_of_posting_and_ends_nothing_early(cast: Cast) -> None:
    notice, today = make_notices.notified(cast), clock.today()
    facts = {"channel": "post", "posted_on": today, "text": TEXT}
    with pytest.raises(RuleBroken, match="不能晚于今天"):
        notice_answering.receive(
            notice_id=notice.pk,
            actor=cast.clerk,
            received_on=today + timedelta(days=1),
            **facts,  # type: ignore[arg-type]
        )
    notice_answering.receive(notice_id=notice.pk, actor=cast.clerk, received_on=today, **facts)  # type: ignore[arg-type]
    copy = Message.objects.get(title="您的陈述申辩（存档副本）", object_id=str(notice.pk))
    assert TEXT in messages.text(copy)
    with pytest.raises(RuleBroken, match="答复期到"):
        decide(cast, notice)


def test_reading_online_is_no_service_and_an_electronic_one_wants_the_signed_confirmation(cast: Cast) -> None:
    notice = make_notices.noticed(cast)
    with pytest.raises(RuleBroken, match="还没有登记送达"):
        decide(cast, notice)
    with pytest.raises(RuleBroken, match="确认书"):
        notice_proposing.serve_notice(
            notice_id=notice.pk, actor=cast.clerk, service="electronic", day=clock.today(), proof="系统记录"
        )
    with pytest.raises(RuleBroken, match="还没有到"):
        notice_proposing.serve_notice(
            notice_id=notice.pk, actor=cast.clerk, day=clock.today() + timedelta(days=1), **SERVICE
        )


def test_where_the_pack_knows_no_days_the_officer_writes_them_with_their_basis(cast: Cast) -> None:
    notice = make_notices.noticed(cast)
    make_listing.suspend("limits", "pre-adverse-answer")
    later = clock.today() + timedelta(days=6)
    given = {"notice_id": notice.pk, "actor": cast.clerk, "day": clock.today(), **SERVICE}
    with pytest.raises(RuleBroken, match="写明依据"):
        notice_proposing.serve_notice(**given, due_on=later)
    served = notice_proposing.serve_notice(**given, due_on=later, due_basis="《行政许可法》第三十六条")
    assert (served.answer_due_on, "第三十六条" in served.answer_due_basis) == (later, True)


def test_the_notice_may_give_more_days_and_never_less(cast: Cast) -> None:
    notice = make_notices.noticed(cast)
    given = {"notice_id": notice.pk, "actor": cast.clerk, "day": clock.today(), "due_basis": "告知书", **SERVICE}
    with pytest.raises(RuleBroken, match="不能缩短"):
        notice_proposing.serve_notice(**given, due_on=clock.today() + timedelta(days=2))
    later = clock.today() + timedelta(days=30)
    assert notice_proposing.serve_notice(**given, due_on=later).answer_due_on == later


def test_whoever_drafted_does_not_decide(cast: Cast) -> None:
    make_checks.ban(cast)
    check = make_checks.ask(cast, make_checks.case(cast), actor=cast.both)
    answer = check.answers.get(measure="m-food-ban-5y")
    with pytest.raises(PermissionDenied):
        notice_proposing.draft(answer_id=answer.pk, intent=INTENT, actor=cast.other_clerk)
    notice = notice_proposing.draft(answer_id=answer.pk, intent=INTENT, actor=cast.both)
    notice_proposing.notify(notice_id=notice.pk, actor=cast.both, document="先告2号")
    notice_proposing.serve_notice(notice_id=notice.pk, actor=cast.both, day=clock.today(), **SERVICE)
    notice_answering.answer(notice_id=notice.pk, actor=cast.citizen, text=TEXT)
    with pytest.raises(RuleBroken, match="不能是拟稿人"):
        notice_deciding.decide(notice_id=notice.pk, actor=cast.both, response=RESPONSE, **DECISION)
    with pytest.raises(PermissionDenied):
        notice_deciding.decide(notice_id=notice.pk, actor=cast.clerk, response=RESPONSE, **DECISION)


def test_in_the_persons_favour_it_ends_at_any_time_by_either_of_them(cast: Cast) -> None:
    notice = make_notices.notified(cast)
    with pytest.raises(RuleBroken, match="意见"):
        notice_deciding.spare(notice_id=notice.pk, actor=cast.clerk, opinion=" ")
    done = notice_deciding.refuse(notice_id=notice.pk, actor=cast.reviewer, opinion="情节轻微，不适用")
    assert (done.status, done.result) == ("spared", "spared")
    told = Message.objects.get(title="不作出不利决定通知", object_id=str(notice.pk))
    assert "情节轻微" in messages.text(told)
    with pytest.raises(WrongState):
        decide(cast, notice)


def test_what_a_law_orders_outright_is_told_with_the_decision(cast: Cast) -> None:
    notice = make_notices.drafted(cast, Intent("不予核发食品经营许可。", outright=True))
    assert "《中华人民共和国食品安全法》第一百三十五条" in notice.outright_basis
    with pytest.raises(RuleBroken, match="同时送达"):
        notice_proposing.notify(notice_id=notice.pk, actor=cast.clerk, document="先告1号")
    given: dict[str, Any] = {"document": "许不3号", "opinion": "法律直接规定", "notice_document": "先告3号"}
    done = notice_deciding.decide_outright(notice_id=notice.pk, actor=cast.reviewer, **given)
    assert (done.status, done.noticed_on, done.decided_on) == ("decided", clock.today(), clock.today())
    titles = set(Message.objects.filter(object_id=str(notice.pk)).values_list("title", flat=True))
    assert {"拟作出不利决定事先告知书", "不利决定告知"} <= titles
    served = notice_deciding.serve_decision(notice_id=notice.pk, actor=cast.clerk, day=clock.today(), **SERVICE)
    assert served.decision_served_on == clock.today()


def test_without_a_verified_statute_nothing_is_outright(cast: Cast) -> None:
    answer = make_notices.answer(cast)
    assert notice_gate.outright("m-permit-false") == ""  # the permit body decides, the law does not
    assert notice_gate.outright("m-wage-funds") == ""
    make_listing.suspend("measures", "m-food-ban-5y")
    with pytest.raises(RuleBroken):
        notice_proposing.draft(answer_id=answer.pk, intent=Intent("不予核发。", outright=True), actor=cast.clerk)


def test_a_reward_or_no_answer_is_no_ground(cast: Cast) -> None:
    make_checks.ban(cast)
    check = make_checks.ask(cast, make_checks.case(cast), "linxiuyun2")
    for answer in check.answers.exclude(sign="restrict"):
        with pytest.raises(RuleBroken, match="不需要事先告知"):
            notice_proposing.draft(answer_id=answer.pk, intent=INTENT, actor=cast.clerk)
    assert not CheckAnswer.objects.filter(check_made=check, record__isnull=False).exists()


def test_the_same_answer_has_one_running_notice(cast: Cast) -> None:
    notice = make_notices.drafted(cast)
    with pytest.raises(AlreadyDone):
        notice_proposing.draft(answer_id=notice.answer_id, intent=INTENT, actor=cast.clerk)


def test_when_the_record_ends_the_notice_says_so_and_the_decision_is_refused(cast: Cast) -> None:
    notice = make_notices.answered(cast)
    make_ends.noticed(cast, record_of(notice))
    with pytest.raises(RuleBroken, match="所依据的记录已经终止"):
        decide(cast, notice)
    assert notice_deciding.spare(notice_id=notice.pk, actor=cast.clerk, opinion="记录已撤回").status == "spared"


def test_while_the_record_is_disputed_the_decision_is_refused(cast: Cast) -> None:
    notice = make_notices.answered(cast)
    CreditRecord.objects.filter(pk=record_of(notice).pk).update(disputed_on=clock.today())
    with pytest.raises(RuleBroken, match="提出了异议"):
        decide(cast, notice)


def test_a_ban_that_the_law_lets_outlive_the_record_goes_on(cast: Cast) -> None:
    notice = make_notices.answered(cast)
    record = record_of(notice)
    assert (notice.outlives, record.use_until is not None) == (True, True)
    assert record.use_until is not None
    with clock.at(record.use_until + timedelta(days=1)):
        assert notice_gate.basis(PreAdverseNotice.objects.get(pk=notice.pk)) is None


def test_the_person_reads_that_a_draft_followed_the_look(cast: Cast) -> None:
    notice = make_notices.drafted(cast)
    outcomes = LookUp.objects.filter(ref=notice.check_made.look).values_list("result", flat=True)
    assert "pre-adverse.drafted" in outcomes


def test_numbers_of_persons_are_refused_in_every_text(cast: Cast) -> None:
    answer = make_notices.answer(cast)
    with pytest.raises(RuleBroken, match="不要写证件号码"):
        notice_proposing.draft(answer_id=answer.pk, intent=Intent("电话 13800001234 不予"), actor=cast.clerk)
    with pytest.raises(RuleBroken, match="请写明拟作出的决定"):
        notice_proposing.draft(answer_id=answer.pk, intent=Intent("  "), actor=cast.clerk)
