"""两个平台: asked at their own addresses, as a visitor would; never through our tables."""

import re
import time
from collections.abc import Callable

import requests

from daoli_credit.embedded.world import World

PATIENCE = 180.0


def holds(world: World, code: str, number: str) -> bool:
    """持有这一条?"""
    answer = requests.get(f"{world.platforms[code]}/records/{number}", timeout=10)
    if answer.status_code not in {200, 404}:
        raise AssertionError(f"平台 {code} 回答 {answer.status_code}")
    return answer.status_code == 200


def says(world: World, code: str, number: str, *words: str) -> bool:
    """这一条的页面上有这些字?"""
    text = requests.get(f"{world.platforms[code]}/records/{number}", timeout=10).text
    return all(word in text for word in words)


def count(world: World, code: str) -> int:
    """现在持有多少条, as its own front page says."""
    text = requests.get(world.platforms[code] + "/", timeout=10).text
    found = re.search(r"现在持有 <b>(\d+)</b> 条", text)
    if found is None:
        raise AssertionError(f"平台 {code} 没有说持有多少条：{text[:300]}")
    return int(found[1])


def until(what: str, met: Callable[[], bool]) -> None:
    """等到: raises AssertionError when it has not come true in time."""
    end = time.monotonic() + PATIENCE
    while not met():
        if time.monotonic() > end:
            raise AssertionError(f"{PATIENCE:g} 秒内没有等到：{what}")
        time.sleep(0.5)
