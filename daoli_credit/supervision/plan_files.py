"""方案文件: reads plan/ into plain rows and says in Chinese what is wrong, with file and line."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from daoli_credit.supervision.models.clause import Treatment
from daoli_credit.supervision.nouns import NOUNS, PARTS

FOLDER = Path(__file__).with_name("plan")


class PlanFileError(Exception):
    """方案文件有误: carries every finding, one per line."""

    def __init__(self, findings: list[str]) -> None:
        self.findings = findings
        super().__init__("\n".join(findings))


@dataclass(frozen=True)
class PlanRow:
    """方案."""

    code: str
    title: str
    number: str
    issuer: str
    issued_on: date


@dataclass(frozen=True)
class TaskRow:
    """任务."""

    number: str
    ref: str
    title: str
    term: str | None
    due: date | None
    units: list[str]
    delivers: list[str]


@dataclass(frozen=True)
class ClauseRow:
    """条款."""

    number: str
    ref: str
    words: str
    task: str
    units: list[str]
    treatment: str
    reason: str
    basis: list[str]
    where: list[str]
    indicator: str | None


@dataclass(frozen=True)
class PlanFiles:
    """The whole plan as read."""

    plan: PlanRow
    text: str
    tasks: list[TaskRow]
    clauses: list[ClauseRow]


def _rows(path: Path) -> list[tuple[str, dict[str, Any]]]:
    loader = yaml.SafeLoader(path.read_text(encoding="utf-8"))
    try:
        top = loader.get_single_node()
        entries = top.value if isinstance(top, yaml.SequenceNode) else []
        return [(f"{path.name} 第 {node.start_mark.line + 1} 行", loader.construct_document(node)) for node in entries]
    except yaml.YAMLError as why:
        raise PlanFileError([f"{path.name} 不是有效的 YAML：{why}"]) from why
    finally:
        loader.dispose()


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _check_task(row: TaskRow, known: set[str]) -> list[str]:
    found = [f"单位代码 {unit} 不在部门表里" for unit in row.units if unit not in known]
    found += [f"办理部分 {app} 没有中文名称" for app in row.delivers if app not in PARTS]
    if row.due and not row.term:
        found.append("写了原定期限的日子，却没有方案的原话")
    return found


def _check_clause(row: ClauseRow, tasks: dict[str, TaskRow], text: str) -> list[str]:
    if row.task not in tasks:
        return [f"任务 {row.task} 不在 tasks.yaml 里"]
    found = [f"单位 {unit} 不是任务 {row.task} 的责任单位" for unit in row.units if unit not in tasks[row.task].units]
    found += [f"落实位置 {noun} 没有中文名称" for noun in row.where if noun not in NOUNS]
    found += [f"引文与方案原文不符：{words}" for words in row.words.split("……") if _bare(words) not in text]
    if row.treatment not in Treatment.values:
        found.append(f"处理 {row.treatment} 不认识")
    elif row.treatment != Treatment.CARRIED_OUT and not row.basis:
        found.append("没有照原文落实的条款必须写依据")
    return found


def read(known_units: set[str], folder: Path = FOLDER) -> PlanFiles:
    """读方案: all files, checked against each other, the plan's words and the known departments.

    Raises PlanFileError with every finding.
    """
    text = (folder / "plan.txt").read_text(encoding="utf-8")
    findings: list[str] = []
    tasks: dict[str, TaskRow] = {}
    clauses: dict[str, ClauseRow] = {}
    try:
        plan = PlanRow(**yaml.safe_load((folder / "plan.yaml").read_text(encoding="utf-8")))
        for at, raw in _rows(folder / "tasks.yaml"):
            task = TaskRow(**raw)
            findings += [f"{at}（任务 {task.number}）：{words}" for words in _check_task(task, known_units)]
            if tasks.setdefault(task.number, task) is not task:
                findings.append(f"{at}：任务编号 {task.number} 重复")
        for at, raw in _rows(folder / "clauses.yaml"):
            clause = ClauseRow(**raw)
            findings += [
                f"{at}（条款 {clause.number}）：{words}" for words in _check_clause(clause, tasks, _bare(text))
            ]
            if clauses.setdefault(clause.number, clause) is not clause:
                findings.append(f"{at}：条款编号 {clause.number} 重复")
    except TypeError as why:
        raise PlanFileError([*findings, f"方案文件的栏目不对：{why}"]) from why
    if findings:
        raise PlanFileError(findings)
    return PlanFiles(plan, text, list(tasks.values()), list(clauses.values()))
