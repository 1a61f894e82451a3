"""几扇门: an authenticator, a unit's identity service, a letter from the window, and a key for a bureau's system."""

import re
import time

import pyotp
import requests

from daoli_credit.embedded.smoke.browser import Browser
from daoli_credit.embedded.smoke.days import in_days
from daoli_credit.embedded.smoke.people import person, staff
from daoli_credit.embedded.world import World

STAFF, WINDOW, VISITOR = "wangtao", "tianli", "guchanglin"
ASKS, APPROVES = "mengfan", "jianglan"
PASSPHRASE = "松花江畔的一句足够长的口令"  # noqa: S105  of an invented person
SYSTEM = "走一遍案件系统"
STEP = 30
_left: dict[str, str] = {}


def _code(steps: int = 0) -> str:
    """The code of this time step or a neighbour; never in its last seconds."""
    if STEP - time.time() % STEP < 5:
        time.sleep(5)
    return pyotp.HOTP(_left["secret"]).at(int(time.time()) // STEP + steps)


def _wrong() -> str:
    """Six digits that are no code of about now."""
    near = {_code(steps) for steps in range(-3, 4)}
    return next(typed for typed in ("000000", "111111", "222222") if typed not in near)


def _first_step(world: World) -> Browser:
    browser = Browser(world.origin)
    browser.open("/sign-in/")
    browser.submit("登录", {"username": STAFF, "password": person(world, STAFF)["password"]})
    return browser


def he_enrols_an_authenticator(world: World) -> None:
    """The secret from the page, one wrong code, one right one, ten recovery codes."""
    him = staff(world, STAFF)
    him.open("/account/second-factor/")
    found = re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", him.page.text)
    if not found:
        raise AssertionError(f"启用页上没有密钥：{him.page.text[:600]}")
    _left["secret"] = found[0].replace(" ", "")
    him.submit("启用", {"code": _wrong()}, expect=422)
    him.must_show("动态口令不对")
    him.submit("启用", {"code": _code(-1)})
    him.must_show("十个恢复码")
    recovery = re.findall(r"[2-9A-HJKMNP-Z]{4}(?:-[2-9A-HJKMNP-Z]{4}){2}", him.page.text)
    if len(recovery) != 10:
        raise AssertionError(f"恢复码应有 10 个，现在 {len(recovery)} 个")
    _left["recovery"] = recovery[0]


def the_password_alone_opens_nothing_and_a_code_is_good_once(world: World) -> None:
    """Half-way: the desk stays shut. Then in; then the same code at another door: refused."""
    him = _first_step(world)
    him.must_show("第二步：动态口令")
    him.open("/desk/")
    him.must_show("工作人员登录")
    him.open("/sign-in/second/")
    used = _code()
    him.submit("登录", {"code": used})
    him.must_show(person(world, STAFF)["display_name"])
    another = _first_step(world)
    another.submit("登录", {"code": used}, expect=422)
    another.must_show("已经用过")
    another.submit("登录", {"code": _left["recovery"]})
    another.open("/account/second-factor/")
    another.submit("停用动态口令", {"code": _left["recovery"]}, expect=422)
    another.submit("停用动态口令", {"code": _code(1)})
    another.must_show("动态口令已停用", "用过一个恢复码")


def a_unit_account_is_linked_and_comes_in(world: World) -> None:
    """Unlinked: told how. Linked once by password: in by the unit's own identity service."""
    mine = {"username": STAFF, "password": person(world, STAFF)["password"]}
    stranger = Browser(world.origin)
    stranger.open("/sign-in/")
    stranger.submit("用本单位统一身份认证登录")
    stranger.submit("登录", mine, expect=403)
    stranger.must_show("还没有关联")
    him = staff(world, STAFF)
    him.open("/account/")
    him.submit("关联我的账号")
    him.submit("登录", mine)
    him.must_show("已关联")
    again = Browser(world.origin)
    again.open("/sign-in/")
    again.submit("用本单位统一身份认证登录")
    again.submit("登录", mine)
    again.must_show(person(world, STAFF)["display_name"])


def the_window_prints_a_letter(world: World) -> None:
    """Without the card nothing is printed; with it a letter that names no whole number."""
    window, him = staff(world, WINDOW), person(world, VISITOR)
    window.open("/desk/counter/")
    card: dict[str, str | list[str]] = {"name": him["display_name"], "id_number": him["id_number"]}
    window.submit("打印激活信", card, expect=422)
    window.must_show("没有看过证件原件")
    window.submit("打印激活信", {**card, "checked": "on"})
    window.must_show("道里诚信激活信", "只能用一次")
    window.must_not_show(him["id_number"])
    found = re.search(r"[2-9A-HJKMNP-Z]{4}(?:-[2-9A-HJKMNP-Z]{4}){2}", window.page.text)
    if not found:
        raise AssertionError(f"信上没有激活码：{window.page.text[:600]}")
    _left["letter"] = found[0]


def he_signs_in_with_the_letter(world: World) -> None:
    """A wrong code first; then in, and he sees who checked his card; the code is used up; the passphrase works."""
    number, him = person(world, VISITOR)["id_number"], Browser(world.origin)
    given: dict[str, str | list[str]] = {"id_number": number, "new": PASSPHRASE, "again": PASSPHRASE}
    him.open("/sign-in/letter/")
    him.submit("开通", {**given, "code": "2345-6789-ABCD"}, expect=422)
    him.must_show("或者这封信已经失效")
    him.submit("开通", {**given, "code": _left["letter"]})
    him.open("/me/looks/")
    him.must_show("窗口核对身份", "没有留存")
    other = Browser(world.origin)
    other.open("/sign-in/letter/")
    other.submit("开通", {**given, "code": _left["letter"]}, expect=422)
    other.open("/sign-in/citizen/password/")
    other.submit("登录", {"id_number": number, "password": PASSPHRASE})
    other.open("/me/")


def _whoami(world: World) -> tuple[int, str]:
    head = {"Authorization": f"Daoli {_left['key']}"}
    answer = requests.get(f"{world.origin}/api/v1/whoami/", headers=head, timeout=10)
    return answer.status_code, answer.text


def _must_answer(world: World, status: int, words: str) -> None:
    got, said = _whoami(world)
    if got != status or words not in said:
        raise AssertionError(f"接口应回答 {status}“{words}”，现在 {got} {said}")


def a_key_is_made_approved_used_and_ended(world: World) -> None:
    """Two officers; before the second nothing works, after the end nothing any more."""
    asks = staff(world, ASKS)
    asks.open("/desk/service-keys/")
    wanted: dict[str, str | list[str]] = {
        "title": SYSTEM,
        "department": "market-regulation",
        "scopes": ["connect"],
        "expires_on": in_days(30),
    }
    asks.submit("生成密钥", wanted)
    found = re.search(r"[0-9a-f]{8}\.[\w-]{43}", asks.page.text)
    if not found:
        raise AssertionError(f"页面上没有密钥：{asks.page.text[:600]}")
    _left["key"] = found[0]
    _must_answer(world, 401, "还没有批准")
    approves = staff(world, APPROVES)
    approves.open("/desk/service-keys/")
    approves.submit(f"批准{SYSTEM}")
    _must_answer(world, 200, "market-regulation")
    approves.open("/desk/service-keys/")
    approves.must_show("最近使用 20")
    approves.submit(f"停用{SYSTEM}", {"opinion": "走完了，不再使用"})
    _must_answer(world, 401, "已经停用")


STATIONS = [
    ("王涛启用动态口令，拿到十个恢复码", he_enrols_an_authenticator),
    (
        "光有密码打不开；动态口令、恢复码各用一次，第二次：拒绝",
        the_password_alone_opens_nothing_and_a_code_is_good_once,
    ),
    ("关联本单位统一身份认证，从那里登录", a_unit_account_is_linked_and_comes_in),
    ("窗口看过证件，打印激活信", the_window_prints_a_letter),
    ("顾长林凭激活信开通，看得到谁核对了他的证件；激活码第二次：拒绝", he_signs_in_with_the_letter),
    ("接口密钥：孟凡申请、江澜批准、使用、停用", a_key_is_made_approved_used_and_ended),
]
