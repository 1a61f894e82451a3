"""python3 test: the lanes that wait for processes travel beside the one that computes."""

import time
from pathlib import Path

import pytest

from daoli_credit.embedded.abreast import abreast, one_database_server
from daoli_credit.embedded.lane import Lane
from daoli_credit.embedded.lanes import lanes, run

LEAVES = "__import__('os')._exit({})"


def doing(title: str, code: str) -> Lane:
    """A lane of one program: `python -m timeit` runs what it is given once."""
    return Lane(title, pytest=("-n", "1", "-r", "1", code), runner="timeit")


def leaving(mark: Path, *, after: float = 0, red: bool = False) -> str:
    done = f"open({str(mark)!r}, 'w').close(); print('说过{mark.name}', flush=True)"
    return f"import time; time.sleep({after}); {done}; {LEAVES.format(3) if red else ''}"


def meeting(mark: Path, other: Path) -> str:
    """Leaves when the other one has begun as well: two that are travelled one behind the other never meet."""
    begins, seen = f"open({str(mark) + '.begun'!r}, 'w').close()", f"os.path.exists({str(other) + '.begun'!r})"
    waits = f"import os, time; {begins}; met = any({seen} or time.sleep(0.1) for _ in range(1200))"
    return f"{waits}; met or os._exit(4); {leaving(mark)}"


@pytest.fixture
def marks(tmp_path: Path) -> list[Path]:
    return [tmp_path / name for name in ("甲", "乙", "丙")]


def test_both_rows_are_travelled_to_their_end_and_heard_one_behind_the_other(
    marks: list[Path], capfd: pytest.CaptureFixture[str]
) -> None:
    one, two, three = marks
    front, behind = abreast(
        doing("前", meeting(one, two)),
        [doing("旁一", meeting(two, one)), doing("旁二", leaving(three))],
        (),
        {},
    )
    assert all(mark.exists() for mark in marks)
    assert (front.code, behind.code) == (0, 0)
    assert list(front.times | behind.times) == ["前", "旁一", "旁二"]
    said = capfd.readouterr().out
    places = [said.index(word) for word in ("—— 第前 ——", "说过甲", "—— 第旁一 ——", "说过乙", "—— 第旁二 ——", "说过丙")]
    assert places == sorted(places)


def test_a_red_lane_that_waits_is_shown_at_once_and_stops_the_one_in_front(
    marks: list[Path], capfd: pytest.CaptureFixture[str]
) -> None:
    one, two, three = marks
    begun = time.monotonic()
    front, behind = abreast(
        doing("前", leaving(one, after=300)),
        [doing("旁一", leaving(two, red=True)), doing("旁二", leaving(three))],
        (),
        {},
    )
    assert time.monotonic() - begun < 150
    assert (front.red, behind.red, behind.code) == ("", "旁一", 3)
    assert two.exists()
    assert not one.exists()
    assert not three.exists(), "红了以后还往下走"
    assert "说过乙" in capfd.readouterr().out


def test_a_red_lane_in_front_stops_those_that_wait(marks: list[Path]) -> None:
    one, two, _ = marks
    front, behind = abreast(doing("前", leaving(one, red=True)), [doing("旁一", leaving(two, after=300))], (), {})
    assert (front.red, front.code, behind.red) == ("前", 3, "")
    assert not two.exists()


def test_nothing_selected_is_red_only_without_further_arguments(marks: list[Path]) -> None:
    none = LEAVES.format(5)
    front, _ = abreast(doing("前", none), [doing("旁", "pass")], (), {})
    assert front.code == 5
    front, behind = abreast(doing("前", none), [doing("旁", none)], ("pass",), {})
    assert (front.red, behind.red) == ("", "")


def test_the_lanes_that_wait_share_a_database_server_with_the_one_in_front() -> None:
    waiting = [lane.title for lane in lanes(fast=False, everything=False) if lane.waits]
    assert waiting == ["三 冒烟与正式部署", "四 浏览器"]
    assert not any(lane.waits for lane in lanes(fast=True, everything=False))


def test_a_red_first_lane_ends_the_run_before_anything_else_is_started(marks: list[Path]) -> None:
    one, two, _ = marks
    times: dict[str, float] = {}
    waiting = Lane("旁", pytest=("-n", "1", leaving(two)), runner="timeit", waits=True)
    chosen = [doing("一", leaving(one, red=True)), doing("二", "pass"), waiting]
    assert run(chosen, (), times) == (3, "一")
    assert list(times) == ["一"]
    assert not two.exists()


def test_one_server_answers_for_all_rows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://app@elsewhere/none")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgres://owner@elsewhere/none")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/0")
    monkeypatch.setenv("DAOLI_DATA", str(tmp_path))
    with one_database_server() as shared:
        assert shared == {
            "DATABASE_URL": "postgres://app@elsewhere/none",
            "DATABASE_OWNER_URL": "postgres://owner@elsewhere/none",
        }
