"""数到的就是看得到的: every count of the menu opens exactly its rows, and of what cannot be done nothing is counted."""

import re

import pytest

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock, pack
from daoli_credit.portal import waiting
from incentives.models import Benefit, Listing, MeasureTask
from incentives.selectors import ledger, measure_sight, measure_tasks
from incentives.workflows import benefiting, sharing
from tests import make_honours, make_listing, make_matters, make_measures, make_registration
from tests.cast import Cast, browser, identity
from tests.days import years_on
from tests.make_measures import task

CHIP = re.compile(r'aria-current="page">[^<]*<b>(\d+)</b>')
# Where the menu's count stands as a filter, and what a row of it looks like.
OPENS = {
    "listing-list": ("/desk/listings/?turn=1", r'<th scope="row"><a href="/desk/listings/'),
    "honour-list": ("/desk/honours/?turn=1", r'<th scope="row"><a href="/desk/honours/'),
    "registration-list": ("/desk/listings/register/?turn=1", r'<th scope="row"><a href="/desk/listings/register/'),
    "benefit-list": ("/desk/benefits/?status=denied", r'<th scope="row">'),
    "measure-list": ("/desk/measures/", r'<th scope="row"><a href="/desk/measures/'),
}


def _counts(user: User) -> dict[str, int]:
    return waiting.counts(User.objects.get(pk=user.pk), list(OPENS))


def test_what_nobody_shared_is_not_counted_but_said_with_where_to_apply(cast: Cast) -> None:
    record = make_measures.arrears(cast)
    theirs, clerk = task(record, "m-wage-funds", "finance"), make_measures.clerk_of("finance")
    make_matters.assess("gov-fund")
    assert _counts(clerk)["measure-list"] == 0
    page = browser(clerk).get("/desk/measures/").content.decode()
    for words in (
        "还看不到是谁，先申请共享授权",
        "办好以后看得到 1 项",
        "/desk/sharing/new/finance/gov-fund/human-resources/",
    ):
        assert words in page
    assert theirs.number not in page
    assert theirs.number in browser(clerk).get("/desk/measures/?status=unseen").content.decode()
    row = make_matters.shared("gov-fund", "human-resources", "list-wage")
    assert _counts(clerk)["measure-list"] == 1
    page = browser(clerk).get("/desk/measures/").content.decode()
    assert theirs.number in page
    assert "/desk/sharing/new/finance/gov-fund/" not in page
    make_measures.applied(theirs, clerk)
    sharing.stop(sharing_id=row.pk, actor=make_matters.person("qianwei"), opinion="不再提供")
    assert _counts(clerk)["measure-list"] == 0


def test_the_count_offers_the_planner_no_alternative_for_each_matter(cast: Cast) -> None:
    """Of two dozen matters, each once against every join: planning took eighty times as long as counting."""
    asked = str(measure_tasks.waiting_for(make_measures.clerk_of("finance")).query)
    assert asked.count(" OR ") < len(pack.held().matters)


def test_the_database_and_the_rules_see_the_same_tasks(cast: Cast) -> None:
    make_measures.arrears(cast)
    make_measures.guide(cast)
    make_measures.honour()
    make_measures.pull()
    today, tasks = clock.today(), MeasureTask.objects.select_related("department", "record__department")

    def agree() -> int:
        by_rule = {pk for pk, fields in measure_sight.of(tasks.all(), today).items() if fields}
        assert set(tasks.filter(measure_sight.seen(today)).values_list("pk", flat=True)) == by_rule
        return len(by_rule)

    make_measures.clerk_of("finance")
    first = agree()
    assert 0 < first < tasks.count()
    make_matters.assess("gov-fund")
    assert agree() == first
    make_matters.shared("gov-fund", "human-resources", "list-wage")
    make_matters.shared("tour-guide-permit", "youth-league", "honour-volunteer")
    assert agree() > first
    make_listing.suspend("matters", "gov-fund")
    agree()


