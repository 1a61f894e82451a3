"""人物文件: made once, whole or not at all; what is no such file is said in words, with what to do."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from daoli_credit.accounts import cast
from daoli_credit.embedded.places import CLONE


def test_it_is_made_once_and_for_nobody_else(tmp_path: Path) -> None:
    file = tmp_path / "cast.json"
    first = cast.with_passwords(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [row["username"] for row in first] == [one.username for one in cast.CAST]
    assert cast.with_passwords(file) == first
    assert [one.name for one in tmp_path.iterdir()] == ["cast.json"]


def test_newcomers_get_theirs_and_the_others_keep_their_own(tmp_path: Path) -> None:
    file = tmp_path / "cast.json"
    first = cast.with_passwords(file)
    file.write_text(json.dumps(first[1:]), encoding="utf-8")
    again = cast.with_passwords(file)
    assert again[1:] == first[1:]
    assert again[0]["password"] != first[0]["password"]


def test_a_start_that_dies_while_it_writes_leaves_the_old_one_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "cast.json"
    first = cast.with_passwords(file)
    with monkeypatch.context() as dying:
        dying.setattr(Path, "replace", _killed)
        with pytest.raises(KeyboardInterrupt):
            cast.with_passwords(file)
    assert cast.with_passwords(file) == first


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("what", ["", '[{"username": "zhao', "[1]", '["zhaomin"]', '[{"username": "zhaomin"}]'])
def test_what_is_no_list_of_people_is_refused_in_words(tmp_path: Path, what: str) -> None:
    file = tmp_path / "cast.json"
    file.write_text(what, encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-m", "daoli_credit.accounts.cast", str(file)],
        cwd=CLONE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 1
    assert told.stderr.strip() == f"人物文件 {file} 读不进来：请删除它，下一次启动会给每个人物生成新的口令"
    assert file.read_text(encoding="utf-8") == what
