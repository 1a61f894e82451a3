"""登录的设置: a mistake stops the start."""

import os
import subprocess
import sys

import pytest


def start(**changed: str) -> str:
    """What the settings say for themselves in a production environment."""
    given = {name: value for name, value in os.environ.items() if not name.startswith(("DAOLI_", "OIDC_", "DJANGO_"))}
    keys = {"SECRET_KEY": "x" * 50, "DAOLI_KEYRING": "{}", "DAOLI_ORIGIN": "https://credit.example"}
    servers = {"DATABASE_URL": "postgres://nobody@nowhere/none", "REDIS_URL": "redis://nowhere/0"}
    says = "from daoli_credit import settings as s; print(s.OIDC_ORIGIN, repr(s.CAST_FILE))"
    run = subprocess.run(
        [sys.executable, "-c", says],
        env={**given, **keys, **servers, **changed},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return run.stdout + run.stderr


def test_a_provider_without_encryption_is_refused_in_production() -> None:
    assert "必须以 https:// 开头" in start(OIDC_ISSUER="http://login.example")


@pytest.mark.parametrize(
    ("changed", "origin"),
    [
        ({}, "https://login.example"),
        ({"OIDC_ORIGIN": "https://other.example"}, "https://other.example"),
    ],
)
def test_the_form_may_go_to_the_issuers_origin_or_the_one_named(changed: dict[str, str], origin: str) -> None:
    assert start(OIDC_ISSUER="https://login.example/realms/city", **changed).startswith(f"{origin} ")


def test_a_cast_file_means_nothing_in_production() -> None:
    assert start(DAOLI_CAST="/anything.json").strip().endswith("''")
