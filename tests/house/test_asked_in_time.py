"""The day is asked when it is needed: whatever is asked while a module is read in is yesterday's after midnight."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import sources

ASKING = re.compile(r"\b(today|now|localdate|localtime|utcnow|time\.time)$")


def _run_while_read(node: ast.AST) -> Iterator[ast.AST]:
    """Everything that runs when the module is imported: of a function its decorators and defaults, not its body."""
    yield node
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        decorators = [] if isinstance(node, ast.Lambda) else node.decorator_list
        inside: Iterator[ast.AST] = iter([*decorators, *node.args.defaults, *filter(None, node.args.kw_defaults)])
    else:
        inside = ast.iter_child_nodes(node)
    for one in inside:
        yield from _run_while_read(one)


def asked_too_early(text: str) -> list[int]:
    """The lines on which the clock is asked while the module is read in."""
    return [
        node.lineno
        for node in _run_while_read(ast.parse(text))
        if isinstance(node, ast.Call) and ASKING.search(ast.unparse(node.func))
    ]


def _files() -> Iterator[Path]:
    yield from (path for _, path in sources.modules())
    for folder in ("tests", "bench"):
        yield from sorted((sources.ROOT / folder).rglob("*.py"))


def test_no_module_asks_the_clock_while_it_is_read_in() -> None:
    wrong = [
        f"{path.relative_to(sources.ROOT)}:{line}"
        for path in _files()
        for line in asked_too_early(path.read_text(encoding="utf-8"))
    ]
    assert not wrong, f"今天要在用到时才问，跨过零点仍然对；例表里写距今几天（tests/days.py）：{wrong}"


@pytest.mark.parametrize(
    "early",
    [
        "TODAY = clock.today()",
        "class Some:\n    day = date.today()",
        "def ask(day=clock.today()): ...",
        "def ask(*, day=clock.today()): ...",
        "@parametrize([clock.today()])\ndef test_it(): ...",
        "if True:\n    END = {'at': timezone.now() + timedelta(1)}",
        "PAST = int(time.time()) - 3600",
        "ask = lambda day=today(): day",
    ],
)
def test_what_is_asked_too_early_is_found(early: str) -> None:
    assert asked_too_early(early)


@pytest.mark.parametrize(
    "in_time", ["def ask():\n    return clock.today()", "ask = lambda: clock.today()", "TODAY = date(2026, 11, 28)"]
)
def test_what_is_asked_in_time_is_let_be(in_time: str) -> None:
    assert not asked_too_early(in_time)
