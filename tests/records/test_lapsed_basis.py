"""依据失效: pulled by the records; five working days to anchor by two people; else display and sending stand still."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from daoli_credit.accounts import messages, roles
from daoli_credit.accounts.models import User
from daoli_credit.law import clock, pack, workdays
from daoli_credit.workflow import AlreadyDone, RuleBroken
from records import outgoing, publicity, tasks
from records.models import CreditRecord, Lapse, Revision
from records.models.lapse import L
from records.workflows import lapsing
from records.workflows import publicity as pages
from records.workflows import repair as repair_acts
from tests import make, make_lapses, make_repairs
from tests.cast import Cast, browser, identity
from tests.make_lapses import SUCCESSOR

WHY = "新目录沿用原来的条件和期限，没有变得对本人不利"


@pytest.fixture
def record(cast: Cast) -> CreditRecord:
    """One that is public and sent: a guide's penalty of 区旅游局."""
    found = make_repairs.public(cast)
    pages.open_pages()
    return found


def _basis(record: CreditRecord) -> str:
    return pack.current().item(record.item_id).citations[0].basis.code


def _ended(record: CreditRecord, *, days: int = 1, successor: str = "confirmed") -> date:
    last = clock.today() - timedelta(days=days)
    make_lapses.end(_basis(record), last, successor=successor)
    return last


def _legal(cast: Cast) -> User:
    roles.grant(cast.legal, cast.tourism, "legal")
    return cast.legal


def _of(record: CreditRecord) -> Lapse:
    return Lapse.objects.get(item=record.item_id, department=record.department_id)


def _late() -> date:
    return workdays.due(clock.today(), 7).on


def test_while_the_basis_is_in_force_nothing_is_found(record: CreditRecord) -> None:
    assert tasks.tend_lapses() == 0


def test_a_lapse_is_found_once_and_the_body_is_told(cast: Cast, record: CreditRecord) -> None:
    legal, last = _legal(cast), _ended(record)
    assert tasks.tend_lapses() >= 1
    assert tasks.tend_lapses() == 0
    lapse = _of(record)
    assert (lapse.status, lapse.paused_on, lapse.lapsed_on) == (L.FOUND, None, last)
    assert lapse.pause_from == workdays.due(last, 5).on + timedelta(days=1)
    for who in (legal, cast.tour_reviewer):
        assert "依据失效" in [letter.title for letter in messages.of(who)]
    assert publicity.page_of(record) is not None  # nothing stands still yet


def test_after_five_working_days_display_and_sending_pause_and_the_person_is_told(
    cast: Cast, record: CreditRecord
) -> None:
    _ended(record)
    tasks.tend_lapses()
    before = Revision.objects.filter(record=record).count()
    with clock.at(_late()):
        tasks.tend_lapses()
        lapse = _of(record)
        assert lapse.is_paused
        assert publicity.page_of(record) is None
        assert not outgoing.ready().filter(record=record).exists()
        assert "依据失效" in [stop.title for stop in outgoing.refusals(record)]
        assert tasks.tend_lapses() == 0
        for who in (cast.guide, cast.tour_reviewer):
            there = "/me/records" if who is cast.guide else "/desk/records"
            assert "依据失效，暂停展示和推送" in browser(who).get(f"{there}/{record.number}/").content.decode()
    told = [letter for letter in messages.of(cast.guide) if letter.title == "依据失效，暂停展示和推送告知"]
    assert len(told) == 1
    assert record.number in messages.text(told[0])
    assert lapse.basis_title in messages.text(told[0])
    # lawful entries are not erased overnight: nothing was withdrawn
    assert Revision.objects.filter(record=record).count() == before
    assert CreditRecord.objects.get(pk=record.pk).status == "effective"


def test_the_last_of_the_five_days_is_still_a_day_of_grace(record: CreditRecord) -> None:
    last = _ended(record)
    tasks.tend_lapses()
    with clock.at(workdays.due(last, 5).on):
        tasks.tend_lapses()
        assert not _of(record).is_paused


