"""manage.py load_plan."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from daoli_credit.accounts.models import Department
from daoli_credit.supervision import plan_load
from daoli_credit.supervision.models import Assignment, Clause, Plan, Task
from daoli_credit.supervision.plan_files import FOLDER, PlanFileError


def loaded() -> str:
    said = StringIO()
    call_command("load_plan", stdout=said)
    return said.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "plan"))


def rewrite(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_empty_database_gets_sixteen_tasks_and_twenty_four_departments(db: None) -> None:
    Clause.objects.all().delete()
    Task.objects.all().delete()
    Plan.objects.all().delete()
    said = loaded()
    assert "部门 24；任务 16；责任分工 66；条款 86" in said
    assert "新增任务 16" in said
    assert Department.objects.filter(assignments__isnull=False).distinct().count() == 24


def test_a_second_run_changes_nothing_and_says_so(plan: Plan) -> None:
    assert "没有变化" in loaded()


def test_a_task_that_was_altered_is_put_right(plan: Plan) -> None:
    plan.tasks.filter(number="2.4").update(title="改过的标题")
    assert "改动任务 1" in loaded()
    assert plan.tasks.get(number="2.4").title == "推进个人诚信信息规范化共享使用"


def test_a_lead_named_by_the_credit_office_stays(plan: Plan) -> None:
    assignment = Assignment.objects.filter(task__number="2.1.2").earliest("pk")
    assignment.role = "lead"
    assignment.save()
    assert "没有变化" in loaded()
    assignment.refresh_from_db()
    assert assignment.role == "lead"


def test_a_clause_that_left_the_file_leaves_the_table(plan: Plan) -> None:
    copy = plan.clauses.get(number="2.1.1-a")
    copy.pk, copy.number = None, "2.1.1-z"
    copy.save()
    assert "移除方案条款 1" in loaded()
    assert plan.clauses.count() == 86


def test_departments_of_a_clause_are_put_right(plan: Plan) -> None:
    clause = plan.clauses.get(number="2.4-a")
    clause.departments.clear()
    loaded()
    assert clause.departments.count() == 5


@pytest.mark.parametrize(
    ("name", "old", "new", "finding"),
    [
        ("tasks.yaml", "units: [education]", "units: [nobody]", "任务 2.1.4）：单位代码 nobody 不在部门表里"),
        ("tasks.yaml", 'number: "2.1.2"', 'number: "2.1.1"', "任务编号 2.1.1 重复"),
        ("tasks.yaml", "delivers: [education]", "delivers: [magic]", "办理部分 magic 没有中文名称"),
        ("tasks.yaml", "term: 2019年年底前", "term: null", "写了原定期限的日子，却没有方案的原话"),
        ("clauses.yaml", 'task: "3.1"', 'task: "9.9"', "任务 9.9 不在 tasks.yaml 里"),
        ("clauses.yaml", "units: [credit-office]", "units: [court]", "单位 court 不是任务 3.1 的责任单位"),
        ("clauses.yaml", "加快个人诚信记录建设", "加快个人评分", "引文与方案原文不符：加快个人评分"),
        ("clauses.yaml", 'basis: ["gbf-2020-49"]', "basis: []", "没有照原文落实的条款必须写依据"),
        ("clauses.yaml", "supervision.Plan", "supervision.Magic", "落实位置 supervision.Magic 没有中文名称"),
        ("clauses.yaml", "treatment: adjusted", "treatment: ignored", "处理 ignored 不认识"),
        ("clauses.yaml", 'number: "1-a"', 'number: "0-a"', "条款编号 0-a 重复"),
        ("clauses.yaml", "  indicator:", "  colour:", "方案文件的栏目不对"),
        ("clauses.yaml", "basis: [", "basis: [[", "clauses.yaml 不是有效的 YAML"),
    ],
)
@pytest.mark.usefixtures("plan")
def test_a_mistake_in_a_file_is_named(folder: Path, name: str, old: str, new: str, finding: str) -> None:
    rewrite(folder, name, old, new)
    with pytest.raises(PlanFileError, match=finding):
        plan_load.load(folder)


def test_a_finding_names_file_and_line(plan: Plan, folder: Path) -> None:
    rewrite(folder, "tasks.yaml", "units: [education]", "units: [nobody]")
    with pytest.raises(PlanFileError, match=r"^tasks\.yaml 第 7 行（任务 2\.1\.4）"):
        plan_load.load(folder)


def test_a_file_with_a_mistake_changes_nothing(plan: Plan, folder: Path) -> None:
    rewrite(folder, "tasks.yaml", "title: 大力弘扬诚信文化", "title: 别的标题")
    rewrite(folder, "clauses.yaml", "treatment: adjusted", "treatment: ignored")
    with pytest.raises(PlanFileError):
        plan_load.load(folder)
    assert Task.objects.get(number="2.1.1").title == "大力弘扬诚信文化"


def test_a_task_in_use_cannot_leave_the_file(plan: Plan, folder: Path) -> None:
    Task.objects.create(plan=plan, number="9.9", ref="九", title="别的任务", delivers=[])
    with pytest.raises(PlanFileError, match=r"缺少已经在用的任务 9\.9"):
        plan_load.load(folder)
