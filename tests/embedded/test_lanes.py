"""python3 test: the order of the lanes and what stops them."""

import sys
from pathlib import Path

import pytest

from daoli_credit.embedded.lanes import Lane, absent, lanes, report, travel


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


def test_a_lane_without_its_program_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert absent(Lane("试", needs=Path("/nowhere/chromium")))
    assert "未运行：没有 /nowhere/chromium" in capsys.readouterr().out
    assert not absent(Lane("试", needs=Path(sys.executable)))


def test_a_long_run_is_warned_about(capsys: pytest.CaptureFixture[str]) -> None:
    report({"一": 1.0, "二": 2.0})
    assert "警告" not in capsys.readouterr().out
    report({"一": 1.0, "二": 15 * 60.0})
    said = capsys.readouterr().out
    assert "第一 1.0 秒；第二 900.0 秒" in said
    assert "警告：总用时超过 15 分钟" in said
