"""装入方案: brings the tables in step with plan/; a second run changes nothing."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from django.db import models, transaction

from daoli_credit.accounts import departments
from daoli_credit.accounts.models import Department
from daoli_credit.supervision.models import Assignment, Clause, Plan, Task
from daoli_credit.supervision.plan_files import FOLDER, PlanFileError, PlanFiles, read

Row = TypeVar("Row", bound=models.Model)


@dataclass
class LoadReport:
    """装入结果: how many of each kind there are, and how many were added, changed or removed."""

    totals: dict[str, int] = field(default_factory=dict)
    changes: Counter[tuple[str, str]] = field(default_factory=Counter)


def _settle(report: LoadReport, model: type[Row], key: dict[str, Any], values: dict[str, Any]) -> Row:
    kind = str(model._meta.verbose_name)
    row, made = model._default_manager.get_or_create(**key, defaults=values)
    if made:
        report.changes[kind, "新增"] += 1
        return row
    different = [name for name, value in values.items() if getattr(row, name) != value]
    if different:
        for name in different:
            setattr(row, name, values[name])
        row.save(update_fields=different)
        report.changes[kind, "改动"] += 1
    return row


def _tasks(report: LoadReport, plan: Plan, files: PlanFiles, units: dict[str, Department]) -> dict[str, Task]:
    tasks = {}
    for row in files.tasks:
        values = {"ref": row.ref, "title": row.title, "plan_term": row.term or "", "plan_due": row.due}
        task = _settle(report, Task, {"plan": plan, "number": row.number}, {**values, "delivers": row.delivers})
        tasks[row.number] = task
        # An assignment that is there stays as it is: who leads and who joins is the credit office's to say.
        for code in row.units:
            _settle(report, Assignment, {"task": task, "department": units[code]}, {})
    return tasks


def _clauses(report: LoadReport, plan: Plan, files: PlanFiles, tasks: dict[str, Task]) -> None:
    for row in files.clauses:
        names = ("ref", "words", "treatment", "reason", "basis", "where")
        values = {name: getattr(row, name) for name in names}
        values |= {"task": tasks[row.task], "indicator": row.indicator or ""}
        clause = _settle(report, Clause, {"plan": plan, "number": row.number}, values)
        if set(clause.departments.values_list("code", flat=True)) != set(row.units):
            clause.departments.set(Department.objects.filter(code__in=row.units))
    gone = plan.clauses.exclude(number__in=[row.number for row in files.clauses])
    if count := gone.count():
        gone.delete()
        report.changes["方案条款", "移除"] += count


@transaction.atomic
def load(folder: Path = FOLDER) -> LoadReport:
    """装入方案: departments first (their own package loads them), then plan, tasks, assignments and clauses.

    Raises PlanFileError, and then nothing is written.
    """
    report = LoadReport({"部门": departments.load()})
    units = {one.code: one for one in Department.objects.all()}
    files = read(set(units), folder)
    facts = files.plan
    values = {"title": facts.title, "number": facts.number, "issuer": facts.issuer, "issued_on": facts.issued_on}
    plan = _settle(report, Plan, {"code": facts.code}, {**values, "text": files.text})
    tasks = _tasks(report, plan, files, units)
    extra = plan.tasks.exclude(number__in=tasks)
    if extra:
        raise PlanFileError([f"tasks.yaml 缺少已经在用的任务 {task.number}" for task in extra])
    _clauses(report, plan, files, tasks)
    report.totals |= {
        "任务": len(tasks),
        "责任分工": Assignment.objects.filter(task__plan=plan).count(),
        "条款": plan.clauses.count(),
    }
    return report
