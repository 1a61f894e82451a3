"""任务进度: sixteen lights, each from facts; one fact changes one light."""

from datetime import date, timedelta

from django.test import Client

from daoli_credit.law import clock
from daoli_credit.supervision.models import Clause, Plan
from daoli_credit.supervision.workflows.no_news import say
from tests import make_campaigns
from tests.cast import Cast

TODAY = date(2026, 11, 24)


def row(client: Client, number: str) -> str:
    """The line of one task on the overview."""
    shown = client.get("/supervision/").content.decode()
    return shown.partition(f'/supervision/tasks/{number}/"')[2].partition("</tr>")[0]


def test_a_task_without_facts_says_so_and_guesses_nothing(supervisor: Client) -> None:
    for number in ("2.1.3", "2.1.5", "2.2.1", "2.2.3", "2.3.1", "2.3.2", "2.4", "2.5.1", "2.5.2"):
        assert "尚无可据以判断的事实" in row(supervisor, number)
        assert '<span class="st st--off">未开始</span>' in row(supervisor, number)
    shown = supervisor.get("/supervision/tasks/2.4/").content.decode()
    assert "系统里还没有可据以判断这项任务的事实" in shown


def test_the_office_has_arranged_the_work(supervisor: Client) -> None:
    assert '<span class="st st--done">完成</span>' in row(supervisor, "3.1")
    Clause.objects.filter(number="2.1.1-a").update(where=[])
    assert '<span class="st st--warn">关注</span>' in row(supervisor, "3.1")


def test_confirmed_rules_are_the_offices_part_only(supervisor: Client) -> None:
    assert "1 家尚无可据以判断的事实" in row(supervisor, "3.2")
    shown = supervisor.get("/supervision/tasks/3.2/").content.decode()
    assert "现行规则都已核条文或者已确认" in shown


def test_one_campaign_lights_the_task_of_its_unit(cast: Cast, supervisor: Client) -> None:
    with clock.at(TODAY):
        assert "尚无可据以判断的事实" in row(supervisor, "2.1.4")
        make_campaigns.held(cast)
        assert '<span class="st st--ok">正常</span>' in row(supervisor, "2.1.4")
        assert "最近一次 2026-11-24" in row(supervisor, "2.1.4")
    with clock.at(TODAY + timedelta(days=93)):
        assert '<span class="st st--warn">关注</span>' in row(supervisor, "2.1.4")


def test_a_missed_key_date_is_overdue_until_it_is_answered(cast: Cast, supervisor: Client) -> None:
    justice = make_campaigns.organiser("justice")
    with clock.at(TODAY):
        make_campaigns.held(cast, justice)  # the unit's first fact
        assert '<span class="st st--ok">正常</span>' in row(supervisor, "2.1.2")
    with clock.at(date(2026, 12, 15)):
        assert '<span class="st st--bad">逾期</span>' in row(supervisor, "2.1.2")
        shown = supervisor.get("/supervision/tasks/2.1.2/").content.decode()
        assert "没有报告，也没有确认无活动" in shown
    make_campaigns.on_constitution_day(cast, justice, reported=date(2026, 12, 16))
    with clock.at(date(2026, 12, 16)):
        assert '<span class="st st--warn">关注</span>' in row(supervisor, "2.1.2")


def test_a_unit_that_had_nothing_to_report_is_as_green_as_any(cast: Cast, supervisor: Client) -> None:
    with clock.at(TODAY):
        assert '<span class="st st--off">未开始</span>' in row(supervisor, "2.2.2")
    with clock.at(date(2026, 11, 16)):
        say(department=cast.market, starts_on=date(2026, 11, 9), actor=cast.clerk)
    with clock.at(TODAY):
        assert '<span class="st st--ok">正常</span>' in row(supervisor, "2.2.2")
    with clock.at(date(2026, 11, 26)):
        assert '<span class="st st--bad">逾期</span>' in row(supervisor, "2.2.2")


def test_the_counts_of_lights_open_their_tasks(cast: Cast, supervisor: Client, plan: Plan) -> None:
    with clock.at(TODAY):
        make_campaigns.held(cast)
        for kind, number in (("ok", 2), ("done", 1), ("off", 13), ("bad", 0), ("nothing", 0)):
            shown = supervisor.get(f"/supervision/tasks/?light={kind}").content.decode()
            assert shown.count('<th scope="row"><a href="/supervision/tasks/') == number
        assert "3<small>/ 16 项</small>" in supervisor.get("/supervision/").content.decode()
