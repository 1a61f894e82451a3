"""看到什么: whatever a look says was shown has its words for the person; no code of ours stands on their page."""

import ast
from collections.abc import Iterator

from daoli_credit.looks.selectors import SHOWN
from tests.house.sources import modules, tree


def _said(node: ast.expr) -> Iterator[str]:
    """Every text that may stand in the list."""
    for part in ast.walk(node):
        among: list[ast.expr] = []
        if isinstance(part, ast.IfExp):
            among = [part.body, part.orelse]
        elif isinstance(part, ast.List | ast.Tuple):
            among = part.elts
        for one in among:
            if isinstance(one, ast.Constant) and isinstance(one.value, str):
                yield one.value


def test_everything_that_a_look_can_show_has_its_words() -> None:
    said = {
        (word, name)
        for name, path in modules()
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg == "shown"
        for word in _said(keyword.value)
    }
    assert len({word for word, _ in said}) > 10
    assert {one for one in said if one[0] not in SHOWN} == set()
