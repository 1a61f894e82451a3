"""例子里的编号: what a page shows as an example is nobody's, today and when the serial has come that far."""

import ast
import re

from tests.house import sources

NUMBER = re.compile(r"\b[A-Z]{2}20\d{2}-(\d{6})\b")
NEVER_GIVEN = "000000"  # every serial begins at one


def _could_be_real(text: str) -> bool:
    return any(serial != NEVER_GIVEN for serial in NUMBER.findall(text))


def _docstrings(tree: ast.Module) -> set[int]:
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    firsts = (node.body[0] for node in ast.walk(tree) if isinstance(node, holders) and node.body)
    return {id(first.value) for first in firsts if isinstance(first, ast.Expr)}


def test_no_form_and_no_template_shows_a_number_that_somebody_has_or_will_have() -> None:
    found = []
    for name, path in sources.modules():
        if name.startswith("daoli_credit.embedded"):
            continue  # the walk asks for a number that is not there
        tree = sources.tree(path)
        said = _docstrings(tree)
        words = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
        found += [f"{path}:{node.lineno}" for node in words if id(node) not in said and _could_be_real(str(node.value))]
    pages = (sources.ROOT / "templates").rglob("*.html")
    found += [str(page) for page in pages if _could_be_real(page.read_text(encoding="utf-8"))]
    assert not found, f"例子里的编号写 {NEVER_GIVEN}：{found}"


def test_a_number_of_somebody_is_seen() -> None:
    assert _could_be_real("例如 DL2026-000123")
    assert not _could_be_real("例如 DL2026-000000")
