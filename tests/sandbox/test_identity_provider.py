"""演示实名认证平台: it must refuse what a real provider refuses, or the portal's own checks prove nothing."""

import ast
import base64
import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import KeySet

from daoli_credit import sandbox
from daoli_credit.sandbox import starting
from daoli_credit.sandbox.identity import codes as codes_module
from daoli_credit.sandbox.identity.authorize import Ask
from daoli_credit.sandbox.identity.people import Person
from tests.sandbox.process import PASSWORD, PEOPLE, REDIRECT, SECRET, fill_in, provider

VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
ASK = {
    "client_id": "daoli",
    "redirect_uri": REDIRECT,
    "response_type": "code",
    "scope": "openid",
    "state": "the-state",
    "nonce": "the-nonce",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}
CLIENT = (SECRET["OIDC_CLIENT_ID"], SECRET["OIDC_CLIENT_SECRET"])


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with provider(tmp_path_factory.mktemp("identity"), PEOPLE) as running:
        yield running


def ask(issuer: str, **changed: str) -> requests.Response:
    return requests.get(f"{issuer}/authorize", params={**ASK, **changed}, allow_redirects=False, timeout=5)


def answer(issuer: str, username: str, password: str = PASSWORD) -> requests.Response:
    form = fill_in(ask(issuer).text, username=username, password=password)
    return requests.post(f"{issuer}/authorize", data=form, allow_redirects=False, timeout=5)


def code(issuer: str, username: str = "linxiuyun") -> str:
    return parse_qs(urlsplit(answer(issuer, username).headers["Location"]).query)["code"][0]


def exchange(issuer: str, auth: tuple[str, str] | None = CLIENT, **changed: str) -> requests.Response:
    fields = {"grant_type": "authorization_code", "redirect_uri": REDIRECT, "code_verifier": VERIFIER, **changed}
    return requests.post(f"{issuer}/token", data=fields, auth=auth, timeout=5)


def test_the_token_of_a_citizen_carries_the_verified_identity(issuer: str) -> None:
    token = exchange(issuer, code=code(issuer)).json()["id_token"]
    keys = KeySet.import_key_set(requests.get(f"{issuer}/jwks.json", timeout=5).json())
    claims = jwt.decode(token, keys, algorithms=["RS256"]).claims
    assert (claims["iss"], claims["aud"], claims["nonce"]) == (issuer, "daoli", "the-nonce")
    assert (claims["name"], claims["id_number"], claims["verified"]) == ("林秀云", "999999198803120028", True)
    assert claims["exp"] - claims["iat"] == 300
    assert "linxiuyun" not in claims["sub"]


def test_an_account_without_a_number_is_not_verified(issuer: str) -> None:
    token = exchange(issuer, code=code(issuer, "nobody")).json()["id_token"]
    keys = KeySet.import_key_set(requests.get(f"{issuer}/jwks.json", timeout=5).json())
    claims = jwt.decode(token, keys, algorithms=["RS256"]).claims
    assert claims["verified"] is False
    assert not {"name", "id_number"} & claims.keys()


def test_the_public_keys_hold_nothing_private(issuer: str) -> None:
    (key,) = requests.get(f"{issuer}/jwks.json", timeout=5).json()["keys"]
    assert not {"d", "p", "q", "dp", "dq", "qi"} & key.keys()


@pytest.mark.parametrize("changed", [{"client_id": "other"}, {"redirect_uri": REDIRECT + "x"}])
def test_an_unregistered_client_or_address_is_sent_nowhere(issuer: str, changed: dict[str, str]) -> None:
    told = ask(issuer, **changed)
    assert told.status_code == 400
    assert "Location" not in told.headers
    assert "没有在本平台登记" in told.text


@pytest.mark.parametrize(
    "changed",
    [
        {"response_type": "token"},
        {"scope": "profile"},
        {"code_challenge": ""},
        {"code_challenge_method": "plain"},
        {"nonce": ""},
    ],
)
def test_a_request_without_code_openid_nonce_or_pkce_is_refused(issuer: str, changed: dict[str, str]) -> None:
    told = ask(issuer, **changed)
    assert told.status_code == 303
    assert "error=" in told.headers["Location"]


