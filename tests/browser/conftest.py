"""A whole demo portal and a real Chromium, once for all browser tests."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from daoli_credit.embedded.places import CLONE, prepared
from daoli_credit.embedded.world import free_port

OURS = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "DAOLI_TESTING", "DAOLI_EVIDENCE_DIR", "DAOLI_KEYRING")
# without these Chromium keeps knocking at hosts that a closed network refuses
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Portal:
    """The running demo: its address and the cast's passwords."""

    origin: str
    passwords: dict[str, str]


@pytest.fixture(scope="session")
def portal() -> Iterator[Portal]:
    """`python3 run` in a folder of its own."""
    data, port = prepared(Path(tempfile.mkdtemp(prefix="daoli-browser-"))), free_port()
    environment = {
        name: value for name, value in os.environ.items() if name not in OURS and not name.startswith("OIDC")
    }
    run = subprocess.Popen(
        [sys.executable, "run", "--port", str(port)],
        cwd=CLONE,
        env=environment | {"DAOLI_DATA": str(data)},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    said = ""
    try:
        for line in run.stdout or ():
            said += line
            if "启动用时" in line:
                break
        else:
            pytest.fail(f"没有启动：\n{said}")
        people = json.loads((data / "cast.json").read_text(encoding="utf-8"))
        yield Portal(f"http://127.0.0.1:{port}", {one["username"]: one["password"] for one in people})
    finally:
        run.send_signal(signal.SIGINT)
        run.wait(timeout=60)
        shutil.rmtree(data, ignore_errors=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def seat(portal: Portal, chromium: Browser) -> Callable[[str, int], BrowserContext]:
    """A signed-in browser window of one of the cast ('' for a visitor) at one width; kept for the session."""
    seats: dict[tuple[str, int], BrowserContext] = {}

    def sit(username: str, width: int) -> BrowserContext:
        if (username, width) not in seats:
            context = chromium.new_context(viewport={"width": width, "height": 900}, locale="zh-CN")
            if username:
                page = context.new_page()
                citizen = username in {"linxiuyun", "linxiuyun2", "guchanglin", "fangxiaoyan"}
                page.goto(portal.origin + ("/sign-in/citizen/" if citizen else "/sign-in/"))
                if citizen:
                    page.get_by_role("button", name="去登录", exact=True).click()
                page.fill("#username" if citizen else "#id_username", username)
                page.fill("#password" if citizen else "#id_password", portal.passwords[username])
                page.keyboard.press("Enter")
                page.wait_for_url(lambda url: url.startswith(portal.origin) and "/sign-in/" not in url)
                page.close()
            seats[username, width] = context
        return seats[username, width]

    return sit