def test_two_people_of_the_body_anchor_it_and_it_is_shown_again(cast: Cast, record: CreditRecord) -> None:
    legal = _legal(cast)
    _ended(record)
    tasks.tend_lapses()
    with clock.at(_late()):
        tasks.tend_lapses()
        lapse = _of(record)
        lapsing.propose(lapse_id=lapse.pk, successor=SUCCESSOR, actor=legal, opinion=WHY, seen=lapse.revision)
        assert publicity.page_of(record) is None
        lapse.refresh_from_db()
        lapsing.agree(lapse_id=lapse.pk, actor=cast.tour_reviewer, seen=lapse.revision)
        assert _of(record).status == L.ANCHORED
        assert publicity.page_of(record) is not None
        assert tasks.tend_lapses() == 0
    assert "依据已由新的依据承接告知" in [letter.title for letter in messages.of(cast.guide)]


def test_anchored_in_time_nothing_ever_pauses(cast: Cast, record: CreditRecord) -> None:
    legal = _legal(cast)
    _ended(record)
    tasks.tend_lapses()
    lapse = _of(record)
    lapsing.propose(lapse_id=lapse.pk, successor=SUCCESSOR, actor=legal, opinion=WHY, seen=lapse.revision)
    lapse.refresh_from_db()
    lapsing.agree(lapse_id=lapse.pk, actor=cast.tour_reviewer, seen=lapse.revision)
    with clock.at(_late()):
        tasks.tend_lapses()
        assert not _of(record).is_paused
    with pytest.raises(AlreadyDone):
        lapsing.agree(lapse_id=lapse.pk, actor=cast.tour_reviewer, seen=lapse.revision)


def test_a_proposal_does_not_stop_the_clock(cast: Cast, record: CreditRecord) -> None:
    legal = _legal(cast)
    _ended(record)
    tasks.tend_lapses()
    lapse = _of(record)
    lapsing.propose(lapse_id=lapse.pk, successor=SUCCESSOR, actor=legal, opinion=WHY, seen=lapse.revision)
    with clock.at(_late()):
        tasks.tend_lapses()
        assert _of(record).is_paused
        assert _of(record).status == L.PROPOSED


def test_nobody_agrees_to_the_own_proposal(cast: Cast, record: CreditRecord) -> None:
    roles.grant(cast.tour_reviewer, cast.tourism, "legal")
    _ended(record)
    tasks.tend_lapses()
    lapse = _of(record)
    one = cast.tour_reviewer
    lapsing.propose(lapse_id=lapse.pk, successor=SUCCESSOR, actor=one, opinion=WHY, seen=lapse.revision)
    lapse.refresh_from_db()
    with pytest.raises(RuleBroken, match="由另一人"):
        lapsing.agree(lapse_id=lapse.pk, actor=one, seen=lapse.revision)
    with pytest.raises(IntegrityError, match="a_lapse_is_anchored_by_two_persons"), transaction.atomic():
        _sql(lapse, "status = 'anchored', anchored_by_id = proposed_by_id, anchored_on = proposed_on")
    with pytest.raises(PermissionDenied):
        lapsing.agree(lapse_id=lapse.pk, actor=cast.reviewer, seen=lapse.revision)


@pytest.mark.parametrize(("status", "says"), [("to-confirm", "待确认.*/rules/bases/"), ("", "没有这个继任依据")])
def test_only_a_firm_successor_takes_over(cast: Cast, record: CreditRecord, status: str, says: str) -> None:
    legal = _legal(cast)
    _ended(record, successor=status)
    tasks.tend_lapses()
    lapse = _of(record)
    with pytest.raises(RuleBroken, match=says):
        lapsing.propose(lapse_id=lapse.pk, successor=SUCCESSOR, actor=legal, opinion=WHY, seen=lapse.revision)


def test_by_post_it_is_proposed_refused_and_proposed_again(cast: Cast, record: CreditRecord) -> None:
    legal = browser(_legal(cast))
    _ended(record)
    tasks.tend_lapses()
    there = f"/desk/lapses/{_of(record).number}/"
    body = {"seen": _of(record).revision, "successor": SUCCESSOR, "opinion": WHY}
    bad = legal.post(f"{there}propose/", {**body, "successor": "invented"})
    assert bad.status_code == 422
    assert "没有这个继任依据" in bad.content.decode()
    assert WHY in bad.content.decode()
    assert legal.post(f"{there}propose/", body).status_code == 302
    second = browser(cast.tour_reviewer)
    assert "同意改挂" in second.get(there).content.decode()
    no = {"seen": _of(record).revision, "opinion": ""}
    assert second.post(f"{there}refuse/", no).status_code == 422
    assert second.post(f"{there}refuse/", {**no, "opinion": "期限变长了，不能照用"}).status_code == 302
    assert _of(record).status == L.FOUND
    stale = legal.post(f"{there}propose/", body)
    assert stale.status_code == 409
    assert legal.post(f"{there}propose/", {**body, "seen": _of(record).revision}).status_code == 302
    assert second.post(f"{there}agree/", {"seen": _of(record).revision}).status_code == 302
    assert _of(record).status == L.ANCHORED


