"""正式的服务: gunicorn as `run` starts it over one database, with the identity sandbox at which citizens sign in."""

import contextlib
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import requests

from daoli_credit.accounts.cast import CAST
from daoli_credit.accounts.models import User
from daoli_credit.embedded import clones
from daoli_credit.embedded.ports import kept_port
from daoli_credit.embedded.smoke.browser import Browser

WORKERS, THREADS = 2, 4


@dataclass(frozen=True)
class Served:
    """一个正在服务的网站: its address, that of the identity provider, and everybody's password."""

    origin: str
    issuer: str
    passwords: dict[str, str]

    def staff(self, username: str) -> Browser:
        """工作人员, by the form."""
        browser = Browser(self.origin)
        browser.open("/sign-in/")
        browser.submit("登录", {"username": username, "password": self.passwords[username]})
        return browser

    def citizen(self, username: str) -> Browser:
        """市民, by way of the identity provider."""
        browser = Browser(self.origin)
        browser.open("/sign-in/citizen/")
        browser.submit("去登录")
        browser.submit("登录并同意提供", {"username": username, "password": self.passwords[username]})
        return browser

    def visitor(self) -> Browser:
        """来访者."""
        return Browser(self.origin)


def _up(address: str) -> None:
    for _ in range(300):
        with contextlib.suppress(requests.RequestException):
            requests.get(address, timeout=5)
            return
        time.sleep(0.1)
    raise RuntimeError(f"{address} 没有就绪")


def _known(folder: Path) -> tuple[Path, dict[str, str]]:
    passwords = {one.username: secrets.token_urlsafe(12) for one in CAST}
    for user in User.objects.filter(username__in=passwords):
        user.set_password(passwords[user.username])
        user.save(update_fields=["password"])
    users = folder / "cast.json"
    users.write_text(json.dumps([asdict(one) | {"password": passwords[one.username]} for one in CAST]))
    return users, passwords


@contextlib.contextmanager
def served(database: str, *, throttled: bool = True) -> Iterator[Served]:
    """The site over this database, until the end of the `with`; a single caller may ask it without pause if told so."""
    with kept_port() as here, kept_port() as there, _listening(database, here, there, throttled=throttled) as site:
        yield site


@contextlib.contextmanager
def _listening(database: str, here: int, there: int, *, throttled: bool) -> Iterator[Served]:
    origin, issuer = f"http://127.0.0.1:{here}", f"http://127.0.0.1:{there}"
    environment = {
        **os.environ,
        "DATABASE_URL": clones.at_database(os.environ["DATABASE_URL"], database),
        "DAOLI_ORIGIN": origin,
        "OIDC_ISSUER": issuer,
    }
    environment.pop("DAOLI_TESTING", None)
    if not throttled:
        environment["DAOLI_THROTTLE"] = "0"
    with TemporaryDirectory(prefix="daoli-bench-") as folder:
        users, passwords = _known(Path(folder))
        threads = ["--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS)]
        site = ["gunicorn", "daoli_credit.wsgi:application", "--bind", f"127.0.0.1:{here}", *threads]
        sandbox = ["daoli_credit.sandbox.identity", "--port", str(there), "--users", str(users)]
        argvs = ([*site, "--log-level", "error", "--no-control-socket"], sandbox)
        running = [subprocess.Popen([sys.executable, "-m", *argv], env=environment) for argv in argvs]
        try:
            _up(f"{origin}/healthz/")
            _up(f"{issuer}/.well-known/openid-configuration")
            yield Served(origin, issuer, passwords)
        finally:
            for one in running:
                one.terminate()
            for one in running:
                one.wait(20)
