"""分工: which files a lane reads in, and in which order its workers take the tests."""

import gc
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")
# The files that cost minutes, in parts of each other. Each stands at the head of one worker's share and is run there
# as a whole: its town is made once, and what is left for the end, to be taken from each other, is short.
LONG = {
    "tests/house/test_hardened.py": 9,
    "tests/house/test_crawl.py": 8,
    "tests/house/test_every_exit.py": 7,
    "tests/house/test_access_map.py": 5,
    "tests/house/test_every_end.py": 4,
    "tests/embedded/test_smoke.py": 9,
}
# How a file says of itself that all of it belongs to another lane.
ELSEWHERE = {
    "whole and not browser": r"^(?!.*\bmark\.whole\b)",
    "browser": r"^(?!.*\bmark\.browser\b)",
    "not browser and not whole": r".*^pytestmark = pytest\.mark\.(whole|browser)\b",
}


def belongs_elsewhere(marks: str, text: str) -> bool:
    """Whether a lane that selects by these marks would read the file in and then take none of its tests."""
    return marks in ELSEWHERE and bool(re.match(ELSEWHERE[marks], text, re.DOTALL | re.MULTILINE))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Reading in every test costs each worker seconds. A file that was named is read whatever it says."""
    named = {Path(word.split("::")[0]).resolve() for word in config.args}
    if not collection_path.match("test_*.py") or collection_path in named:
        return None
    return belongs_elsewhere(config.getoption("markexpr"), collection_path.read_text(encoding="utf-8")) or None


def shared_out(items: Sequence[T], workers: int, file_of: Callable[[T], str]) -> list[T]:
    """The same items, in shares as pytest-xdist cuts them; at the head of each, whole files of those that are long."""
    heads: list[list[T]] = [[] for _ in range(workers)]
    load = [0] * workers
    files = {name: [item for item in items if file_of(item) == name] for name in LONG}
    for name in sorted(files, key=lambda name: -LONG[name]):
        if files[name]:
            lightest = load.index(min(load))
            heads[lightest] += files[name]
            load[lightest] += LONG[name]
    rest = [item for item in items if file_of(item) not in files]
    found: list[T] = []
    for number, head in enumerate(heads):
        left = (len(items) - len(found)) // (workers - number)
        short = max(left - len(head), 0)
        found += head + rest[:short]
        del rest[:short]
    return found + rest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Behind the selection by marks. Every worker comes to the same order."""
    if workers := int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "0")):
        items[:] = shared_out(items, workers, lambda item: item.nodeid.split("::")[0])


def pytest_collection_finish() -> None:
    """What has been read in stays to the end: the collector of garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
