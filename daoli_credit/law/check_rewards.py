"""规则包核对：激励。Not to be honoured is never a disadvantage; what nobody may touch stands in check_blocklist."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Content = Mapping[str, Any]
Errors = Iterator[tuple[str, str, str]]

HONOURS = {"sign:positive", "good-record"}
# A measure that hangs on somebody not having something: as a target, and in words.
ABSENT = re.compile(r"^(not|no|without|non|unhonou?red)\b|^sign:(none|neutral|adverse)|^(不|未|没有|无)")
UNHONOURED = re.compile(
    r"(不在|未列入|未进入|未纳入|没有列入|没有进入)(守信激励对象名单|守信激励名单|红名单)|(没有|未获|无)(任何)?(荣誉|表彰)"
)


def absence(content: Content) -> Errors:
    """减损权益和管理性的措施不得针对荣誉，也不得针对没有荣誉（blocklist b-not-honoured）."""
    honours = {f"item:{row['code']}" for row in content["items"] if row["sign"] == "positive"}
    for row in content["measures"]:
        for target in row["target"]:
            if ABSENT.search(target):
                yield "measures", row["code"], f"对象 {target} 是“没有荣誉”，不得作为任何措施的对象（b-not-honoured）"
            elif row["kind"] != "reward" and target in HONOURS | honours:
                yield "measures", row["code"], f"荣誉 {target} 不得作为限制或者管理措施的对象（b-not-honoured）"
            elif row["kind"] == "reward" and target not in HONOURS | honours:
                yield "measures", row["code"], f"激励的对象 {target} 不是荣誉，也不是守信三年"
        if UNHONOURED.search(f"{row['title']} {row['content']}"):
            yield "measures", row["code"], "措施写着因没有荣誉而受影响，不得写入（b-not-honoured）"


def rewards_take_nothing(content: Content) -> Errors:
    """激励可以给，不是必须有才能办；不因修复解除，也不超过荣誉本身的期限."""
    for row in content["measures"]:
        if row["kind"] == "reward" and (row["force"] != "may" or row["outlives"]):
            yield "measures", row["code"], "激励只能是“可以”，并且不超过荣誉的期限"


CHECKS: tuple[Callable[[Content], Errors], ...] = (absence, rewards_take_nothing)
