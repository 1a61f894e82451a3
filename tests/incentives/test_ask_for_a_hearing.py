"""要求听证: the last day is counted by working days; whoever asked in time is heard."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.law.deadlines import deadline
from daoli_credit.workflow import AlreadyDone, RuleBroken
from incentives.models import Listing
from incentives.workflows import answering, reviewing
from tests import make_listing
from tests.cast import Cast, browser
from tests.days import TOMORROW, YESTERDAY

BEFORE_THE_HOLIDAY = date(2026, 9, 29)  # Tuesday; the national holiday of 2026 follows on Thursday
HOLIDAY = date(2026, 10, 4)


@pytest.fixture
def desk(cast: Cast) -> tuple[User, User, User]:
    return make_listing.desk(cast.market)


def _served(cast: Cast, desk: tuple[User, User, User], day: date = BEFORE_THE_HOLIDAY) -> Listing:
    with clock.at(day):
        return make_listing.notified(cast, list_type="market-serious", department=cast.market, actor=desk[0])


def test_a_hearing_asked_on_the_last_day_after_the_holiday_week_is_in_time_and_a_day_later_is_not(
    cast: Cast, desk: tuple[User, User, User]
) -> None:
    listing = _served(cast, desk)
    due = deadline("hearing-request", BEFORE_THE_HOLIDAY)
    assert due is not None
    assert due.on > date(2026, 10, 8)  # five working days, with the holiday week between
    with clock.at(due.on + timedelta(days=1)):
        late: dict[str, Any] = {"listing_id": listing.pk, "actor": desk[0], "day": due.on + timedelta(days=1)}
        with pytest.raises(RuleBroken, match=f"到 {due.on} 24 时届满（.*《.*已经超过"):
            reviewing.ask_hearing(**late)
        made = reviewing.ask_hearing(**{**late, "day": due.on})  # posted on the last day, registered the day after
    assert made.hearing_asked_on == due.on


def test_a_hearing_asked_in_the_holiday_itself_is_in_time(cast: Cast, desk: tuple[User, User, User]) -> None:
    listing = _served(cast, desk)
    with clock.at(HOLIDAY):
        made = reviewing.want_hearing(listing_id=listing.pk, actor=cast.citizen)
        assert made.hearing_asked_on == HOLIDAY
        with pytest.raises(AlreadyDone, match="已经要求听证"):
            reviewing.want_hearing(listing_id=listing.pk, actor=cast.citizen)


@pytest.mark.parametrize(
    ("away", "says"),
    [(TOMORROW, "还没有到"), (YESTERDAY, "早于告知书送达之日")],
)
def test_a_day_that_cannot_be_is_refused(cast: Cast, desk: tuple[User, User, User], away: timedelta, says: str) -> None:
    listing = _served(cast, desk, clock.today())
    with pytest.raises(RuleBroken, match=says):
        reviewing.ask_hearing(listing_id=listing.pk, actor=desk[0], day=clock.today() + away)


def test_a_list_without_hearing_says_where_to_turn(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    with pytest.raises(RuleBroken, match="没有听证；不服决定的"):
        reviewing.ask_hearing(listing_id=listing.pk, actor=cast.wage_clerk, day=clock.today())


def test_who_asked_is_heard_also_for_raw_sql(cast: Cast, desk: tuple[User, User, User]) -> None:
    with clock.at(BEFORE_THE_HOLIDAY):
        listing = _served(cast, desk)
        reviewing.want_hearing(listing_id=listing.pk, actor=cast.citizen)
    with clock.at(date(2026, 11, 10)):
        answering.lapse(listing_id=listing.pk, actor=desk[0])
        given: dict[str, Any] = {"listing_id": listing.pk, "actor": desk[0]}
        with pytest.raises(RuleBroken, match="要求听证，不能登记为没有要求听证"):
            reviewing.hear(**given, hearing="not-asked", note="x")
        with (
            pytest.raises(IntegrityError, match="who_asked_for_a_hearing_is_heard"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "UPDATE incentives_listing SET hearing = 'not-asked', heard_on = %s, hearing_note = 'x' WHERE id = %s",
                [clock.today(), listing.pk],
            )
        assert reviewing.hear(**given, hearing="held", note="笔录1", day=clock.today()).status == "heard"


def test_the_person_asks_on_the_page_and_the_desk_sees_it(cast: Cast, desk: tuple[User, User, User]) -> None:
    listing = _served(cast, desk, clock.today())
    assert "登记听证申请" in browser(desk[0]).get(f"/desk/listings/{listing.number}/").content.decode()
    me = f"/me/listings/{listing.number}/"
    assert "要求听证不收费" in browser(cast.citizen).get(me).content.decode()
    browser(cast.citizen).post(f"{me}want-hearing/")
    page = browser(desk[0]).get(f"/desk/listings/{listing.number}/").content.decode()
    assert f"当事人于 {clock.today()} 要求听证" in page
    assert "登记听证申请</a>" not in page
