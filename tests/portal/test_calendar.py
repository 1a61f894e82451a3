"""日程: every deadline of one's own departments on its day, by number only; the office reads counts."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daoli_credit.accounts import due as registry
from daoli_credit.accounts.due import Due, Reach
from daoli_credit.law import clock
from daoli_credit.portal.desk import timetable
from tests import (
    make,
    make_contests,
    make_listing,
    make_looks,
    make_objections,
    make_protecting,
    make_repairs,
    make_requests,
)
from tests.cast import Cast, browser, identity

NOBODY = ("林秀云", "林*云", identity("linxiuyun").id_number, "顾长林")


def _rows(cast_user: object, weeks: int = 60) -> list[Due]:
    return timetable.rows(Reach(cast_user), clock.today() + timedelta(weeks=weeks))  # type: ignore[arg-type]


def test_each_noun_says_what_falls_due_and_whom_it_is_for(cast: Cast) -> None:
    objection = make_objections.raised(cast, make.effective(cast, serial=951))
    repair = make_repairs.applied(cast, make_repairs.old(cast, serial=952))
    request = make_requests.asked(cast)
    ending = make.effective(cast, serial=953)
    listing = make_listing.noticed(cast)
    found = {due.number: due for due in _rows(cast.reviewer) + _rows(cast.clerk) + _rows(cast.wage_clerk)}
    assert found[objection.number].on == objection.due_on
    assert found[request.number].on == request.answer_by
    assert found[ending.number].on == ending.use_until
    assert found[ending.number].by_itself
    assert repair.number in {due.number for user in (cast.tour_clerk, cast.clerk) for due in _rows(user)}
    assert listing.number not in found  # not served yet: nothing runs
    assert not {due.number for due in _rows(cast.other_clerk)} & set(found)


def test_a_served_notice_shows_the_end_of_the_answer_then_the_post(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    assert listing.answer_due_on is not None
    assert listing.transit_due_on is not None
    said = {due.number: due for due in _rows(cast.wage_clerk)}
    assert said[listing.number].on == listing.answer_due_on
    with clock.at(listing.answer_due_on + timedelta(days=1)):
        said = {due.number: due for due in _rows(cast.wage_clerk)}
        assert said[listing.number].on == listing.transit_due_on
    with clock.at(listing.transit_due_on + timedelta(days=2)):
        said = {due.number: due for due in _rows(cast.wage_clerk)}
        assert (said[listing.number].on, "可以核对" in said[listing.number].says) == (clock.today(), True)


def test_one_question_per_noun_however_many_there_are(cast: Cast) -> None:
    def asked() -> int:
        user = type(cast.clerk).objects.get(pk=cast.clerk.pk)
        user.departments("view_records")
        with CaptureQueriesContext(connection) as seen:
            _rows(user)
        return len(seen)

    for serial in (954, 955):
        make.effective(cast, serial=serial)
    make_requests.asked(cast)
    few = asked()
    assert few <= len(registry.providers())
    for serial in range(956, 962):
        make.effective(cast, serial=serial)
        make_requests.asked(cast, document_number=f"函{serial}号")
    assert asked() == few


def test_the_page_names_nobody_and_every_number_is_a_link_that_opens(cast: Cast) -> None:
    make.effective(cast, serial=963, decided=clock.today() - timedelta(days=355))
    request = make_requests.asked(cast)
    clerk = browser(cast.clerk)
    page = clerk.get("/desk/calendar/")
    text = page.content.decode()
    assert page.status_code == 200
    assert request.number in text
    for one in NOBODY:
        assert one not in text
    assert clerk.get(f"/desk/requests/{request.number}/").status_code == 200


def test_what_is_late_stands_on_top_of_this_week_only(cast: Cast) -> None:
    request = make_requests.asked(cast)
    assert request.answer_by is not None
    with clock.at(request.answer_by + timedelta(days=8)):
        page = timetable.page(cast.clerk, first=clock.today())
        assert [due.number for due in page.overdue] == [request.number]
        later = timetable.page(cast.clerk, first=clock.today() + timedelta(weeks=6))
        assert not later.overdue
        assert "已经逾期" in browser(cast.clerk).get("/desk/calendar/").content.decode()


def test_a_filter_shows_one_kind_and_counts_all(cast: Cast) -> None:
    make_requests.asked(cast)
    make.effective(cast, serial=964, severity="minor")
    page = timetable.page(cast.clerk, first=clock.today(), kind="request")
    assert {due.kind for day in page.days for due in day.rows} == {"request"}
    assert browser(cast.clerk).get("/desk/calendar/?kind=nonsense&from=nonsense").status_code == 200
    assert browser(cast.clerk).get("/desk/calendar/?from=9999-12-31").status_code == 200


def test_days_of_rest_shifted_workdays_and_unknown_years_are_marked(cast: Cast) -> None:
    holiday = timetable.day(date(2026, 10, 1), [])
    assert (holiday.mark, holiday.provisional) == ("休", False)
    assert timetable.day(date(2026, 11, 25), []).mark == ""
    assert timetable.day(date(2031, 3, 4), []).provisional
    due = Due(date(2031, 3, 4), "x", "X1", "某事", 1)
    assert due.is_provisional


def test_the_file_for_ones_own_calendar_has_numbers_and_days_only(cast: Cast) -> None:
    request = make_requests.asked(cast)
    answer = browser(cast.clerk).get("/desk/calendar/file/")
    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode().replace("\r\n ", "")
    event = next(part for part in text.split("BEGIN:VEVENT") if request.number in part)
    assert f"DTSTART;VALUE=DATE:{request.answer_by:%Y%m%d}" in event
    assert f"UID:request-{request.number}@" in event
    for one in (*NOBODY, request.body_name, request.case_number):
        assert one not in text


def test_the_office_reads_counts_of_all_departments_and_no_number(cast: Cast) -> None:
    request = make_requests.asked(cast)
    page = browser(cast.supervisor).get("/desk/calendar/office/")
    text = page.content.decode()
    assert page.status_code == 200
    assert cast.market.name in text
    assert request.number not in text
    assert browser(cast.clerk).get("/desk/calendar/office/").status_code == 403
    assert browser(cast.citizen).get("/desk/calendar/").status_code == 403


def test_what_runs_elsewhere_is_on_it_too(cast: Cast) -> None:
    explained = make_looks.raised(cast)
    undoing = make_contests.undone(cast, make.effective(cast, serial=965))
    incident = make_protecting.found(cast)
    delay = make_looks.signed_delay(cast)
    assert {one.kind for one in registry.providers()} >= {
        "delay", "end", "explanation", "incident", "lapse", "listing", "objection", "opening", "repair", "request",
        "undoing",
    }  # fmt: skip
    people = (cast.reviewer, cast.clerk, cast.wage_clerk, cast.operator)
    found = {due.number for user in people for due in _rows(user)}
    assert {explained.number, undoing.number, incident.number, delay.number} <= found


def test_a_kind_is_registered_once() -> None:
    with pytest.raises(ValueError, match="已经有"):
        registry.register("request", "别的", lambda reach, until: [])


def test_a_day_on_which_all_happens_by_itself_does_not_say_that_nothing_is_to_be_done(cast: Cast) -> None:
    on = date(2026, 11, 25)
    own, alone = Due(on, "x", "X1", "某事", 1), Due(on, "end", "X2", "到期", 1, by_itself=True)
    said = [timetable.day(on, rows).says for rows in ([own], [alone], [own, alone, alone])]
    assert said == ["要办 1 件", "到时自动 1 件", "要办 1 件，到时自动 2 件"]
    ending = make.effective(cast, serial=969, decided=clock.today() - timedelta(days=355))
    page = browser(cast.clerk).get("/desk/calendar/").content.decode()
    assert f"{ending.use_until}" >= f"{clock.today()}"
    assert "要办 0 件" not in page
