"""安装: .venv on a machine that has python3 and pip only."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from daoli_credit.embedded.places import CLONE

pytestmark = pytest.mark.whole


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone with empty locks: what is installed does not matter here, only how."""
    package = tmp_path / "daoli_credit" / "embedded"
    package.mkdir(parents=True)
    for name in ("__init__.py", "install.py"):
        shutil.copy(CLONE / "daoli_credit" / "embedded" / name, package)
    shutil.copy(CLONE / "daoli_credit" / "__init__.py", package.parent)
    shutil.copy(CLONE / "run", tmp_path)
    (package / "run.py").write_text("import sys; print('已进入', sys.prefix, sys.argv[1:])\n", encoding="utf-8")
    for lock in ("requirements-dev.lock", "requirements-embedded.lock"):
        (tmp_path / lock).write_text("")
    return tmp_path


def run(clone: Path, *words: str, **changed: str) -> str:
    base = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
    done = subprocess.run(
        [str(base), "run", *words], cwd=clone, env=os.environ | changed, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_enters_the_new_environment_with_the_arguments_and_is_quick_the_second_time(clone: Path) -> None:
    first = run(clone, "--port", "1")
    assert f"已进入 {clone}/.venv ['--port', '1']" in first
    assert "· 建立" in first
    assert "·" not in run(clone)


def test_compiled_files_are_kept_whatever_the_terminal_says(clone: Path) -> None:
    run(clone, PYTHONDONTWRITEBYTECODE="1", PYTHONPYCACHEPREFIX="")
    assert list((clone / "daoli_credit").rglob("*.pyc"))


def test_a_half_made_environment_is_made_again(clone: Path) -> None:
    (clone / ".venv" / "bin").mkdir(parents=True)
    (clone / ".venv" / "left-over").write_text("")
    assert "· 建立" in run(clone)
    assert not (clone / ".venv" / "left-over").exists()


def test_a_changed_lock_is_installed_into_the_same_environment(clone: Path) -> None:
    run(clone)
    (clone / "requirements-embedded.lock").write_text("# changed\n")
    second = run(clone)
    assert "安装" in second
    assert "· 建立" not in second


def test_pip_does_it_when_uv_cannot_be_had(clone: Path) -> None:
    program = clone / "cache" / "daoli" / "uv-0.13.9" / "bin" / "uv"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    said = run(clone, XDG_CACHE_HOME=str(clone / "cache"))
    assert "用 pip 安装" in said
    assert "已进入" in said
