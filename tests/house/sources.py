"""The product's own source files, for the tests about the program."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("daoli_credit", "records", "incentives", "education")


def modules() -> Iterator[tuple[str, Path]]:
    """Dotted name and path of every module of the product, migrations left out."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                yield name.removesuffix(".__init__"), path


def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every imported module of ours with its line, as far down as the statement says."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno


def saying(text: str, *, but: tuple[str, ...] = ()) -> list[str]:
    """Files and lines that hold the text, outside the modules whose dotted names begin with one of `but`."""
    found = []
    for name, path in modules():
        if name.startswith(but):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if text in line and not line.lstrip().startswith("#"):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
    return found
