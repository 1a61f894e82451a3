"""逐份回应: legal review answers each statement and the hearing by itself; with one unanswered it does not pass."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken
from incentives.models import Listing
from incentives.models.status import S
from incentives.rules import to_answer
from incentives.workflows import answering, reviewing
from tests import make_listing
from tests.cast import Cast, browser

Desk = tuple[User, User, User]
POSTED: dict[str, Any] = {"channel": "post", "text": "书面意见：处罚过重。"}


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return make_listing.desk(cast.market)


def _heard(cast: Cast, desk: Desk, *, statements: bool = True) -> Listing:
    """A market case: two statements, one by post and one online, and a hearing that was asked for and held."""
    today = clock.today()
    row = make_listing.notified(cast, list_type="market-serious", department=cast.market, actor=desk[0])
    reviewing.ask_hearing(listing_id=row.pk, actor=desk[0], day=today)
    if statements:
        answering.receive(listing_id=row.pk, actor=desk[0], posted_on=today, received_on=today, **POSTED)
        row = answering.answer(listing_id=row.pk, actor=cast.citizen, text=make_listing.TEXT)
    else:
        with clock.at(make_listing.after_transit(row)):
            row = answering.lapse(listing_id=row.pk, actor=desk[0])
    with clock.at(later := make_listing.after_transit(row) + timedelta(days=7)):
        return reviewing.hear(listing_id=row.pk, actor=desk[0], hearing="held", note="听证笔录1号", day=later)


def test_every_statement_and_the_hearing_want_their_own_reply(cast: Cast, desk: Desk) -> None:
    row = _heard(cast, desk)
    waiting = to_answer.asked(row)
    assert [words[11:] for words in waiting] == ["邮寄的意见", "本人登录提交的意见", "听证的意见"]
    with clock.at(row.heard_on or clock.today()):
        given: dict[str, Any] = {"listing_id": row.pk, "actor": desk[1], "opinion": "程序合法"}
        with pytest.raises(RuleBroken, match=r"邮寄的意见、.*听证的意见.*逐条写明"):
            reviewing.legal_review(**given)
        with pytest.raises(RuleBroken, match=r"还没有回应 .*本人登录提交的意见、.*听证的意见"):
            reviewing.legal_review(**given, response="不采纳：幅度在法定范围内。")
        with pytest.raises(RuleBroken, match=r"还没有回应 .*听证的意见"):
            reviewing.legal_review(**given, replies=["不采纳：一。", "采纳：二。", " "])
        assert Listing.objects.get(pk=row.pk).status == S.HEARD
        row = reviewing.legal_review(**given, replies=["不采纳：一。", "采纳：二。", "不采纳：三。"])
    lines = row.legal_response.split("\n")
    assert [line.endswith(reply) for line, reply in zip(lines, ("一。", "二。", "三。"), strict=True)] == [True] * 3
    assert all(what in line for line, what in zip(lines, waiting, strict=True))


def test_the_form_has_a_field_for_each_and_comes_back_filled_in(cast: Cast, desk: Desk) -> None:
    row = _heard(cast, desk)
    with clock.at(row.heard_on or clock.today()):
        legal, there = browser(desk[1]), f"/desk/listings/{row.number}/legal-review/"
        page = legal.get(there).content.decode()
        for what in to_answer.asked(row):
            assert f"对 {what}的逐条回应" in page
        typed = {"response": "不采纳：一。", "response-2": "", "response-3": "不采纳：三。", "opinion": "程序合法"}
        answer = legal.post(there, typed)
        assert answer.status_code == 422
        assert "请逐条写明采纳与否和理由，再通过审核" in answer.content.decode()
        assert "不采纳：三。" in answer.content.decode()
        assert legal.post(there, {**typed, "response-2": "采纳：二。"}).status_code == 302
        row = Listing.objects.get(pk=row.pk)
        assert row.status == S.LEGAL_REVIEWED
        shown = legal.get(f"/desk/listings/{row.number}/").content.decode()
    for words in ("不采纳：一。", "采纳：二。", "不采纳：三。"):
        assert words in row.legal_response
        assert words in shown


def test_a_hearing_alone_is_answered_too_also_for_raw_sql(cast: Cast, desk: Desk) -> None:
    row = _heard(cast, desk, statements=False)
    with clock.at(row.heard_on or clock.today()):
        with pytest.raises(RuleBroken, match="听证的意见"):
            reviewing.legal_review(listing_id=row.pk, actor=desk[1], opinion="程序合法")
        with (
            pytest.raises(IntegrityError, match="a_defence_is_answered_point_by_point"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "UPDATE incentives_listing SET status = 'legal-reviewed', legal_reviewed_on = %s,"
                " legal_reviewed_by_id = %s WHERE id = %s",
                [row.heard_on, desk[1].pk, row.pk],
            )
        done = reviewing.legal_review(listing_id=row.pk, actor=desk[1], opinion="程序合法", response="不采纳：三。")
    assert done.legal_response == "不采纳：三。"


def test_nothing_said_and_no_hearing_needs_no_reply(cast: Cast, desk: Desk) -> None:
    row = make_listing.notified(cast, list_type="market-serious", department=cast.market, actor=desk[0])
    with clock.at(make_listing.after_transit(row) + timedelta(days=14)):
        answering.lapse(listing_id=row.pk, actor=desk[0])
        reviewing.hear(listing_id=row.pk, actor=desk[0], hearing="not-asked", note="期满没有申请")
        page = browser(desk[1]).get(f"/desk/listings/{row.number}/legal-review/").content.decode()
        assert "逐条回应" not in page
        assert reviewing.legal_review(listing_id=row.pk, actor=desk[1], opinion="程序合法").legal_response == ""
