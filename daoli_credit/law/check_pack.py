"""规则包核对: every check of an edition's content; errors are collected, in Chinese, with file and code."""

from collections.abc import Iterator, Mapping
from typing import Any

from daoli_credit.law import check_blocklist, check_links, check_rewards, check_values

Content = Mapping[str, Any]
SECTIONS = (
    *("edition", "bases", "counting_rules", "service_methods", "classes", "class_mapping", "limits"),
    *("contents", "publication_default", "procedures", "lists", "behaviours", "excluded", "measures"),
    *("blocklist", "national_categories", "identity", "field_sets", "end_rules", "natural_keys", "items"),
    *("common_shows", "matters", "years", "missing", "vectors", "prohibited", "keydates", "extra", "domains"),
    *("occupations", "departments"),
)


def errors_in(content: Content, files: Mapping[str, str]) -> list[str]:
    """核对: all errors, each naming its file and row; an empty list means that the edition may be loaded."""
    missing = [f"规则包：缺少 {section}" for section in SECTIONS if section not in content]
    if missing:
        return missing
    found = [*shapes(content)]
    # A row without its code or status would make every later check speak nonsense.
    checks = (*check_values.CHECKS, *check_links.CHECKS, *check_blocklist.CHECKS, *check_rewards.CHECKS)
    for check in () if found else checks:
        found += check(content)
    return [f"{files.get(section, 'edition.yaml')}：{section} {code}：{message}" for section, code, message in found]


def shapes(content: Content) -> Iterator[tuple[str, str, str]]:
    """每行有编号、状态和来源，编号在同类中唯一."""
    for section in check_values.CODED:
        seen = set()
        for row in content[section]:
            code = str(row.get("code") or row.get("year") or row.get("number") or "")
            if not code:
                yield section, "", "有一行没有编号"
            if code in seen:
                yield section, code, "编号重复"
            seen.add(code)
            if section not in check_values.WORDS and ("status" not in row or "source" not in row):
                yield section, code, "缺少 status 或者 source"
