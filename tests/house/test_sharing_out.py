"""分工: sharing the tests out to workers and lanes loses none and repeats none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daoli_credit.embedded.lanes import lanes
from tests.house.sources import ROOT
from tests.sharing_out import ELSEWHERE, LONG, belongs_elsewhere, shared_out

FILES = st.sampled_from([*LONG, "a.py", "b.py", "c.py"])


@given(st.lists(FILES, max_size=60), st.integers(1, 5))
def test_every_test_is_there_once_whatever_is_shared_out(files: list[str], workers: int) -> None:
    items = list(enumerate(sorted(files)))
    assert sorted(shared_out(items, workers, lambda item: item[1])) == items


def test_each_share_begins_with_what_is_long_and_no_long_file_is_cut() -> None:
    files = [*(f"{name}.py" for name in "abc" for _ in range(300)), *(name for name in LONG for _ in range(10))]
    found = shared_out(files, 3, str)
    assert all(found[place] in LONG for place in (0, len(found) // 3, len(found) * 2 // 3))
    for name in LONG:
        first = found.index(name)
        assert found[first : first + 10] == [name] * 10


def test_the_long_files_are_there() -> None:
    assert all((ROOT / name).is_file() for name in LONG)


def test_what_a_lane_does_not_read_in_belongs_to_another() -> None:
    marked, wholly, plain = (
        "import pytest\n\n@pytest.mark.whole\ndef test_it() -> None: ...\n",
        '"""x"""\nimport pytest\n\npytestmark = pytest.mark.browser\n',
        "def test_it() -> None: ...\n",
    )
    assert [name for name in ELSEWHERE if not belongs_elsewhere(name, marked)] == [
        "whole and not browser",
        "not browser and not whole",
    ]
    assert [name for name in ELSEWHERE if not belongs_elsewhere(name, wholly)] == ["browser"]
    assert [name for name in ELSEWHERE if not belongs_elsewhere(name, plain)] == ["not browser and not whole"]
    assert not belongs_elsewhere("", marked)
    assert not belongs_elsewhere("whole", plain), "只认各道自己的选择"


@pytest.mark.parametrize("marks", list(ELSEWHERE))
def test_the_lanes_select_by_these_marks(marks: str) -> None:
    assert marks in {lane.pytest[-1] for lane in lanes(fast=False, everything=False) if lane.pytest}
