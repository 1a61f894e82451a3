"""任务总览: every figure is computed and opens its rows."""

import re
from datetime import date, timedelta

from django.test import Client

from daoli_credit.accounts.models import Department
from daoli_credit.law import clock
from daoli_credit.supervision.models import Assignment, Clause, Plan, Task
from tests import make
from tests.cast import Cast


def overview(client: Client) -> str:
    return client.get("/supervision/").content.decode()


def test_one_sentence_says_how_the_plan_stands(supervisor: Client) -> None:
    assert "共 16 项任务，涉及 24 个部门；86 条要求中，<b>9 条现行法不允许，不予落实</b>" in overview(supervisor)


def test_all_tasks_stand_on_the_page(supervisor: Client, plan: Plan) -> None:
    page = overview(supervisor)
    assert all(f'/supervision/tasks/{task.number}/">{task}</a>' in page for task in plan.tasks.all())


def test_a_new_department_with_a_task_moves_the_figure_and_its_rows_by_one(supervisor: Client, plan: Plan) -> None:
    newcomer = Department.objects.create(
        code="newcomer",
        name="新设单位",
        name_en="Newcomer",
        kind="government",
        oversight="reminder+assessment",
        reports_penalties=False,
        valid_from=date(2026, 1, 1),
    )
    assert "涉及 24 个部门" in overview(supervisor)
    Assignment.objects.create(task=Task.objects.get(number="2.4"), department=newcomer)
    assert "涉及 25 个部门" in overview(supervisor)
    assert "区市场监管局、道里公安分局 等 6 家" in overview(supervisor)
    listed = supervisor.get("/supervision/tasks/").content.decode()
    assert '<span class="small faint">25 个</span>' in listed
    assert '<th scope="row">新设单位</th>' in listed


def test_a_clause_that_changes_treatment_moves_both_figures(supervisor: Client) -> None:
    Clause.objects.filter(number="2.1.1-a").update(treatment="declined", basis=["pipl#34"])
    page = overview(supervisor)
    assert "10 条现行法不允许" in page
    assert "落实 36" in page
    assert "依法不予落实 10" in page


def test_before_the_plan_is_loaded_the_page_says_what_to_do(supervisor: Client) -> None:
    Clause.objects.all().delete()
    Task.objects.all().delete()
    Plan.objects.all().delete()
    for page in ("", "tasks/", "clauses/"):
        assert "实施方案还没有装入" in supervisor.get(f"/supervision/{page}").content.decode()
    assert supervisor.get("/supervision/plan/").status_code == 404


def test_the_original_terms_are_marked_as_history(supervisor: Client) -> None:
    page = overview(supervisor)
    assert "方案原定期限是历史记载，不用来判断今年的进展" in page
    assert "今年期限" not in page


def test_the_share_of_a_unit_opens_as_many_weeks(cast: Cast, supervisor: Client) -> None:
    with clock.at(clock.today() - timedelta(weeks=3)):
        make.effective(cast, serial=1)
    found = re.findall(r'<a href="(/desk/quality/[\w-]+/on-time/)">(\d+) / (\d+)<', overview(supervisor))
    assert found
    for address, good, judged in found:
        assert f"好的 {good} 周，计 {judged} 周" in supervisor.get(address).content.decode()
