"""约束和文档一一对应: of every constraint and trigger the docs say what it refuses, why, and which test asks it."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from tests.house.sources import ROOT

# Which page answers for which tables.
PAGES = {
    "listing.md": (
        "listing", "notice", "defence", "point", "decision", "listingpaper", "registration", "registrationpaper",
        "registrationsight", "earlyexit",
    ),
    "redlist.md": ("nomination", "benefit"),
    "measures.md": ("measuretask",),
}  # fmt: skip
ON_RECORDS = {
    "listing.md": ("incentives_a_listing_record_has_its_case", "incentives_left_early_by_two"),
    "redlist.md": ("incentives_an_honour_has_its_consent",),
    "measures.md": (),
}
# The test files that a page names anywhere, with or without their folder.
FILE = re.compile(r"`(?:tests/)?(?:\w+/)?(test_\w+\.py)`")
NAME, TEST = re.compile(r"`([a-z][a-z_]{8,})`"), re.compile(r"`(test_\w+)(\.py)?`")


def _rows(page: str) -> list[list[str]]:
    """The rows of every table whose first cell names a constraint."""
    lines = (ROOT / "docs" / page).read_text().splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]
    return [row for row in cells if NAME.search(row[0])]


def _written(page: str) -> set[str]:
    return {name for row in _rows(page) for name in NAME.findall(row[0])}


def _constraints(page: str) -> set[str]:
    models = [apps.get_model("incentives", name) for name in PAGES[page]]
    return {one.name for model in models for one in model._meta.constraints}


def _in_the_database(page: str) -> set[str]:
    """Checks, triggers, unique indexes and the foreign keys that have a name of their own, as PostgreSQL has them."""
    tables = [f"incentives_{name}" for name in PAGES[page]]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid"
            " WHERE c.relname = ANY(%s) AND NOT tgisinternal"
            " UNION SELECT conname FROM pg_constraint JOIN pg_class c ON c.oid = conrelid"
            " WHERE c.relname = ANY(%s) AND contype IN ('c', 'f', 'x') AND conname !~ '_fk_|_check$'"
            " UNION SELECT i.relname FROM pg_index JOIN pg_class c ON c.oid = indrelid"
            " JOIN pg_class i ON i.oid = indexrelid"
            " WHERE c.relname = ANY(%s) AND indisunique AND i.relname !~ '_(pkey|key|uniq)$'",
            [tables, tables, tables],
        )
        return {str(name) for (name,) in cursor.fetchall()} | set(ON_RECORDS[page])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.django_db
def test_the_page_names_every_constraint_and_trigger_and_no_other(page: str) -> None:
    there, meant = _in_the_database(page), _constraints(page)
    assert meant <= there, f"数据库里没有：{sorted(meant - there)}"
    written = _written(page)
    assert not there - written, f"{page} 没有写：{sorted(there - written)}"
    elsewhere = {"records_item_keeps_its_door"}
    assert not written - there - elsewhere, f"{page} 写了没有的：{sorted(written - there)}"


@pytest.mark.parametrize("page", PAGES)
def test_every_row_has_words_an_article_and_a_test_that_exists(page: str) -> None:
    paths = list(Path(ROOT / "tests").rglob("test_*.py"))
    files = {path.name for path in paths}
    functions = set(re.findall(r"^def (test_\w+)", "\n".join(path.read_text() for path in paths), re.M))
    for row in _rows(page):
        assert len(row) == 4, f"{page}：{row[0]} 要有约束、白话、依据、测试四栏"
        assert all(row), f"{page}：{row[0]} 有空着的栏"
        named = TEST.findall(row[3])
        assert named, f"{page}：{row[0]} 没有写测试"
        for name, file in named:
            assert f"{name}.py" in files if file else name in functions, f"{page}：{row[0]} 的测试 {name} 不存在"


@pytest.mark.parametrize("page", PAGES)
def test_every_test_file_that_a_page_names_is_there(page: str) -> None:
    there = {path.name for path in Path(ROOT / "tests").rglob("test_*.py")}
    named = set(FILE.findall((ROOT / "docs" / page).read_text()))
    assert named
    assert named <= there, f"{page} 写了没有的测试：{sorted(named - there)}"
