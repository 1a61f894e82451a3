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
        timeout=300,
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


def test_production_asks_staff_for_a_second_factor_and_cannot_be_told_not_to() -> None:
    says = start(DAOLI_STAFF_SECOND_FACTOR="off")
    assert "只能在演示或测试里使用" in says
    assert "ImproperlyConfigured" in start(DAOLI_STAFF_SECOND_FACTOR="optional")
    assert "ImproperlyConfigured" not in start()
    assert "ImproperlyConfigured" not in start(DAOLI_STAFF_SECOND_FACTOR="required")


UNIT = {
    "DAOLI_STAFF_OIDC": "unit",
    "DAOLI_STAFF_OIDC_UNIT_TITLE": "某局统一身份认证",
    "DAOLI_STAFF_OIDC_UNIT_ISSUER": "https://sso.example",
    "DAOLI_STAFF_OIDC_UNIT_CLIENT_ID": "daoli",
    "DAOLI_STAFF_OIDC_UNIT_CLIENT_SECRET": "x" * 32,
}


def test_a_units_identity_service_is_named_whole_and_with_encryption_or_not_at_all() -> None:
    assert "ImproperlyConfigured" not in start(**UNIT)
    assert "必须以 https:// 开头" in start(**{**UNIT, "DAOLI_STAFF_OIDC_UNIT_ISSUER": "http://sso.example"})
    assert "DAOLI_STAFF_OIDC_UNIT_TITLE" in start(**{**UNIT, "DAOLI_STAFF_OIDC_UNIT_TITLE": ""})
    assert "小写字母" in start(**{**UNIT, "DAOLI_STAFF_OIDC": "Unit"})
