"""逐点回应: each point of a statement and of the hearing has its own answer; with one unanswered it does not pass."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken
from incentives.models import Listing, Point
from incentives.models.status import S
from incentives.rules import points, to_answer
from incentives.rules.to_answer import Reply
from incentives.selectors.points import lines
from incentives.workflows import answering, reviewing
from tests import make_listing
from tests.cast import Cast, browser

Desk = tuple[User, User, User]
POSTED: dict[str, Any] = {"channel": "post", "text": "书面意见：处罚过重。"}
SAID = "尊敬的市场监管局：\n一、货是供货商的。\n有进货单。\n二、已经召回。"
HEARD = "没有造成损失。\n请求从轻。"
NOT = "not-adopted"


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return make_listing.desk(cast.market)


def _heard(cast: Cast, desk: Desk, *, statements: bool = True, said: str = HEARD) -> Listing:
    """A market case: two statements, one by post and one online, and a hearing that was asked for and held."""
    today = clock.today()
    row = make_listing.notified(cast, list_type="market-serious", department=cast.market, actor=desk[0])
    reviewing.ask_hearing(listing_id=row.pk, actor=desk[0], day=today)
    if statements:
        answering.receive(listing_id=row.pk, actor=desk[0], posted_on=today, received_on=today, **POSTED)
        row = answering.answer(listing_id=row.pk, actor=cast.citizen, text=SAID)
    else:
        with clock.at(make_listing.after_transit(row)):
            row = answering.lapse(listing_id=row.pk, actor=desk[0])
    with clock.at(later := make_listing.after_transit(row) + timedelta(days=7)):
        return reviewing.hear(
            listing_id=row.pk, actor=desk[0], hearing="held", note="听证笔录1号", day=later, points=said
        )


def _sql(sql: str, *values: Any, says: str) -> None:
    with pytest.raises(IntegrityError, match=says), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_each_point_is_a_row_with_the_persons_own_words(cast: Cast, desk: Desk) -> None:
    row = _heard(cast, desk)
    found = lines(row)
    assert [one.label[11:] for one in found] == [
        "邮寄的意见", "本人登录提交的意见第 1 点", "本人登录提交的意见第 2 点",
        "听证的意见第 1 点", "听证的意见第 2 点",
    ]  # fmt: skip
    assert [one.words for one in found] == [
        POSTED["text"], "尊敬的市场监管局：\n一、货是供货商的。\n有进货单。", "二、已经召回。",
        "没有造成损失。", "请求从轻。",
    ]  # fmt: skip


def test_with_one_point_unanswered_the_review_does_not_pass(cast: Cast, desk: Desk) -> None:
    row = _heard(cast, desk)
    waiting = to_answer.asked(row)
    with clock.at(row.heard_on or clock.today()):
        given: dict[str, Any] = {"listing_id": row.pk, "actor": desk[1], "opinion": "程序合法"}
        with pytest.raises(RuleBroken, match=r"邮寄的意见、.*听证的意见第 2 点.*逐条写明"):
            reviewing.legal_review(**given)
        four = [Reply(NOT, f"理由{place}。") for place in range(4)]
        for last in (Reply(""), Reply(NOT, " "), Reply("nonsense", "理由。"), Reply("in-words", "理由。")):
            with pytest.raises(RuleBroken, match=r"还没有回应 \S+ 听证的意见第 2 点：请逐条写明"):
                reviewing.legal_review(**given, replies=[*four, last])
        assert Listing.objects.get(pk=row.pk).status == S.HEARD
        assert not Point.objects.filter(listing=row).exclude(outcome="").exists()
        replies = [Reply("adopted", "一。"), Reply(NOT, "二。"), Reply("partly", "三。"), Reply("no-point")]
        row = reviewing.legal_review(**given, replies=[*replies, Reply(NOT, "五。")])
    assert [(one.outcome, one.reply) for one in lines(row)] == [
        ("采纳", "一。"), ("不采纳", "二。"), ("部分采纳", "三。"),
        ("不是意见（称呼、落款等）", ""), ("不采纳", "五。"),
    ]  # fmt: skip
    for line, what in zip(row.legal_response.split("\n"), waiting, strict=True):
        assert line.startswith(f"对 {what}：")


def test_the_form_asks_for_each_point_and_comes_back_filled_in(cast: Cast, desk: Desk) -> None:
    row = _heard(cast, desk)
    with clock.at(row.heard_on or clock.today()):
        legal, there = browser(desk[1]), f"/desk/listings/{row.number}/legal-review/"
        page = legal.get(there).content.decode()
        for one in lines(row):
            assert f"{one.label}：采纳与否" in page
            assert one.words.split("\n")[0] in page
        typed = {f"outcome-{place}": NOT for place in range(1, 6)} | {"opinion": "程序合法"}
        typed |= {f"reason-{place}": f"理由{place}。" for place in range(1, 6)}
        answer = legal.post(there, typed | {"outcome-2": "", "reason-3": ""})
        said = answer.content.decode()
        assert answer.status_code == 422
        assert "请逐条写明采纳与否和理由，再通过审核" in said
        assert "请写明理由；当事人会看到" in said
        assert "理由5。" in said
        assert not Point.objects.filter(listing=row).exclude(outcome="").exists()
        assert "不要写证件号码" in legal.post(there, typed | {"reason-2": "见 13800001234"}).content.decode()
        assert legal.post(there, typed).status_code == 302
        row = Listing.objects.get(pk=row.pk)
        assert row.status == S.LEGAL_REVIEWED
        for user, address in (
            (desk[1], f"/desk/listings/{row.number}/"),
            (cast.citizen, f"/me/listings/{row.number}/"),
        ):
            shown = browser(user).get(address).content.decode()
            for place in range(1, 6):
                assert f"理由{place}。" in shown
            assert "二、已经召回。" in shown


def test_a_clerk_writes_down_what_was_said_at_the_hearing_and_the_person_has_a_copy(cast: Cast, desk: Desk) -> None:
    row = make_listing.notified(cast, list_type="market-serious", department=cast.market, actor=desk[0])
    reviewing.ask_hearing(listing_id=row.pk, actor=desk[0], day=clock.today())
    answering.answer(listing_id=row.pk, actor=cast.citizen, text="听证时再说。")
    with clock.at(clock.today() + timedelta(days=9)):
        clerk, there = browser(desk[0]), f"/desk/listings/{row.number}/hear/"
        typed = {"hearing": "held", "day": clock.today().isoformat(), "note": "听证笔录2号"}
        answer = clerk.post(there, typed | {"points": "电话 13800001234"})
        assert answer.status_code == 422
        assert "不要写证件号码和电话" in answer.content.decode()
        assert clerk.post(there, typed | {"points": HEARD}).status_code == 302
    row = Listing.objects.get(pk=row.pk)
    assert [one.words for one in lines(row)][1:] == HEARD.split("\n")
    message = Point.objects.filter(listing=row, defence__isnull=True).first()
    assert message is not None
    assert message.message is not None
    assert message.message.title == "您在听证中的意见（登记副本）"


def test_a_hearing_alone_is_answered_too_also_for_raw_sql(cast: Cast, desk: Desk) -> None:
    row = _heard(cast, desk, statements=False, said="")
    assert [one.words for one in lines(row)] == ["见听证笔录：听证笔录1号"]
    facts = (row.heard_on, desk[1].pk, row.pk)
    passes = (
        "UPDATE incentives_listing SET status = 'legal-reviewed', legal_reviewed_on = %s, legal_reviewed_by_id = %s"
    )
    with clock.at(row.heard_on or clock.today()):
        with pytest.raises(RuleBroken, match="听证的意见"):
            reviewing.legal_review(listing_id=row.pk, actor=desk[1], opinion="程序合法")
        _sql(f"{passes}, legal_response = '无' WHERE id = %s", *facts, says="还有没有回应的")
        done = reviewing.legal_review(
            listing_id=row.pk, actor=desk[1], opinion="程序合法", replies=[Reply(NOT, "三。")]
        )
    assert done.legal_response == "不采纳：三。"


def test_the_database_wants_every_point_answered_once_and_whole(cast: Cast, desk: Desk) -> None:
    row = _heard(cast, desk)
    first = Point.objects.filter(listing=row).first()
    assert first is not None
    day = row.heard_on
    # answered, but not all of them
    Point.objects.filter(listing=row).exclude(pk=first.pk).update(outcome=NOT, reply="理由。", replied_on=day)
    review = "UPDATE incentives_listing SET status = 'legal-reviewed', legal_response = '无', legal_reviewed_on = %s,"
    _sql(f"{review} legal_reviewed_by_id = %s WHERE id = %s", day, desk[1].pk, row.pk, says="还有没有回应的")
    answer = "UPDATE incentives_point SET outcome = %s, reply = %s, replied_on = %s WHERE id = %s"
    _sql(answer, NOT, "", day, first.pk, says="a_point_is_answered_whole")
    _sql(answer, "nonsense", "理由。", day, first.pk, says="a_point_is_answered_whole")
    _sql(answer, NOT, "理由。", None, first.pk, says="a_point_is_answered_whole")
    _sql("UPDATE incentives_point SET ends = begins WHERE id = %s", first.pk, says="incentives_point")
    with connection.cursor() as cursor:
        cursor.execute(answer, [NOT, "理由。", day, first.pk])
    _sql(answer, "adopted", "改了。", day, first.pk, says="incentives_point")
    _sql("DELETE FROM incentives_point WHERE id = %s", first.pk, says="incentives_point")
    add = "INSERT INTO incentives_point (listing_id, place, begins, outcome, reply) VALUES (%s, %s, %s, %s, '')"
    _sql(add, row.pk, first.place, 0, "", says="one_point_per_place_in_a_case")
    _sql(add, row.pk, 0, 0, "", says="a_point_has_its_place_and_its_words")
    _sql(add, row.pk, 90, 0, NOT, says="先记后答")
    reply = reviewing.legal_review  # by the program, all are answered a second time: the rows refuse
    with clock.at(day or clock.today()), pytest.raises(IntegrityError, match="incentives_point"), transaction.atomic():
        reply(listing_id=row.pk, actor=desk[1], opinion="程序合法", replies=make_listing.replies(row.pk))


def test_no_point_comes_after_the_review_and_none_of_another_case(cast: Cast) -> None:
    row = make_listing.go_on(cast, make_listing.answered(cast), "legal-reviewed")
    add = "INSERT INTO incentives_point (listing_id, place, begins, outcome, reply) VALUES (%s, 91, 0, '', '')"
    _sql(add, row.pk, says="先记后答")
    other = make_listing.notified(cast, number="告2", who=make_listing.someone("甲"))
    defence = row.defences.get()
    columns = "listing_id, defence_id, place, begins, outcome, reply"
    add = f"INSERT INTO incentives_point ({columns}) VALUES (%s, %s, 1, 0, '', '')"  # noqa: S608
    _sql(add, other.pk, defence.pk, says="先记后答")


def test_nothing_said_and_no_hearing_needs_no_reply(cast: Cast, desk: Desk) -> None:
    row = make_listing.notified(cast, list_type="market-serious", department=cast.market, actor=desk[0])
    with clock.at(make_listing.after_transit(row) + timedelta(days=14)):
        answering.lapse(listing_id=row.pk, actor=desk[0])
        reviewing.hear(listing_id=row.pk, actor=desk[0], hearing="not-asked", note="期满没有申请")
        page = browser(desk[1]).get(f"/desk/listings/{row.number}/legal-review/").content.decode()
        assert "采纳与否" not in page
        assert "没有收到陈述申辩" in page
        assert reviewing.legal_review(listing_id=row.pk, actor=desk[1], opinion="程序合法").legal_response == ""


@given(text=st.text(alphabet="一二、.（）1甲乙 \n\r\t第点", max_size=300))
def test_every_word_belongs_to_exactly_one_point(text: str) -> None:
    found = points.split(text)
    assert len(found) <= points.MOST
    assert all(begins < ends for begins, ends in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    kept = "".join(text[begins:ends] for begins, ends in found)
    assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("一句话。", 1),
        ("第一段。\n\n第二段。", 2),
        ("1. 甲\n说明\n2. 乙", 2),
        ("此致：\n（一）甲\n（二）乙\n某人", 2),
        ("第一，甲。\n第二，乙。", 2),
        ("共 3.5 万元\n2.5 万元已付", 2),
        ("\n \n", 0),
        ("\n".join(["话"] * 99), points.MOST),
    ],
)
def test_numbered_paragraphs_are_points_and_without_numbers_each_paragraph(text: str, count: int) -> None:
    assert len(points.split(text)) == count
