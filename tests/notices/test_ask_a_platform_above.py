"""上级平台查询: asked at the moment of a check, over HTTP, of a real platform with a store of its own."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from pytest_django import Settings

from daoli_credit.accounts import assessing
from daoli_credit.accounts.models import ImpactAssessment
from daoli_credit.audit.models import Event, LookUp
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken
from incentives import sealed_checks, sources
from incentives.models import Check, CheckAnswer, InboundAnswer, InboundSource
from incentives.rules import inbound as rules
from incentives.workflows import inbound, inbound_switch, matter_case
from records.models import CreditRecord, Revision
from records.models import Subject as CreditSubject
from tests import make_inbound, make_listing
from tests.cast import Cast, browser, identity
from tests.make_inbound import COURT, LIST_KEYS
from tests.sandbox.platform import Place

pytestmark = pytest.mark.django_db
GU = identity("guchanglin").id_number


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with make_inbound.above("hlj", tmp_path_factory.mktemp("above")) as running:
        yield running


@pytest.fixture
def source(place: Place, settings: Settings, cast: Cast) -> Place:
    make_inbound.connect(settings, url=place.url)
    return place


def only(check: Check) -> InboundAnswer:
    return InboundAnswer.objects.get(check_made=check)


def said(check: Check) -> list[CheckAnswer]:
    return list(check.answers.filter(source="hlj").order_by("place"))


def test_what_a_court_has_entered_is_answered_with_the_measure_it_carries(source: Place, cast: Cast) -> None:
    check = make_inbound.check(cast)
    assert only(check).outcome == "answered"
    (answer,) = said(check)
    assert (answer.measure, answer.force, answer.record) == ("m-company-office", "must", None)
    text = sealed_checks.opened(answer)
    assert ["文书号", COURT] in text["fields"]
    assert "《中华人民共和国公司法》第一百七十八条" in text["citation"]
    assert COURT.encode() not in bytes(answer.envelope)


def test_whoever_is_on_no_list_is_answered_so_and_looks_alike_in_the_log(source: Place, cast: Cast) -> None:
    check = make_inbound.check(cast, "linxiuyun2")
    assert only(check).outcome == "answered"
    (answer,) = said(check)
    assert answer.said == "nothing"
    looks = LookUp.objects.filter(case_number=check.case.case_number, purpose="向信用中国（黑龙江）查询")
    assert [one.kind for one in looks] == ["look"]


def test_what_has_ended_there_is_not_kept_here(source: Place, cast: Cast) -> None:
    make_inbound.enters(source, "linxiuyun", document_number="（2023）黑01执5号", until="2025-02-02")
    (answer,) = said(make_inbound.check(cast, "linxiuyun"))
    assert answer.said == "nothing"


def test_only_the_lists_of_the_matter_are_asked(source: Place, cast: Cast) -> None:
    check = make_inbound.check(cast)
    # the source could also say who owes tax: this matter does not ask
    assert only(check).lists == ["court-dishonest", "item:responsibility-ban"]


def test_nothing_of_an_answer_enters_the_register(source: Place, cast: Cast) -> None:
    before = [model.objects.count() for model in (CreditRecord, CreditSubject, Revision)]
    make_inbound.check(cast)
    assert [model.objects.count() for model in (CreditRecord, CreditSubject, Revision)] == before


def test_the_person_reads_who_was_asked_and_that_it_answered(source: Place, cast: Cast) -> None:
    check = make_inbound.check(cast)
    look = LookUp.objects.get(case_number=check.case.case_number, purpose="向信用中国（黑龙江）查询", kind="look")
    assert only(check).look == look.pk
    assert (look.purpose, look.matter) == ("向信用中国（黑龙江）查询", check.matter)
    assert LookUp.objects.get(ref=look.pk).result == "inbound.answered"


@pytest.mark.parametrize(
    ("fault", "outcome", "why"),
    [
        ("500", "failed", "HTTP 500"),
        ("reset", "unreachable", "没有连上"),
        ("garbage", "unreadable", "读不懂"),
        ("huge", "unverified", "不可信"),
        ("wrong-signature", "unverified", "签名不符"),
        ("unsigned", "unverified", "不认识"),
        ("replayed", "unverified", "不是对这次提问的答复"),
        ("clock-skew", "unverified", "时间超出允许范围"),
        ("refuse", "refused", "HTTP 403"),
        ("other-person", "unreadable", "答复的不是所问的人"),
        ("other-list", "unreadable", "读不懂"),
    ],
)
def test_what_is_no_answer_is_unanswered_with_the_reason(
    source: Place, cast: Cast, fault: str, outcome: str, why: str
) -> None:
    make_inbound.fault(source, fault)
    check = make_inbound.check(cast)
    row = only(check)
    assert (row.outcome, row.answered) == (outcome, False)
    assert why in row.why
    (answer,) = said(check)
    assert answer.said == "silent"
    assert sealed_checks.opened(answer) == {}
    assert LookUp.objects.get(ref=row.look).result == "inbound.unanswered"


@pytest.mark.parametrize("fault", ["silent", "drip"])
def test_whoever_is_silent_or_never_ends_holds_a_check_up_no_longer_than_the_limit(
    source: Place, cast: Cast, settings: Settings, fault: str
) -> None:
    settings.INBOUND_WITHIN = 1
    make_inbound.fault(source, fault)
    opened, begun = make_inbound.case(cast), time.monotonic()
    check = make_inbound.check(cast, opened=opened)
    assert time.monotonic() - begun < 25  # the other side is silent for thirty
    assert only(check).outcome == "timeout"
    assert "1 秒内没有答复" in only(check).why


def test_two_platforms_are_asked_side_by_side(source: Place, cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.INBOUND_WITHIN = 8
    with make_inbound.above("hrb", tmp_path) as other:
        make_inbound.connect(settings, "hrb", other.url)
        make_inbound.fault(source, "silent")
        make_inbound.fault(other, "silent")
        opened, begun = make_inbound.case(cast), time.monotonic()
        check = make_inbound.check(cast, opened=opened)
        assert time.monotonic() - begun < 15.5  # one after the other would be eight and eight
        assert set(check.askings.values_list("source", "outcome")) == {("hlj", "timeout"), ("hrb", "timeout")}
        inbound.ask_again(check_id=check.pk, number=GU, actor=cast.clerk)
        assert check.answers.get(source="hrb", said="found").measure == "m-company-office-licence"


def test_nobody_listens(cast: Cast, settings: Settings) -> None:
    make_inbound.connect(settings)
    assert only(make_inbound.check(cast)).outcome == "unreachable"


def test_asked_again_it_answers_and_the_last_word_counts(source: Place, cast: Cast) -> None:
    make_inbound.fault(source, "500")
    check = make_inbound.check(cast)
    (row,) = inbound.ask_again(check_id=check.pk, number=GU, actor=cast.clerk)
    assert (row.attempt, row.outcome) == (2, "answered")
    assert [one.said for one in said(check)] == ["silent", "found"]


def test_asking_again_wants_the_same_number_an_open_case_and_the_duty(source: Place, cast: Cast) -> None:
    check = make_inbound.check(cast)
    with pytest.raises(RuleBroken, match="不是这次核查的人"):
        inbound.ask_again(check_id=check.pk, number=identity("linxiuyun").id_number, actor=cast.clerk)
    with pytest.raises(PermissionDenied):
        inbound.ask_again(check_id=check.pk, number=GU, actor=cast.other_clerk)
    matter_case.close(case_id=check.case_id, actor=cast.clerk, closed_on=clock.today())
    with pytest.raises(RuleBroken, match="已经办结"):
        inbound.ask_again(check_id=check.pk, number=GU, actor=cast.clerk)
    assert InboundAnswer.objects.count() == 1


def test_without_an_assessment_nobody_is_asked_and_the_check_says_so(source: Place, cast: Cast) -> None:
    found = ImpactAssessment.objects.get(kind="inbound-source", code="hlj")
    assessing.end(assessment_id=found.pk, actor=cast.supervisor, opinion="停用")
    row = only(make_inbound.check(cast))
    assert (row.outcome, row.look) == ("not-allowed", None)
    assert "影响评估" in row.why
    assert not LookUp.objects.filter(purpose__startswith="向").exists()


def test_without_a_basis_in_force_nobody_is_asked(source: Place, cast: Cast) -> None:
    make_listing.suspend("bases", "government-data-sharing-regulation")
    row = only(make_inbound.check(cast))
    assert row.outcome == "not-allowed"
    assert "没有经两人确认" in row.why


def test_after_five_failures_it_is_left_alone_for_a_while_and_one_answer_heals_it(source: Place, cast: Cast) -> None:
    make_inbound.fault(source, "500", 5)
    check = make_inbound.check(cast)
    for _ in range(4):
        inbound.ask_again(check_id=check.pk, number=GU, actor=cast.clerk)
    (row,) = inbound.ask_again(check_id=check.pk, number=GU, actor=cast.clerk)
    assert row.outcome == "paused"
    assert "连续 5 次没有答复，暂停到" in row.why
    InboundSource.objects.update(broken_until=clock.now())
    (row,) = inbound.ask_again(check_id=check.pk, number=GU, actor=cast.clerk)
    assert row.outcome == "answered"
    assert InboundSource.objects.get().failures == 0


def test_an_operator_pauses_it_with_a_reason_and_resumes(source: Place, cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="为什么"):
        inbound_switch.pause(code="hlj", actor=cast.feed_operator, reason=" ")
    with pytest.raises(PermissionDenied):
        inbound_switch.pause(code="hlj", actor=cast.clerk, reason="对方维护")
    inbound_switch.pause(code="hlj", actor=cast.feed_operator, reason="对方维护到今晚")
    row = only(make_inbound.check(cast))
    assert row.outcome == "paused"
    assert "对方维护到今晚" in row.why
    desk = browser(cast.feed_operator)
    silent = desk.post("/desk/inbound/hlj/resume/", {"reason": " "})
    assert silent.status_code == 422
    assert "请写明原因" in silent.content.decode()
    assert not InboundSource.objects.get().enabled
    assert desk.post("/desk/inbound/hlj/resume/", {"reason": "对方已修好"}).status_code == 302
    assert Event.objects.get(act="inbound.resumed").opinion == "对方已修好"
    assert make_inbound.check(cast, opened=make_inbound.case(cast, "董备〔2026〕8号")).askings.get().answered


def test_a_key_of_another_agreement_is_refused_there(place: Place, cast: Cast, settings: Settings) -> None:
    make_inbound.connect(settings, url=place.url, key="x" * 32)
    row = only(make_inbound.check(cast))
    assert (row.outcome, row.why) == ("refused", "对方拒绝答复（HTTP 401）")


def test_while_both_sides_change_over_the_old_key_is_still_believed(
    place: Place, cast: Cast, settings: Settings
) -> None:
    keys = {"key": LIST_KEYS["hlj"], "key_id": "1", "old_key": "o" * 32, "old_key_id": "0"}
    make_inbound.connect(settings, url=place.url, **keys)
    assert only(make_inbound.check(cast)).answered


def test_a_matter_that_looks_at_no_such_list_asks_nobody(source: Place, cast: Cast) -> None:
    assert rules.wanted(sources.all_of_them()[0], "teacher-qualification") == ()


def test_the_database_refuses_an_answer_without_look_reason_or_assessment(source: Place, cast: Cast) -> None:
    row = only(make_inbound.check(cast))
    copy = (
        "INSERT INTO incentives_inboundanswer (check_made_id, source_id, attempt, lists, day, asked_at, took_ms, look,"
        " outcome, why) SELECT check_made_id, source_id, 9, lists, {day}, asked_at, 0, {look}, '{outcome}', '{why}'"
        " FROM incentives_inboundanswer WHERE id = %s"
    )
    wrong = [
        {"look": "NULL", "outcome": "answered", "why": "", "day": "day"},
        {"look": "look", "outcome": "timeout", "why": "", "day": "day"},
        {"look": "look", "outcome": "answered", "why": "没有", "day": "day"},
        {"look": "look", "outcome": "whatever", "why": "没有", "day": "day"},
        {"look": "look", "outcome": "answered", "why": "", "day": "day - 2000"},
    ]
    for one in wrong:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(copy.format(**one), [row.pk])
    for act in (
        "UPDATE incentives_inboundanswer SET outcome = 'timeout', why = 'x'",
        "DELETE FROM incentives_inboundanswer",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(act)