def test_a_wrong_password_shows_the_form_again(issuer: str) -> None:
    told = answer(issuer, "linxiuyun", "wrong")
    assert told.status_code == 401
    assert "用户名或密码不对" in told.text


def test_staff_cannot_sign_in_here(issuer: str) -> None:
    assert answer(issuer, "officer").status_code == 401


def test_a_code_is_good_once(issuer: str) -> None:
    one = code(issuer)
    assert exchange(issuer, code=one).status_code == 200
    assert exchange(issuer, code=one).json() == {"error": "invalid_grant"}


@pytest.mark.parametrize("changed", [{"code_verifier": "w" * 43}, {"redirect_uri": REDIRECT + "x"}])
def test_a_code_shown_with_the_wrong_verifier_or_address_is_spent(issuer: str, changed: dict[str, str]) -> None:
    one = code(issuer)
    assert exchange(issuer, CLIENT, code=one, **changed).json() == {"error": "invalid_grant"}
    assert exchange(issuer, code=one).json() == {"error": "invalid_grant"}


@pytest.mark.parametrize("auth", [None, ("daoli", "wrong"), ("other", CLIENT[1])])
def test_the_client_must_prove_itself(issuer: str, auth: tuple[str, str] | None) -> None:
    assert exchange(issuer, auth, code=code(issuer)).status_code == 401


def test_the_client_may_prove_itself_in_the_form(issuer: str) -> None:
    given = {"client_id": CLIENT[0], "client_secret": CLIENT[1]}
    assert exchange(issuer, None, code=code(issuer), **given).status_code == 200


def test_a_code_is_good_for_sixty_seconds() -> None:
    assert codes_module.GOOD_FOR == 60.0
    codes = codes_module.Codes()
    one = codes.issue(Ask(**ASK, login_hint=""), Person("a", "甲", "", "p"))
    grant = codes._grants[one]
    codes._grants[one] = codes_module.Grant(grant.ask, grant.person, grant.auth_time, until=0)
    assert codes.redeem(one, client_id="daoli", redirect_uri=REDIRECT, verifier=VERIFIER) is None


def test_its_pages_need_no_script_and_nothing_from_elsewhere(issuer: str) -> None:
    page = ask(issuer)
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'self' http://testserver" in policy
    assert [found for found in ("<script", "<style", "style=", "onclick", "https://") if found in page.text] == []
    assert "人物均为虚构" in page.text


def test_what_is_typed_is_not_echoed_as_markup(issuer: str) -> None:
    page = ask(issuer, login_hint='"><b>x', state="<i>")
    assert "<b>x" not in page.text
    assert "<i>" not in page.text


def start(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "daoli_credit.sandbox.identity", "--port", "1", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_without_its_secret_it_does_not_start(tmp_path: Path) -> None:
    (tmp_path / "users.json").write_text("[]")
    failed = start("--users", str(tmp_path / "users.json"), OIDC_CLIENT_ID="daoli")
    assert failed.returncode == 1
    assert "缺少环境变量 OIDC_CLIENT_SECRET" in failed.stderr


def test_without_its_people_it_does_not_start(tmp_path: Path) -> None:
    failed = start("--users", str(tmp_path / "none.json"), **SECRET)
    assert failed.returncode == 2
    assert "人物文件不存在" in failed.stderr


def test_the_secret_may_stand_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("from-the-file\n")
    monkeypatch.setenv("OIDC_CLIENT_SECRET_FILE", str(tmp_path / "secret"))
    assert starting.secret("OIDC_CLIENT_SECRET") == "from-the-file"


def test_the_sandbox_imports_nothing_of_the_product() -> None:
    for file in Path(sandbox.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            strange = [name for name in names if name.startswith("daoli_credit") and ".sandbox" not in name]
            assert not strange, f"{file} 引用了产品模块 {strange}"
            assert not [name for name in names if name.partition(".")[0] in {"django", "records"}], file