def test_every_count_opens_exactly_its_rows(cast: Cast) -> None:
    make_measures.arrears(cast)
    make_listing.go_on(
        cast,
        make_listing.answered(cast, number="告2", who=make_listing.someone("甲"), by=make_listing.account("甲")),
        "reviewed",
    )
    make_registration.registered(make_listing.desk(make_registration.court())[0])
    make_honours.effective(cast.citizen)
    make_honours.consented(cast.namesake, serial=2, who=identity("linxiuyun2"))
    benefiting.deny(benefit_id=make_honours.reported(cast).pk, actor=cast.citizen)
    opened = set()
    for user in User.objects.filter(face="staff", is_active=True):
        for name, count in _counts(user).items():
            if not count:
                continue
            address, row = OPENS[name]
            page = browser(user).get(address).content.decode()
            assert len(re.findall(row, page)) == count, (user, name)
            chip = CHIP.search(page)
            assert chip is not None, (user, name)
            assert int(chip.group(1)) == count, (user, name)
            opened.add(name)
    assert opened == set(OPENS)


def test_a_case_is_found_by_a_part_of_any_of_its_numbers_and_by_its_list(cast: Cast) -> None:
    row = make_listing.decided(cast)
    clerk = browser(cast.wage_clerk)
    for asked in (row.number[-4:], "告(2026)1号", "责〔2026〕11", row.decision_number):
        assert row.number in clerk.get("/desk/listings/", {"q": asked}).content.decode(), asked
    for asked in ("林秀云", "告〔2026〕77号"):
        page = clerk.get("/desk/listings/", {"q": asked}).content.decode()
        assert "没有符合这些条件的列入案件" in page
        assert row.number not in page
    assert row.number in clerk.get("/desk/listings/?kind=wage-arrears").content.decode()
    assert row.number in clerk.get("/desk/listings/?kind=nonsense").content.decode()
    assert row.number not in clerk.get("/desk/listings/?status=effective&kind=wage-arrears").content.decode()


def test_the_ledger_holds_the_same_cases_and_nobody(cast: Cast) -> None:
    row = make_listing.decided(cast)
    before = LookUp.objects.count()
    for user, address, there in (
        (cast.wage_clerk, "?turn=1", True),
        (cast.decider, "?status=decided", True),
        (cast.decider, "?status=effective", False),
        (cast.clerk, "", False),
    ):
        answer = browser(user).get(f"/desk/listings/ledger/{address}")
        text = answer.content.decode()
        assert answer.status_code == 200
        assert text.startswith("\ufeff系统编号,名单,")
        assert (row.number in text) == there, address
        for hidden in ("林秀云", "林*云", identity("linxiuyun").id_number):
            assert hidden not in text
    assert row.decision_number in browser(cast.decider).get("/desk/listings/ledger/").content.decode()
    assert LookUp.objects.count() == before
    assert browser(cast.supervisor).get("/desk/listings/ledger/").status_code == 403


def test_what_a_sheet_would_reckon_is_text(cast: Cast) -> None:
    row = make_listing.proposed(cast)
    (_, line) = ledger.rows(Listing.objects.visible_to(cast.wage_clerk))
    assert line[0] == row.number
    assert ledger._cell("=1+1") == "'=1+1"
    assert ledger._cell(None) == ""


@pytest.mark.parametrize("status", ["denied", "received", "reported", "nonsense"])
def test_benefits_are_filtered_by_what_the_person_says_and_only_the_shown_are_looked_at(
    cast: Cast, status: str
) -> None:
    make_honours.effective(cast.citizen)
    got = make_honours.reported(cast)
    page = browser(cast.wage_clerk).get(f"/desk/benefits/?status={status}").content.decode()
    assert (got.number in page) == (status in {"reported", "nonsense"})
    assert Benefit.objects.count() == 1


def test_a_task_that_is_unseen_and_to_be_lifted_is_counted(cast: Cast) -> None:
    record, clerk = make_measures.arrears(cast), make_measures.clerk_of("finance")
    make_matters.shared("gov-fund", "human-resources", "list-wage")
    theirs = make_measures.applied(task(record, "m-wage-funds", "finance"), clerk)
    with clock.at(years_on(record.use_until or clock.today(), 9)):
        make_measures.settle()
        assert [one.pk for one in measure_tasks.waiting_for(clerk)] == [theirs.pk]
        assert not measure_tasks.unseen(clerk).exists()
