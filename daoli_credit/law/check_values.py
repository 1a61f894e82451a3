"""规则包核对：值。Codes, statuses, durations, enums, fields, patterns and the holiday table."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from daoli_credit.law.assemble import calendar
from daoli_credit.law.calendar import DAY, step
from daoli_credit.law.durations import parse
from daoli_credit.law.fields import ROLES, TYPES
from daoli_credit.law.prohibited import ACTIONS, RULES
from daoli_credit.law.status import Status

Content = Mapping[str, Any]
Errors = Iterator[tuple[str, str, str]]

WORDS = ("domains", "occupations", "departments")
CODED = (
    *("bases", "counting_rules", "service_methods", "classes", "class_mapping", "limits", "lists", "behaviours"),
    *("excluded", "measures", "blocklist", "national_categories", "end_rules", "natural_keys", "items", "matters"),
    *("years", "prohibited", "keydates", "extra", *WORDS),
)
DURATION_WORDS = {"none", "by-class", "by-document", "while-listed", "open", "life", None}
CHOICES: dict[str, dict[str, set[Any]]] = {
    "bases": {
        "level": {
            *("law", "administrative-regulation", "judicial-interpretation", "state-council-document"),
            *("departmental-rule", "local-regulation", "local-document", "standard"),
        }
    },
    "limits": {
        "unit": {"workday", "day", "month", "year", "hour", "count", "char"},
        "favours": {"person", "organ", "both"},
    },
    "classes": {"repair_from": {"duty-done", "min-reached"}},
    "items": {
        "sign": {"adverse", "positive", "neutral"},
        "class_rule": {"minor", "general", "serious", "by-decision", None},
        "disclosure": {"社会公开", "授权查询", "政务共享", "不予公开"},
    },
    "lists": {
        "procedure": {"administrative", "judicial", "registered"},
        "effective_on": {"served", "decided", "by-document"},
        "higher_consent": {True, False, None},
    },
    "measures": {"kind": {"restrict", "manage", "reward"}, "force": {"must", "may"}},
    "prohibited": {"action": ACTIONS},
    "keydates": {"rule": {"fixed", "lunar", "month", "yearly", "holidays"}},
    "extra": {"rule": {"fixed", "lunar", "month", "yearly", "holidays"}},
}


def codes(content: Content) -> Errors:
    for section in CODED:
        for row in content[section]:
            if "code" in row and not re.fullmatch(r"[a-z0-9-]+", row["code"]):
                yield section, row["code"], "编号只能用小写字母、数字和短横"


def statuses(content: Content) -> Errors:
    """confirmed 只能由两人在系统中确认产生，演示版本除外；暂停不写在规则包里."""
    allowed = {Status.VERIFIED, Status.TO_CONFIRM, Status.NO_BASIS}
    if content["edition"]["demo"]:
        allowed = {Status.CONFIRMED, Status.NO_BASIS}
    for section, code, row in dicts(content):
        if "status" in row and row["status"] not in allowed:
            yield section, code, f"status 不能是 {row['status']}"


def articles_checked(content: Content) -> Errors:
    """verified 即已读条文，引用必须写明条款."""
    for section, code, row in dicts(content):
        refs = row.get("basis") or row.get("bases") or []
        if row.get("status") == Status.VERIFIED and isinstance(refs, list):
            for ref in refs:
                if "#" not in ref:
                    yield section, code, f"状态为已核条文，但引用 {ref} 没有写明条款"


def durations(content: Content) -> Errors:
    for section, code, row in dicts(content):
        for key in ("duration", "cap", "default", *(("min", "max") if "duration" in row else ())):
            value = row.get(key)
            if value not in DURATION_WORDS and not parses(value):
                yield section, code, f"{key} 写法不对：{value}"
    for row in content["classes"]:
        for key in ("min", "max"):
            if row[key] is not None and not parses(row[key]):
                yield "classes", row["code"], f"{key} 写法不对：{row[key]}"


def parses(value: Any) -> bool:
    try:
        parse(value)
    except (TypeError, ValueError):
        return False
    return True


def choices(content: Content) -> Errors:
    for section, keys in CHOICES.items():
        for row in content[section]:
            for key, allowed in keys.items():
                if row.get(key) not in allowed:
                    yield section, row["code"], f"{key} 不能是 {row.get(key)}"
    for row in content["items"]:
        if row["update"] not in {"workday-7", "by-event"} and not parses(row["update"]):
            yield "items", row["code"], f"update 写法不对：{row['update']}"


def needed_limits(content: Content) -> Errors:
    """程序自身所依的期限不得未知."""
    found = {row["code"]: row for row in content["limits"]}
    for code in ("hard-cap", "keep-ended-sealed", "age-min", "age-no-doubt"):
        row = found.get(code, {})
        if not isinstance(row.get("value"), int) or row.get("unit") != "year":
            yield "limits", code, "应当有以年计的数值"


def fields(content: Content) -> Errors:
    sets = {"identity": content["identity"], **content["field_sets"]}
    for name, rows in sets.items():
        for key in ("name", "zh"):
            values = [row[key] for row in rows]
            for value in sorted({v for v in values if values.count(v) > 1}):
                yield "field_sets", name, f"字段 {value} 重复"
        if name != "identity" and [row.get("is") for row in rows].count("determined_on") != 1:
            yield "field_sets", name, "应当恰有一个字段是认定日（determined_on）"
        names = {row["name"] for row in rows}
        for row in rows:
            yield from one_field(name, row, names)


def one_field(name: str, row: Content, names: set[str]) -> Errors:
    if row["type"] not in TYPES:
        yield "field_sets", name, f"字段 {row['name']} 的类型 {row['type']} 不认识"
    if row.get("is") not in {None, *ROLES}:
        yield "field_sets", name, f"字段 {row['name']} 的角色 {row['is']} 不认识"
    if row["type"] in {"enum", "enum-list"} and not row.get("values"):
        yield "field_sets", name, f"字段 {row['name']} 没有取值"
    for other in row.get("required_if") or {}:
        if other not in names:
            yield "field_sets", name, f"字段 {row['name']} 所依的字段 {other} 不存在"


def prohibitions(content: Content) -> Errors:
    for row in content["prohibited"]:
        detect = row["detect"]
        if detect.get("rule") not in {None, *RULES}:
            yield "prohibited", row["code"], f"没有名为 {detect['rule']} 的判断"
        for pattern in (*(detect.get("legal_ground") or ()), *(detect.get("text") or ())):
            try:
                re.compile(pattern)
            except re.error as why:
                yield "prohibited", row["code"], f"正则 {pattern} 不能编译（{why}）"


def holidays(content: Content) -> Errors:
    """调休日在周末、放假在本年，且样例逐一相符."""
    for year in content["years"]:
        days = [d for span in year["rest"] for d in (span["from"], span["to"])]
        for text in (*days, *year["worked"]):
            if date.fromisoformat(text).year != year["year"]:
                yield "years", str(year["year"]), f"{text} 不在本年"
        for text in year["worked"]:
            if date.fromisoformat(text).weekday() < 5:
                yield "years", str(year["year"]), f"{text} 不是周末，不能是调休上班日"
    table = calendar(content["years"])
    for year in content["years"]:
        first = date(year["year"], 1, 1)
        worked = sum(table.is_workday(first + DAY * n) for n in range(366) if (first + DAY * n).year == first.year)
        if year["workdays"] not in {None, worked}:
            yield "years", str(year["year"]), f"全年应有 {year['workdays']} 个工作日，算得 {worked}"
    for vector in content["vectors"]:
        due = step(table, date.fromisoformat(vector["from"]), vector["workdays"], DAY)
        found = "provisional" if due.provisional else due.on.isoformat()
        if found != vector["due"]:
            yield "vectors", vector["from"], f"{vector['workdays']} 个工作日应为 {vector['due']}，算得 {found}"


def dicts(content: Content) -> Iterator[tuple[str, str, Content]]:
    """Every mapping in every row, with the section and code of its row."""
    for section in CODED:
        for row in content[section]:
            code = str(row.get("code") or row.get("year") or row.get("number"))
            waiting: list[Any] = [row]
            while waiting:
                value = waiting.pop()
                if isinstance(value, dict):
                    yield section, code, value
                    waiting += value.values()
                elif isinstance(value, list):
                    waiting += value


CHECKS: tuple[Callable[[Content], Errors], ...] = (
    codes,
    statuses,
    articles_checked,
    durations,
    choices,
    needed_limits,
    fields,
    prohibitions,
    holidays,
)