def test_another_department_sees_nothing_of_it(cast: Cast, record: CreditRecord) -> None:
    _ended(record)
    tasks.tend_lapses()
    assert browser(cast.other_reviewer).get(f"/desk/lapses/{_of(record).number}/").status_code == 404


def _sql(lapse: Lapse, what: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE records_lapse SET {what} WHERE id = %s", [lapse.pk])  # noqa: S608  our own words


@pytest.mark.parametrize("what", ["basis = 'x'", "lapsed_on = '2020-01-01'", "found_on = '2020-01-01'"])
def test_the_database_keeps_what_was_found(record: CreditRecord, what: str) -> None:
    _ended(record)
    tasks.tend_lapses()
    lapse = _of(record)
    with pytest.raises(IntegrityError, match="不能改写"), transaction.atomic():
        _sql(lapse, what)
    with pytest.raises(IntegrityError, match="不能删除"), transaction.atomic():
        lapse.delete()


def test_the_page_says_how_many_records_rest_on_it_and_each_number_opens_those(
    cast: Cast, record: CreditRecord
) -> None:
    second = make_repairs.public(cast, serial=2)
    ended = make_repairs.public(cast, serial=3)
    repair = make_repairs.applied(cast, ended, by=cast.guide)
    repair_acts.accept(repair_id=repair.pk, actor=cast.tour_clerk, seen=repair.revision)
    repair_acts.decide(repair_id=repair.pk, actor=cast.tour_reviewer, seen=repair.revision)
    other = make.effective(cast, serial=4)  # of another body
    _ended(record)
    tasks.tend_lapses()
    there = f"/desk/lapses/{_of(record).number}/"
    reviewer, legal = browser(cast.tour_reviewer), browser(_legal(cast))
    for officer, opens in ((reviewer, True), (legal, False)):
        page = officer.get(there).content.decode()
        links = re.findall(r'href="([^"]+/records/[^"]*)">(\d+) 条</a>', page)
        assert [int(count) for _, count in links] == [2, 2]
        assert "其中信用平台或者别的部门持有的</span><span>0 条" in page
        for address, count in links:
            rows = officer.get(address).content.decode().split("<main")[1]
            numbers = set(re.findall(r"\bDL\d{4}-\d{6}\b", rows))
            assert numbers == {record.number, second.number}
            assert len(numbers) == int(count)
            assert (f"/desk/records/{record.number}/" in rows) == opens
            for nobody in (identity("fangxiaoyan").name, record.document_number, other.number):
                assert nobody not in rows
    assert reviewer.get(f"{there}records/?which=invented").status_code == 404
    assert browser(cast.reviewer).get(f"{there}records/").status_code == 404


def test_no_figure_of_the_page_is_coloured(cast: Cast, record: CreditRecord) -> None:
    _ended(record)
    tasks.tend_lapses()
    page = browser(cast.tour_reviewer).get(f"/desk/lapses/{_of(record).number}/").content.decode()
    card = page.split("有多少条记录依据着它")[1].split("</section>")[0]
    assert 'class="st' not in card
    assert "badge" not in card
    assert "style=" not in card


def test_a_reason_that_came_too_late_can_be_copied(cast: Cast, record: CreditRecord) -> None:
    legal = browser(_legal(cast))
    _ended(record)
    tasks.tend_lapses()
    there = f"/desk/lapses/{_of(record).number}/"
    body = {"seen": _of(record).revision, "successor": SUCCESSOR, "opinion": WHY}
    assert legal.post(f"{there}propose/", body).status_code == 302
    browser(cast.tour_reviewer).post(f"{there}refuse/", {"seen": _of(record).revision, "opinion": "期限变长了"})
    stale = legal.post(f"{there}propose/", {**body, "opinion": "第四条沿用原来的期限"})
    assert stale.status_code == 409
    assert "第四条沿用原来的期限" in stale.content.decode()
