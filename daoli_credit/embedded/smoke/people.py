"""人物到场: the cast signs in, staff by the password that `run` printed, citizens at the identity provider."""

import json

from daoli_credit.embedded.smoke.browser import Browser
from daoli_credit.embedded.world import World


def person(world: World, username: str) -> dict[str, str]:
    """One of the cast, as `run` wrote them down."""
    people = json.loads(world.cast.read_text(encoding="utf-8"))
    found: dict[str, str] = next(one for one in people if one["username"] == username)
    return found


def staff(world: World, username: str) -> Browser:
    """A member of staff, signed in with the password that `run` printed."""
    browser = Browser(world.origin)
    browser.open("/sign-in/")
    browser.submit("登录", {"username": username, "password": person(world, username)["password"]})
    browser.must_show(person(world, username)["display_name"])
    return browser


def citizen(world: World, username: str) -> Browser:
    """A citizen, sent to the identity provider and back."""
    browser = Browser(world.origin)
    browser.open("/sign-in/citizen/")
    browser.submit("去登录")
    if not browser.url.startswith(world.issuer):
        raise AssertionError(f"市民登录没有去到实名认证平台，而是 {browser.url}")
    browser.submit("登录并同意提供", {"username": username, "password": person(world, username)["password"]})
    if not browser.url.startswith(world.origin):
        raise AssertionError(f"登录后没有回到本站，而是 {browser.url}")
    return browser
