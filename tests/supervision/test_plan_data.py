"""What the plan's data says, held against the plan's own text, the departments and the rule pack."""

import re

from daoli_credit.accounts.models import Department
from daoli_credit.law import pack
from daoli_credit.supervision import nouns, plan_files
from daoli_credit.supervision.models import Plan


def files() -> plan_files.PlanFiles:
    return plan_files.read(set(Department.objects.values_list("code", flat=True)))


def test_every_department_has_a_task(plan: Plan) -> None:
    assert not Department.objects.exclude(kind="street").filter(assignments__isnull=True)


def test_every_task_has_a_department_and_a_clause(plan: Plan) -> None:
    assert not plan.tasks.filter(assignments__isnull=True)
    assert not plan.tasks.filter(clauses__isnull=True)


def test_the_database_keeps_the_order_of_the_files(plan: Plan) -> None:
    assert [task.number for task in plan.tasks.all()] == [row.number for row in files().tasks]
    assert [clause.number for clause in plan.clauses.all()] == [row.number for row in files().clauses]


def test_original_terms_are_the_words_of_the_plan(plan: Plan) -> None:
    for task in plan.tasks.exclude(plan_term=""):
        assert re.search(rf"{task.title}。.*（完成时间：{task.plan_term}。", plan.text) or task.number == "2.4"
    assert {task.number for task in plan.tasks.filter(plan_term="")} == {"3.1", "3.2", "3.3"}


def test_the_plan_names_no_lead(plan: Plan) -> None:
    assert "牵头" not in plan.text
    assert {one.role for task in plan.tasks.all() for one in task.assignments.all()} == {"responsible"}


def test_every_reference_is_a_row_of_the_pack(plan: Plan) -> None:
    codes = {ref.partition("#")[0] for clause in plan.clauses.all() for ref in clause.basis}
    assert not codes - set(pack.current().bases)


def test_what_is_declined_is_measured_by_nothing(plan: Plan) -> None:
    assert not plan.clauses.filter(treatment="declined").exclude(indicator="")


def test_no_indicator_counts_records_lists_or_checks(plan: Plan) -> None:
    for indicator in plan.clauses.exclude(indicator="").values_list("indicator", flat=True):
        assert not re.search(r"(记录|名单|措施|核查|查询|惩戒)(条|件|人|次)?数", indicator), indicator


def test_a_noun_is_built_only_when_the_program_has_it() -> None:
    assert nouns.place("supervision.Task").built
    assert nouns.place("supervision.Task").url == "/supervision/tasks/"
    assert not nouns.place("supervision.Reminder").built
    assert nouns.place("supervision.Reminder").url == ""
