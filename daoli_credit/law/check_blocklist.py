"""规则包核对：红线。No measure touches what may never be limited, and no reward is a scarce good of that kind."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Content = Mapping[str, Any]
Errors = Iterator[tuple[str, str, str]]

SAYS_NOT = re.compile(r"不涉[^、；，。]*")  # “不涉升学” leaves it out, and says so
GOOD = {"sign:positive", "good-record"}


def words(content: Content) -> Errors:
    """红线各条写明用来核对的词."""
    for row in content["blocklist"]:
        if not row.get("words"):
            yield "blocklist", row["code"], "没有写明核对的词（words）"


def untouched(content: Content) -> Errors:
    """基本公共服务、就学、就医、社会救助等永远不得限制；法律另有明文的，只展示依据，本区不实施."""
    for row in content["measures"]:
        said = SAYS_NOT.sub("", f"{row['title']}；{row['content']}")
        for line in content["blocklist"]:
            hit = next((word for word in line.get("words") or () if word in said), None)
            shown_only = row["code"] in (line.get("except") or ()) and not row["body"] and not row["matters"]
            if hit is not None and not shown_only:
                yield "measures", row["code"], f"触及红线“{line['title']}”（{hit}），不得作为措施"


def right_way_round(content: Content) -> Errors:
    """荣誉和良好记录只能带来激励，不利记录不能带来激励；没有荣誉不是任何措施的对象."""
    items = {row["code"]: row["sign"] for row in content["items"]}
    for row in content["measures"]:
        for target in row["target"]:
            good = target in GOOD or items.get(target.removeprefix("item:")) == "positive"
            if good != (row["kind"] == "reward"):
                yield "measures", row["code"], f"对象 {target} 与措施的方向不符"


CHECKS: tuple[Callable[[Content], Errors], ...] = (words, untouched, right_way_round)
