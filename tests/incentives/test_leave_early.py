"""提前移出: each condition of the list type, asked by one and decided by another; the page says which end it was."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from daoli_credit.accounts import messages, roles
from daoli_credit.accounts.models import User
from daoli_credit.law import clock, pack
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState
from incentives.models import EarlyExit, Registration
from incentives.rules import leaving as rules
from incentives.workflows import leaving
from records.models import CreditRecord
from tests import make, make_listing, make_registration
from tests.cast import Cast, browser
from tests.days import TOMORROW, all_dated

CONDITIONS = ("履行完毕", "和解履行完毕", "终结执行等删除情形")


@pytest.fixture
def desk(cast: Cast) -> tuple[User, User, User]:
    return make_listing.desk(make_registration.court())


@pytest.fixture
def made(cast: Cast, desk: tuple[User, User, User]) -> Registration:
    return make_registration.confirmed(desk[0], desk[2])


def _ask(made: Registration, actor: User, **changes: Any) -> EarlyExit:
    assert made.record is not None
    given = {"conditions": CONDITIONS, "document": "结案通知书〔2026〕5号", "ground_on": clock.today(), **changes}
    return leaving.ask(record_id=made.record.pk, actor=actor, **given)


def test_it_is_asked_by_one_and_decided_by_another_and_ends_the_record_at_once(
    cast: Cast, desk: tuple[User, User, User], made: Registration
) -> None:
    asked = _ask(made, desk[0])
    assert asked.due_on is not None  # three working days for the office, from the ground
    assert "《" in asked.article
    done = leaving.grant(exit_id=asked.pk, actor=desk[2], document="（2026）黑0102执321号之一")
    assert (done.record.status, done.record.end_kind) == ("ended", "left-early")
    assert "提前移出通知" in [one.title for one in messages.of(cast.citizen)]
    page = browser(cast.citizen).get(f"/me/registrations/{made.number}/").content.decode()
    for words in ("提前移出", "履行完毕", "之一", "《最高人民法院关于公布失信被执行人名单信息的若干规定》第十条"):
        assert words in page


def test_who_asked_does_not_decide(cast: Cast, desk: tuple[User, User, User], made: Registration) -> None:
    roles.grant(desk[0], make_registration.court(), "decider")
    asked = _ask(made, desk[0])
    with pytest.raises(RuleBroken, match="请由另一人决定"):
        leaving.grant(exit_id=asked.pk, actor=desk[0], document="移1")
    with pytest.raises(RuleBroken, match="请由另一人决定"):
        leaving.refuse(exit_id=asked.pk, actor=desk[0], opinion="x")
    for user in (cast.decider, cast.supervisor, cast.citizen):
        with pytest.raises(PermissionDenied):
            leaving.grant(exit_id=asked.pk, actor=user, document="移1")
        with pytest.raises(PermissionDenied):
            _ask(made, user)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"conditions": CONDITIONS[:1]}, "条件还缺：和解履行完毕、终结执行等删除情形（《"),
        ({"conditions": ()}, "条件还缺"),
        ({"document": " "}, "证明条件具备的文书号"),
        ({"ground_on": TOMORROW}, "还没有到"),
        ({"ground_on": timedelta(days=-60)}, "不能早于列入决定日期"),
    ],
)
def test_what_is_missing_is_named(
    desk: tuple[User, User, User], made: Registration, changes: dict[str, Any], says: str
) -> None:
    with pytest.raises(RuleBroken, match=says):
        _ask(made, desk[0], **all_dated(changes))
    assert not EarlyExit.objects.exists()


def test_one_at_a_time_and_a_refused_one_may_be_asked_again(desk: tuple[User, User, User], made: Registration) -> None:
    asked = _ask(made, desk[0])
    with pytest.raises(AlreadyDone):
        _ask(made, desk[0])
    leaving.refuse(exit_id=asked.pk, actor=desk[2], opinion="款项没有到账")
    with pytest.raises(WrongState):
        leaving.grant(exit_id=asked.pk, actor=desk[2], document="移1")
    assert _ask(made, desk[0]).status == "asked"


def test_a_list_with_a_waiting_time_opens_after_it_and_one_without_an_exit_never(cast: Cast) -> None:
    listing = make_listing.effective(cast)
    assert listing.record is not None
    given: dict[str, Any] = {
        "record_id": listing.record.pk,
        "actor": cast.wage_clerk,
        "conditions": ("改正欠薪违法行为", "作出守信承诺"),
        "document": "改正证明1号",
        "ground_on": clock.today(),
    }
    with pytest.raises(RuleBroken, match=r"还没有到可以提前移出的日期：.*6个月"):
        leaving.ask(**given)
    first = rules.earliest(pack.current().list_type("wage-arrears"), listing.record, clock.today())
    assert first is not None
    with clock.at(first + timedelta(days=1)):
        asked = leaving.ask(**given)
        leaving.grant(exit_id=asked.pk, actor=cast.decider, document="移1")
        page = browser(cast.citizen).get(f"/me/listings/{listing.number}/").content.decode()
        assert "提前移出" in page
        assert "改正欠薪违法行为" in page
    for code in ("culture-tourism-serious", "telecom-fraud", "procurement-serious"):
        assert "没有规定提前移出" in rules.terms(pack.current().list_type(code)).why_not


def test_what_is_no_list_has_no_such_exit(cast: Cast) -> None:
    record = make.effective(cast)
    with pytest.raises(RuleBroken, match="不是名单信息"):
        leaving.ask(record_id=record.pk, actor=cast.clerk, conditions=(), document="x", ground_on=clock.today())


def test_the_pages_ask_decide_and_refuse_in_words(
    cast: Cast, desk: tuple[User, User, User], made: Registration
) -> None:
    assert made.record is not None
    address = reverse("early-exit-new", args=[made.record.number])
    body = {"conditions": CONDITIONS[:1], "document": "结案1", "ground_on": str(clock.today())}
    answer = browser(desk[0]).post(address, body)
    assert answer.status_code == 422
    assert "条件还缺：和解履行完毕" in answer.content.decode()
    assert "结案1" in answer.content.decode()
    assert (
        "等审批人决定"
        in browser(desk[0]).post(address, {**body, "conditions": CONDITIONS}, follow=True).content.decode()
    )
    asked = EarlyExit.objects.get()
    here, grant = reverse("early-exit", args=[asked.number]), reverse("early-exit-act", args=[asked.number, "grant"])
    assert "提出人不能决定自己提出的" in browser(desk[0]).get(here).content.decode()
    assert asked.number in browser(desk[2]).get("/desk/listings/register/").content.decode()
    assert browser(desk[2]).post(grant, {"seen": "1", "document": ""}).status_code == 422
    assert browser(desk[0]).post(grant, {"seen": "1", "document": "移1"}).status_code == 403
    assert browser(cast.decider).post(grant, {"seen": "1", "document": "移1"}).status_code == 404
    assert browser(desk[2]).post(grant, {"seen": "1", "document": "移1"}).status_code == 302
    assert "已经办好了" in browser(desk[2]).post(grant, {"seen": "1", "document": "移1"}, follow=True).content.decode()
    assert browser(desk[2]).get(here).status_code == 404


def test_the_database_wants_the_second_person(desk: tuple[User, User, User], made: Registration) -> None:
    assert made.record is not None
    asked = _ask(made, desk[0])

    def refused(sql: str, *values: Any, says: str) -> None:
        with pytest.raises(IntegrityError, match=says), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)

    end = "UPDATE records_creditrecord SET status = 'ended', ended_on = %s, end_kind = 'left-early' WHERE id = %s"
    refused(end, clock.today(), made.record.pk, says="没有经审批人决定的提前移出")
    decide = "UPDATE incentives_earlyexit SET decided_by_id = %s, decided_on = %s WHERE id = %s"
    refused(decide, desk[0].pk, clock.today(), asked.pk, says="another_than_who_asked")
    refused(
        "UPDATE incentives_earlyexit SET status = 'granted' WHERE id = %s", asked.pk, says="a_decided_exit|须同时终止"
    )
    refused("UPDATE incentives_earlyexit SET conditions = '{x}' WHERE id = %s", asked.pk, says="写下后不能改写")
    refused("DELETE FROM incentives_earlyexit WHERE id = %s", asked.pk, says="只增不")
    assert CreditRecord.objects.get(pk=made.record.pk).status == "effective"
