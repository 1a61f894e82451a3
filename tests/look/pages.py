"""Where the pages and their sources are."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STATIC = ROOT / "static"
PUBLIC = (
    "/",
    "/lists/",
    "/catalogue/",
    "/catalogue/?department=market-regulation",
    "/catalogue/penalty-food/",
    "/rights/",
    "/accessibility/",
    "/en/",
    "/privacy/",
)
HAN = "[\u4e00-\u9fff]"


def source(path: Path) -> str:
    """A template without its comments."""
    return re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(encoding="utf-8"), flags=re.S)


def words(path: Path) -> Iterator[str]:
    """What a reader of the template sees or hears: text, quoted words in tags, spoken attributes."""
    text = source(path)
    for tag in re.findall(r"\{%.*?%\}", text, re.S):
        yield from re.findall(r'"([^"]*)"', tag)
    for attribute in re.findall(r'(?:aria-label|title|alt|placeholder|data-l)="([^"]*)"', text):
        yield re.sub(r"\{[{%].*?[%}]\}", "", attribute)
    # a tag leaves a gap, so that words on its two sides are not taken for neighbours
    yield re.sub(r"<[^>]*>", "\n", re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.S))


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module that are neither docstrings nor patterns."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in said
            and "\\" not in node.value
        ):
            yield node.lineno, node.value
