"""规则包核对：引用。Every reference resolves, and the two-way ones from both sides."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from daoli_credit.law.check_values import dicts

Content = Mapping[str, Any]
Errors = Iterator[tuple[str, str, str]]

REFS = ("basis", "bases", "duty", "article", "outlives_basis")
# A measure may outlive publicity only where one of these says so.
STRONG = {"law", "administrative-regulation"}


def coded(content: Content, section: str) -> dict[str, Content]:
    return {row["code"]: row for row in content[section]}


def bases(content: Content) -> Errors:
    """引用的依据和条款都在依据表中."""
    known = {row["code"]: {a["article"] for a in row["articles"]} for row in content["bases"]}
    for section, code, row in dicts(content):
        for key in REFS:
            value = row.get(key)
            for ref in value if isinstance(value, list) else [value] if value and section != "bases" else []:
                basis, _, article = ref.partition("#")
                if basis not in known:
                    yield section, code, f"依据 {basis} 不存在"
                elif article and article not in known[basis]:
                    yield section, code, f"依据 {basis} 没有列出第 {article} 条"
    for row in content["bases"]:
        if row.get("replaces") not in {None, *known}:
            yield "bases", row["code"], f"所替代的依据 {row['replaces']} 不存在"


def single(content: Content) -> Errors:
    """单向引用."""
    words = {s: set(coded(content, s)) for s in ("domains", "occupations", "departments")}
    for section, key, target, allowed in (
        ("items", "domains", "领域", words["domains"]),
        ("items", "occupations", "职业", words["occupations"]),
        ("items", "providers", "单位", words["departments"]),
        ("items", "fields", "字段组", set(content["field_sets"])),
        ("items", "ends", "终点规则", set(coded(content, "end_rules"))),
        ("items", "natural_key", "自然键", set(coded(content, "natural_keys"))),
        ("items", "category", "类别", {row["number"] for row in content["national_categories"]}),
        ("limits", "counting", "计算规则", set(coded(content, "counting_rules"))),
        ("class_mapping", "class", "类别", set(coded(content, "classes"))),
        ("classes", "counting", "计算规则", set(coded(content, "counting_rules"))),
        ("service_methods", "limit", "期限", {None, *coded(content, "limits")}),
        ("lists", "decider_department", "单位", {None, *words["departments"]}),
        ("lists", "procedure", "程序", set(content["procedures"])),
        ("measures", "body", "单位", words["departments"]),
        ("matters", "department", "单位", words["departments"]),
        ("matters", "items", "目录事项", set(coded(content, "items"))),
        ("behaviours", "list", "名单类型", {None, *coded(content, "lists")}),
        ("behaviours", "related", "名单类型", {None, *coded(content, "lists")}),
    ):
        for row in content[section]:
            value = row.get(key)
            for each in value if isinstance(value, list) else [value]:
                if each not in allowed:
                    yield section, row["code"], f"{target} {each} 不存在"


def steps(content: Content) -> Errors:
    """名单的步骤含其程序的各步，所引期限都在期限表中."""
    limits = set(coded(content, "limits"))
    for row in content["lists"]:
        acts = [step["act"] for step in row["steps"]]
        for act in content["procedures"][row["procedure"]]:
            if act not in acts:
                yield "lists", row["code"], f"缺少步骤 {act}"
        for limit in (*(s["limit"] for s in row["steps"]), row["early_exit"]["limit"]):
            if limit is not None and limit not in limits:
                yield "lists", row["code"], f"期限 {limit} 不存在"


def lists_and_items(content: Content) -> Errors:
    lists, items = coded(content, "lists"), coded(content, "items")
    for code, row in lists.items():
        if row["item"] not in items or code not in (items[row["item"]].get("list_types") or []):
            yield "lists", code, f"目录事项 {row['item']} 没有指回本名单"
    for code, row in items.items():
        for each in row.get("list_types") or []:
            if each not in lists or lists[each]["item"] != code:
                yield "items", code, f"名单类型 {each} 没有指回本事项"


def lists_and_measures(content: Content) -> Errors:
    lists, measures, items = (coded(content, s) for s in ("lists", "measures", "items"))
    for code, row in lists.items():
        for each in row["measures"]:
            if each not in measures or code not in measures[each]["target"]:
                yield "lists", code, f"措施 {each} 没有指回本名单"
    for code, row in measures.items():
        for target in row["target"]:
            if target.startswith("item:"):
                known = target.removeprefix("item:") in items
            elif target in {"sign:positive", "good-record"}:
                known = True
            else:
                known = target in lists and code in lists[target]["measures"]
            if not known:
                yield "measures", code, f"对象 {target} 不存在或者没有指回本措施"
        if row["condition"].get("item") not in items if row.get("condition") else False:
            yield "measures", code, f"条件所指事项 {row['condition'].get('item')} 不存在"


def measures_and_matters(content: Content) -> Errors:
    measures, matters = coded(content, "measures"), coded(content, "matters")
    for code, row in measures.items():
        for each in row["matters"]:
            if each not in matters or code not in matters[each]["looks_at"]:
                yield "measures", code, f"应用事项 {each} 没有指回本措施"
    for code, row in matters.items():
        for each in row["looks_at"]:
            if each not in measures or code not in measures[each]["matters"]:
                yield "matters", code, f"措施 {each} 没有指回本事项"


def outliving(content: Content) -> Errors:
    """只有法律、行政法规明定的禁业才可超过公示期."""
    level = {row["code"]: row["level"] for row in content["bases"]}
    for row in content["measures"]:
        basis = (row["outlives_basis"] or "").partition("#")[0]
        if row["outlives"] and level.get(basis) not in STRONG:
            yield "measures", row["code"], "超过公示期的措施须有法律、行政法规的条款"


def fields_not_refused(content: Content) -> Errors:
    """目录事项自己的字段不得又在拒收之列."""
    refused = {name: row["code"] for row in content["prohibited"] for name in row["detect"].get("fields") or ()}
    for name, rows in content["field_sets"].items():
        for row in rows:
            if row["zh"] in refused:
                yield "field_sets", name, f"字段 {row['zh']} 又是拒收规则 {refused[row['zh']]} 的字段"


CHECKS: tuple[Callable[[Content], Errors], ...] = (
    bases,
    single,
    steps,
    lists_and_items,
    lists_and_measures,
    measures_and_matters,
    outliving,
    fields_not_refused,
)
