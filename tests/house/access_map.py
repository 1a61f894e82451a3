"""docs/access.md as data: address × actor → answer."""

import re
from dataclasses import dataclass

from tests.house.sources import ROOT

ACTORS = (
    "来访者", "经办", "复核", "别局经办", "别局复核", "人社经办", "法制审核", "审批",
    "推送值守", "宣传组织", "督导",
    "信用办经办", "窗口", "系统管理员", "安全管理员", "审计管理员", "本人", "别的市民",
)  # fmt: skip
REFUSALS = {"登录", "401", "403", "404", "405"}
ROW = re.compile(r"^\| `(?P<name>[\w-]+)` \| (?P<method>GET|POST) \|(?P<cells>.+)\|$")


@dataclass(frozen=True)
class Line:
    """一行: what each actor gets at this address with this method."""

    name: str
    method: str
    answers: dict[str, str]


def read() -> list[Line]:
    """The table of docs/access.md."""
    lines = []
    for text in (ROOT / "docs" / "access.md").read_text(encoding="utf-8").splitlines():
        if found := ROW.match(text):
            cells = [cell.strip() for cell in found["cells"].split("|")]
            lines.append(Line(found["name"], found["method"], dict(zip(ACTORS, cells, strict=True))))
    return lines
