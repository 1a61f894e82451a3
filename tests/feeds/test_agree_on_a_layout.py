"""字段对照: each platform gets the columns agreed with it, and what cannot be said is held, not cut."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from records.rules import layouts
from tests.feeds.ground import Ground

DOUBLE = "double-publicity-2018"


@pytest.fixture
def strict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Another platform's columns: a document number of five characters."""
    for path in layouts.FOLDER.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    text = (tmp_path / f"{DOUBLE}.yaml").read_text(encoding="utf-8")
    (tmp_path / "strict.yaml").write_text(text.replace(DOUBLE, "strict").replace("128", "5"), encoding="utf-8")
    monkeypatch.setattr(layouts, "FOLDER", tmp_path)
    layouts.known.cache_clear()
    yield "strict"
    layouts.known.cache_clear()


def test_a_platform_takes_the_columns_that_it_agreed_to(ground: Ground, settings: Settings) -> None:
    settings.FEEDS = {**settings.FEEDS, "hrb": {**settings.FEEDS["hrb"], "layout": DOUBLE}}
    record = ground.record()
    ground.sweep()
    ground.send()
    ground.send("hrb")
    ground.confirmed(record)
    ground.confirmed(record, code="hrb")


def test_what_the_layout_cannot_say_is_held_with_the_column_named(
    ground: Ground, settings: Settings, strict: str
) -> None:
    settings.FEEDS = {**settings.FEEDS, "hlj": {**settings.FEEDS["hlj"], "layout": strict}}
    record = ground.record()
    ground.sweep()
    assert ground.send() == 0
    one = ground.delivery(record)
    assert (one.state, one.held_reason) == ("held", "unmapped")
    assert "CF_WSH" in one.held_words
    assert record.document_number not in one.held_words
    assert one.held_owner == record.department
