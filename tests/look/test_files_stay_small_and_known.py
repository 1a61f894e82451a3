"""Budgets, and the sums of what was not written here."""

import gzip
import hashlib
from pathlib import Path

import pytest
from django.test import Client

from tests.look.pages import PUBLIC, STATIC

KB = 1024


def packed(*paths: Path) -> int:
    return sum(len(gzip.compress(path.read_bytes())) for path in paths)


def test_every_vendored_file_is_the_one_that_was_vetted() -> None:
    lines = (STATIC / "vendor" / "VERSIONS.txt").read_text(encoding="utf-8").splitlines()
    listed = {line.split()[0]: line.split()[-1] for line in lines if line and not line.startswith("#")}
    for path, expected in listed.items():
        assert hashlib.sha256((STATIC / path).read_bytes()).hexdigest() == expected, path
    vendored = {str(path.relative_to(STATIC)) for path in (STATIC / "vendor").iterdir()} - {"vendor/VERSIONS.txt"}
    assert vendored
    assert vendored <= set(listed)


@pytest.mark.parametrize(
    ("files", "budget"),
    [(("daoli.css",), 14), (("app.js",), 3), (("app.js", "vendor/htmx.min.js"), 25), (("icons.svg",), 8)],
)
def test_a_static_file_keeps_its_budget(files: tuple[str, ...], budget: int) -> None:
    assert packed(*(STATIC / file for file in files)) <= budget * KB


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_keeps_its_budget(visitor: Client, address: str) -> None:
    page = len(gzip.compress(visitor.get(address).content))
    assert page <= 20 * KB
    assert page + packed(*(STATIC / file for file in ("daoli.css", "app.js", "icons.svg", "favicon.svg"))) <= 60 * KB
