"""修复: a record is repaired, withdrawn everywhere, and answers as if it never was."""

import re
import time

import requests

from daoli_credit.embedded.smoke.browser import Browser
from daoli_credit.embedded.smoke.people import citizen, person, staff
from daoli_credit.embedded.smoke.platforms import holds, until
from daoli_credit.embedded.world import PLATFORMS, World

PERSON, HANDLER, DECIDER, OTHER_BUREAU = "fangxiaoyan", "hemei", "luojian", "zhaomin"
ITEM = "旅游市场行政处罚（导游、领队）"
PATIENCE = 180.0
GONE = "这里的内容已经结束"

# What one station leaves for the next.
_left: dict[str, str] = {}


def _forbidden(browser: Browser, address: str) -> None:
    """The POST that the page does not offer, tried all the same."""
    body = {"csrfmiddlewaretoken": browser.session.cookies["csrftoken"], "seen": "1"}
    answer = browser.session.post(browser.origin + address, data=body, headers={"Referer": browser.url}, timeout=30)
    if answer.status_code != 403:
        raise AssertionError(f"{address} 应当被拒绝（403），回答是 {answer.status_code}")


def the_record_is_public_under_its_address(world: World) -> None:
    """She finds the address on her own page; a visitor opens it: masked, not for search engines, no list."""
    her = citizen(world, PERSON)
    her.open("/me/")
    her.follow(ITEM)
    her.must_show("申请信用修复", "公示页")
    _left["record"] = her.url.removeprefix(world.origin)
    _left["number"] = her.url.rstrip("/").rsplit("/", 1)[-1]
    document = re.search(r"哈里旅罚〔\d+〕\d+号", her.page.text)
    if document is None:
        raise AssertionError(f"{her.url} 上没有文书号")
    _left["document"] = document[0]
    for code in PLATFORMS:
        until(f"{code} 持有 {_left['number']}", lambda code=code: holds(world, code, _left["number"]))  # type: ignore[misc]
    her.page.links = [link for link in her.page.links if link.caption == "公示页"]
    visitor = Browser(world.origin)
    _left["public"] = her.page.links[0].address
    visitor.open(_left["public"])
    visitor.must_show(_left["document"], "方*燕", "公示至")
    visitor.must_not_show("方晓燕", person(world, PERSON)["id_number"])
    robots = requests.get(world.origin + _left["public"], timeout=30).headers.get("X-Robots-Tag", "")
    if "noindex" not in robots:
        raise AssertionError("公示页没有拒绝搜索引擎收录")


def a_form_without_duties_done_is_refused(world: World) -> None:
    """Nothing ticked: said at the fields, nothing applied for."""
    her = citizen(world, PERSON)
    her.open(_left["record"])
    her.follow("申请信用修复")
    her.must_show("信用中国", "不用上传材料")
    her.submit("提交修复申请", {"statement": "已整改"}, expect=422)
    her.must_show("请先缴清", "请先纠正")
    her.open("/me/cases/")
    her.must_show("没有信用修复申请")


def she_applies(world: World) -> None:
    """Ticks what is done, agrees to the promise; a clock with its article runs."""
    her = citizen(world, PERSON)
    her.open(_left["record"] + "repair/")
    her.submit("提交修复申请", {"paid": "on", "corrected": "on", "promised": "on"})
    her.must_show("已提交信用修复申请", "待受理", "最晚答复是否受理")
    her.follow(ITEM)
    _left["repair"] = her.url.rstrip("/").rsplit("/", 1)[-1]
    her.must_show("申请修复", "撤回申请", "信用承诺")


def the_handler_accepts_and_may_not_decide(world: World) -> None:
    """贺梅 accepts; her own decision is refused; another bureau sees nothing."""
    address = f"/desk/repairs/{_left['repair']}/"
    staff(world, OTHER_BUREAU).open(address, expect=404)
    handler = staff(world, HANDLER)
    handler.open("/desk/")
    handler.must_show(_left["repair"])
    handler.open(address)
    handler.must_show("方*燕", _left["document"], "最晚答复是否受理")
    handler.submit("受理")
    handler.must_show("已受理，由另一人决定")
    handler.open(address)
    handler.must_not_show("同意以后")
    _forbidden(handler, address + "decide/")


