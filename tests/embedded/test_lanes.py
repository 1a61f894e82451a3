"""python3 test: the order of the lanes and what stops them."""

import sys
import time
from pathlib import Path

import pytest

from daoli_credit.embedded.lane import Lane, absent, travel
from daoli_credit.embedded.lanes import lanes, report


def leaves_with(code: int, mark: Path | None = None) -> list[str]:
    touch = f"open({str(mark)!r}, 'w').close();" if mark else ""
    return [sys.executable, "-c", f"{touch}raise SystemExit({code})"]


def test_fast_is_the_first_two_lanes_of_all() -> None:
    every, fast = lanes(fast=False, everything=True), lanes(fast=True, everything=False)
    assert [lane.title for lane in fast] == [lane.title for lane in every[:2]]
    assert len(every) > len(fast)


def test_the_lanes_share_out_every_test_once() -> None:
    chosen = [lane.pytest[-1] for lane in lanes(fast=False, everything=False) if lane.pytest]
    assert chosen == ["not browser and not whole", "whole and not browser", "browser"]


def test_the_first_red_command_ends_the_lane_and_gives_its_code(tmp_path: Path) -> None:
    first, last = tmp_path / "first", tmp_path / "last"
    lane = Lane("试", commands=(leaves_with(0, first), leaves_with(3), leaves_with(0, last)))
    assert travel(lane, ()) == 3
    assert first.exists()
    assert not last.exists()


def says(text: str, code: int, after: float = 0) -> list[str]:
    return [sys.executable, "-c", f"import time; time.sleep({after}); print({text!r}); raise SystemExit({code})"]


def test_what_works_beside_is_waited_for_and_its_code_is_the_lanes(capsys: pytest.CaptureFixture[str]) -> None:
    assert travel(Lane("试", commands=(leaves_with(0),), beside=says("都好", 0, after=0.3)), ()) == 0
    assert "都好" not in capsys.readouterr().out
    assert travel(Lane("试", commands=(leaves_with(0),), beside=says("读不进来", 2, after=0.3)), ()) == 2
    assert "读不进来" in capsys.readouterr().out


def test_a_red_command_stops_what_works_beside_it(tmp_path: Path) -> None:
    begun = time.monotonic()
    mark = tmp_path / "late"
    late = [sys.executable, "-c", f"import time; time.sleep(300); open({str(mark)!r}, 'w').close()"]
    assert travel(Lane("试", commands=(leaves_with(3),), beside=late), ()) == 3
    assert time.monotonic() - begun < 150
    assert not mark.exists()


def test_a_lane_without_its_program_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert absent(Lane("试", needs=Path("/nowhere/chromium")))
    assert "未运行：没有 /nowhere/chromium" in capsys.readouterr().out
    assert not absent(Lane("试", needs=Path(sys.executable)))


def test_a_long_run_is_warned_about(capsys: pytest.CaptureFixture[str]) -> None:
    report({"一": 1.0, "二": 890.0, "三": 20.0}, 895.0)  # two of them abreast
    said = capsys.readouterr().out
    assert "第一 1.0 秒；第二 890.0 秒；第三 20.0 秒" in said
    assert "合计 895.0 秒" in said
    assert "警告" not in said
    report({"一": 1.0, "二": 900.0}, 901.0)
    assert "警告：总用时超过 15 分钟" in capsys.readouterr().out
