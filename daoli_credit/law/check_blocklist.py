"""规则包核对：红线。No measure touches what may never be limited, and no reward is a scarce good of that kind."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Content = Mapping[str, Any]
Errors = Iterator[tuple[str, str, str]]

# 不涉升学、不减少法定条件: what a measure says that it does not touch
SAYS_NOT = re.compile(r"不(?:涉及?|含|包括|延及|减少|影响)[^、；，。]*")


def words(content: Content) -> Errors:
    """红线各条写明用来核对的词."""
    for row in content["blocklist"]:
        if not row.get("words"):
            yield "blocklist", row["code"], "没有写明核对的词（words）"


def untouched(content: Content) -> Errors:
    """基本公共服务、就学、就医、社会救助等永远不得限制；法律另有明文的，只展示依据，本区不实施."""
    matters = {row["code"]: row["title"] for row in content["matters"]}
    for row in content["measures"]:
        # where a reward is given says as much as its words: nobody's privilege is what everybody must have
        places = [matters[code] for code in row["matters"] if code in matters] if row["kind"] == "reward" else []
        said = "；".join(SAYS_NOT.sub("", text) for text in (row["title"], row["content"], *places))
        for line in content["blocklist"]:
            hit = next((word for word in line.get("words") or () if word in said), None)
            shown_only = row["code"] in (line.get("except") or ()) and not row["body"] and not row["matters"]
            if hit is not None and not shown_only:
                yield "measures", row["code"], f"触及红线“{line['title']}”（{hit}），不得作为措施"


CHECKS: tuple[Callable[[Content], Errors], ...] = (words, untouched)