def another_person_decides(world: World) -> None:
    """罗建 decides; in the same act the record ends."""
    decider = staff(world, DECIDER)
    decider.open(f"/desk/repairs/{_left['repair']}/")
    decider.submit("同意修复")
    decider.must_show("已同意修复")


def every_exit_answers_as_if_it_never_was(world: World) -> None:
    """Her page, the desk, the public address: gone; an address that never was answers the very same."""
    her = citizen(world, PERSON)
    her.open("/me/")
    her.must_not_show(_left["document"])
    her.open(_left["record"], expect=404)
    her.open(_left["record"] + "repair/", expect=404)
    desk = staff(world, HANDLER)
    desk.open("/desk/records/")
    desk.must_not_show(_left["document"])
    for exit_ in ("", "edit/"):
        desk.open(f"/desk/records/{_left['number']}/{exit_}", expect=404)
    never = "/public/00000000-0000-4000-8000-000000000000/"
    pages = []
    for address in (_left["public"], never):
        visitor = Browser(world.origin)
        visitor.open(address, expect=410)
        visitor.must_show(GONE)
        visitor.must_not_show("方*燕", _left["document"], ITEM)
        pages.append(visitor.page.text)
    if pages[0] != pages[1]:
        raise AssertionError("终止的和不存在的公示网址，看得出不同")


def the_case_closes_when_nobody_holds_it(world: World) -> None:
    """At once where nobody held it, else when the last platform has confirmed; she sees each confirmation."""
    her, end = citizen(world, PERSON), time.monotonic() + PATIENCE
    while True:
        her.open(f"/me/repairs/{_left['repair']}/")
        if "已办结" in her.page.text:
            break
        if time.monotonic() > end:
            raise AssertionError(f"{PATIENCE:g} 秒内没有办结：{her.page.text[:600]}")
        time.sleep(1)
    her.must_show("已修复，于", "终止公示和共享使用")
    her.must_not_show("等待确认撤下", _left["document"])
    her.open("/me/messages/")
    her.must_show("信用修复申请已受理", "同意信用修复告知", "信用修复办结告知")
    her.follow("信用修复办结告知")
    _left["closing"] = her.page.text


def the_platforms_no_longer_hold_it(world: World) -> None:
    """Asked over HTTP, not through our tables: neither platform has the record any more."""
    for code in PLATFORMS:
        if holds(world, code, _left["number"]):
            raise AssertionError(f"{code} 还持有 {_left['number']}")


def the_end_stands_outside_the_database(world: World) -> None:
    """The removal journal has its line, without any identity."""
    path, end = world.data / "evidence" / "removals.log", time.monotonic() + PATIENCE
    while not path.exists() or _left["number"] not in path.read_text(encoding="ascii"):
        if time.monotonic() > end:
            raise AssertionError(f"{PATIENCE:g} 秒内撤下日志里没有 {_left['number']}")
        time.sleep(0.5)
    if person(world, PERSON)["id_number"] in path.read_text(encoding="ascii"):
        raise AssertionError("撤下日志里不应有证件号码")


STATIONS = [
    ("一条依法公示的记录：凭网址打开，身份遮盖，搜索引擎不收录", the_record_is_public_under_its_address),
    ("修复申请缺项：整张退回，什么也没存", a_form_without_duties_done_is_refused),
    ("方晓燕申请信用修复", she_applies),
    ("贺梅受理；她自己决定：拒绝；别的部门：如同没有", the_handler_accepts_and_may_not_decide),
    ("罗建同意修复", another_person_decides),
    ("每个出口如同从来没有；公示网址 410，看不出曾经有过", every_exit_answers_as_if_it_never_was),
    ("收录方都已确认，修复办结，本人看得到", the_case_closes_when_nobody_holds_it),
    ("两个平台都不再持有", the_platforms_no_longer_hold_it),
    ("撤下日志写在数据库以外", the_end_stands_outside_the_database),
]
