"""各站: each a title and a function that raises when something is not as it should be."""

import subprocess
import sys
import time
import traceback
from collections.abc import Callable

import requests

from daoli_credit.embedded.places import CLONE
from daoli_credit.embedded.smoke import (
    asking,
    campaigning,
    checking,
    closing,
    disputing,
    ending,
    entering,
    evidence,
    filing,
    honouring,
    identifying,
    importing,
    listing,
    looking,
    measuring,
    noticing,
    papers,
    protecting,
    pushing,
    registering,
    repairing,
    requesting,
    reviewing,
    ruling,
    sharing,
    staffing,
    story,
    wording,
)
from daoli_credit.embedded.world import World

PATIENCE = 180.0

Station = tuple[str, Callable[[World], None]]


def everyone_is_up(world: World) -> None:
    """Site, database, broker, worker, beat and sandboxes: each answers for itself."""
    for path in ("/healthz/", "/readyz/"):
        answer = requests.get(world.origin + path, timeout=10)
        if answer.status_code != 200:
            raise AssertionError(f"{path} 回答 {answer.status_code}：{answer.text[:200]}")
    for address in world.platforms.values():
        answer = requests.get(f"{address}/healthz/", timeout=10)
        if answer.status_code != 200:
            raise AssertionError(f"{address} 回答 {answer.status_code}")
    until = time.monotonic() + PATIENCE
    ping = [sys.executable, "-m", "celery", "--app", "daoli_credit", "inspect", "ping", "--timeout", "1"]
    while (
        asked := subprocess.run(ping, env=world.environment, cwd=CLONE, capture_output=True, check=False)
    ).returncode:
        if time.monotonic() > until:
            raise AssertionError(f"worker 没有回答：{asked.stdout.decode()}\n{world.processes.told('worker')}")
    while not list(world.data.glob("beat-schedule*")):
        if time.monotonic() > until:
            raise AssertionError(f"beat 没有写下时间表：{world.processes.told('beat')}")
        time.sleep(0.2)
    world.processes.check()


STATIONS: list[Station] = [
    ("各进程均已就绪", everyone_is_up),
    *story.STATIONS,
    *pushing.STATIONS,
    *disputing.STATIONS,
    *reviewing.STATIONS,
    *identifying.STATIONS,
    *papers.STATIONS,
    *importing.STATIONS,
    *wording.STATIONS,
    *listing.STATIONS,
    *filing.STATIONS,
    *sharing.STATIONS,
    *noticing.STATIONS,
    *checking.STATIONS,
    *asking.STATIONS,
    *registering.STATIONS,
    *honouring.STATIONS,
    *measuring.STATIONS,
    *repairing.STATIONS,
    *campaigning.STATIONS,
    *looking.STATIONS,
    *staffing.STATIONS,
    *entering.STATIONS,
    *ending.STATIONS,
    *requesting.STATIONS,
    *evidence.STATIONS,
    *protecting.STATIONS,
    *ruling.STATIONS,
    *closing.STATIONS,
]


def walk(world: World) -> bool:
    """Every station in order, one line each; stops at the first that fails and shows why."""
    for title, station in STATIONS:
        begun = time.monotonic()
        try:
            station(world)
        except Exception:  # whatever went wrong is this station's failure, and is shown
            print(f"✗ {title}（{time.monotonic() - begun:.1f} 秒）\n{traceback.format_exc()}", flush=True)
            for name in world.processes.running:
                print(f"—— {name} 的最后几行 ——\n{world.processes.told(name)}", flush=True)
            return False
        print(f"✓ {title}（{time.monotonic() - begun:.1f} 秒）", flush=True)
    return True
