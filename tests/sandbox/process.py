"""The identity sandbox as a process of its own, and a person who uses it with a browser."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import requests
from django.test import Client
from pytest_django import Settings

from daoli_credit.embedded.ports import kept_port

REDIRECT = "http://testserver/sign-in/citizen/back/"
STAFF_REDIRECT = "http://testserver/sign-in/unit/unit/back/"
SECRET = {
    "OIDC_CLIENT_ID": "daoli",
    "OIDC_CLIENT_SECRET": "only-for-tests",
    "DAOLI_STAFF_OIDC_UNIT_CLIENT_ID": "daoli-staff",
    "DAOLI_STAFF_OIDC_UNIT_CLIENT_SECRET": "another-for-tests",
}
PASSWORD = "long-enough-for-a-test"
FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


def person(username: str, name: str, id_number: str, face: str = "citizen") -> dict[str, str]:
    return {"username": username, "display_name": name, "face": face, "id_number": id_number, "password": PASSWORD}


PEOPLE = [
    person("linxiuyun", "林秀云", "999999198803120028"),
    person("gu", "顾某", "999999197002280019"),
    person("nobody", "无名", ""),
    person("pupil", "小明明", "999999201506020017"),
    person("officer", "赵敏", "", face="staff"),
]


def until_it_answers(child: "subprocess.Popen[bytes]", address: str, patience: float = 120) -> None:
    """Waits for a process that has just been started. Raises AssertionError when it ends instead, or never answers."""
    until = time.monotonic() + patience
    while True:
        try:
            requests.get(address, timeout=5)
        except requests.exceptions.SSLError:
            return  # it is up, and wants to know who we are
        except requests.RequestException:
            assert child.poll() is None, f"{address} 的进程自己结束了（代码 {child.returncode}）"
            assert time.monotonic() < until, f"{address} 在 {patience:g} 秒内没有就绪"
            time.sleep(0.02)
        else:
            return


@contextmanager
def provider(folder: Path, people: list[dict[str, str]]) -> Iterator[str]:
    """A running sandbox; yields its issuer."""
    users = folder / "users.json"
    users.write_text(json.dumps(people), encoding="utf-8")
    given = {**{k: v for k, v in os.environ.items() if not k.startswith(("OIDC_", "DAOLI_", "DJANGO_"))}, **SECRET}
    back = ["--redirect", REDIRECT, "--staff-redirect", STAFF_REDIRECT]
    with ExitStack() as stack:
        port = stack.enter_context(kept_port())
        command = [sys.executable, "-m", "daoli_credit.sandbox.identity", "--port", str(port), "--users", str(users)]
        issuer = f"http://127.0.0.1:{port}"
        child = stack.enter_context(subprocess.Popen([*command, *back, "--issuer", issuer], env=given))
        try:
            until_it_answers(child, f"{issuer}/jwks.json")
            yield issuer
        finally:
            child.terminate()


def connect(settings: Settings, issuer: str) -> None:
    """Our side of the registration, whatever the environment of this run says."""
    settings.ORIGIN, settings.OIDC_ISSUER = "http://testserver", issuer
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = SECRET["OIDC_CLIENT_ID"], SECRET["OIDC_CLIENT_SECRET"]
    settings.STAFF_OIDC = {"unit": unit(issuer)}


def unit(issuer: str, **changed: str) -> dict[str, str]:
    """A unit's identity service as the settings name it."""
    return {
        "title": "区政务统一身份认证",
        "issuer": issuer,
        "client_id": SECRET["DAOLI_STAFF_OIDC_UNIT_CLIENT_ID"],
        "client_secret": SECRET["DAOLI_STAFF_OIDC_UNIT_CLIENT_SECRET"],
        "scope": "openid",
        "origin": issuer,
        "second_factor": "",
        **changed,
    }


def fill_in(page: str, **typed: str) -> dict[str, str]:
    """The first form of the sandbox's page, with what was typed."""
    first = page.split("</form>", maxsplit=1)[0]
    return {name: unescape(value) for name, value in FIELD.findall(first)} | typed


def go_and_sign_in(
    client: Client, username: str, password: str = PASSWORD, *, door: str = "/sign-in/citizen/", back: str = REDIRECT
) -> str:
    """From our door to the sandbox, signs in there, and stops before coming back. Returns the address to go to."""
    out = client.post(door)
    assert out.status_code == 302, out.content.decode()
    page = requests.get(out["Location"], timeout=5)
    form = fill_in(page.text, username=username, password=password)
    answer = requests.post(page.url.split("?")[0], data=form, allow_redirects=False, timeout=5)
    assert answer.status_code == 303, answer.text
    assert answer.headers["Location"].startswith(back)
    return answer.headers["Location"].removeprefix("http://testserver")


def sign_in(client: Client, username: str) -> Any:
    """The whole way; returns our answer to the callback."""
    return client.get(go_and_sign_in(client, username))
