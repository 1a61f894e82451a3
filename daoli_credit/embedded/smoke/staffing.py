"""人员: an account is opened, another officer grants, the new person signs in, and whoever leaves is out at once."""

import re
import time

from daoli_credit.embedded.smoke.browser import Browser
from daoli_credit.embedded.smoke.people import staff
from daoli_credit.embedded.world import World

SYSTEM, SECURITY, AUDIT, SUPERVISOR, ON_LEAVE = "mengfan", "jianglan", "qinfeng", "hezhiyuan", "lijing"
NEWCOMER, NAME = "xiaxiaoman", "夏小满"
OWN = "自己想的一句足够长的口令"

# What one station leaves for the next.
_left: dict[str, str] = {}
_open: dict[str, Browser] = {}


def the_system_officer_opens_an_account(world: World) -> None:
    """A wrong name comes back, a right one shows a password once; granting is not the system officer's."""
    system = staff(world, SYSTEM)
    system.open("/desk/people/new/")
    typed: dict[str, str | list[str]] = {"display_name": NAME, "username": "夏", "home": "market-regulation"}
    system.submit("开通", typed, expect=422)
    system.must_show("小写字母")
    system.submit("开通", {"username": NEWCOMER})
    system.must_show("只显示这一次")
    found = re.search(r"(?:[a-z0-9]{4}-){3}[a-z0-9]{4}", system.page.text)
    if not found:
        raise AssertionError(f"没有显示第一次口令：{system.page.text[:400]}")
    _left["password"] = found[0]
    system.follow("已经告诉本人")
    _left["person"] = system.url
    system.must_show("还没有角色")
    system.must_not_show(found[0])
    if any(button.caption == "授予" for form in system.page.forms for button in form.buttons):
        raise AssertionError("系统管理员的页上不应有“授予”")
    system.open("/desk/rights/", expect=403)
    system.open("/desk/records/", expect=403)


def the_security_officer_grants_a_role(world: World) -> None:
    """江澜 grants, and opens nothing."""
    security = staff(world, SECURITY)
    security.open("/desk/people/new/", expect=403)
    security.open(_left["person"])
    security.submit("授予", {"role": "clerk"})
    security.must_show("已授予", "经办")


def the_newcomer_signs_in(world: World) -> None:
    """The first password opens only the page on which it is changed; then the work of a clerk of this department."""
    newcomer = Browser(world.origin)
    newcomer.open("/sign-in/")
    newcomer.submit("登录", {"username": NEWCOMER, "password": _left["password"]})
    newcomer.open("/desk/records/new/")
    newcomer.must_show("先改口令")
    newcomer.submit(
        "修改", {"old": _left["password"], "new": _left["password"], "again": _left["password"]}, expect=422
    )
    newcomer.submit("修改", {"old": _left["password"], "new": OWN, "again": OWN})
    newcomer.open("/desk/records/new/")
    newcomer.must_show("区市场监管局")
    newcomer.open("/desk/people/", expect=403)
    _open["newcomer"] = newcomer


def the_leaver_is_out_in_the_same_minute(world: World) -> None:
    """Closed by the system officer; the browser that is still open meets the sign-in page on its next click."""
    begun, system = time.monotonic(), staff(world, SYSTEM)
    system.open(_left["person"])
    system.follow("停用账号")
    system.must_show("当即收回", "区市场监管局经办")
    system.submit("停用账号", {"why": ""}, expect=422)
    system.submit("停用账号", {"why": "离职"})
    system.must_show("当即全部收回", "已停用")
    newcomer = _open["newcomer"]
    newcomer.open("/desk/records/new/")
    if "/sign-in/" not in newcomer.url:
        raise AssertionError(f"停用以后还能打开 {newcomer.url}")
    newcomer.submit("登录", {"username": NEWCOMER, "password": OWN}, expect=422)
    if time.monotonic() - begun > 60:
        raise AssertionError("从停用到退出超过一分钟")


def leave_liaisons_and_the_list_of_rights(world: World) -> None:
    """The loan of 李静, the shared legal officer, the coming reorganisation, and who is named on the list."""
    clerk = staff(world, ON_LEAVE)
    clerk.open("/desk/delegations/")
    clerk.must_show("休年假", "王涛", "提前结束")
    supervisor = staff(world, SUPERVISOR)
    supervisor.open("/desk/departments/tourism/")
    supervisor.must_show("联络员", "替补", "0451-", "共享法制审核：袁征")
    supervisor.open("/desk/departments/work-safety/")
    supervisor.must_show("将停用", "区应急管理局")
    supervisor.open("/desk/people/", expect=403)
    audit = staff(world, AUDIT)
    audit.open("/desk/rights/")
    audit.must_show("钟华", "没有用过", "刘洁", "既能录入又能复核", "袁征", "其中有委托来的", "只有一位安全管理员")
    audit.must_not_show("DL20")
    audit.follow("刘洁")
    audit.must_show("角色", "经办", "复核")


STATIONS = [
    ("系统管理员开通账号，口令只显示一次", the_system_officer_opens_an_account),
    ("安全管理员授予角色，不能开通账号", the_security_officer_grants_a_role),
    ("新人用第一次口令登录", the_newcomer_signs_in),
    ("离岗的人同一分钟就退出", the_leaver_is_out_in_the_same_minute),
    ("委托、联络员、并转和权限清单", leave_liaisons_and_the_list_of_rights),
]
