"""推送: what may leave reaches both platforms, signed, and their receipts come back."""

from collections.abc import Callable

import requests

from daoli_credit.embedded.smoke import story
from daoli_credit.embedded.smoke.browser import Browser
from daoli_credit.embedded.smoke.people import citizen, staff
from daoli_credit.embedded.smoke.platforms import holds, until
from daoli_credit.embedded.world import PLATFORMS, World

OPERATOR = "zhouhang"
SECOND = "哈里市监罚〔2026〕9002号"
THIRD = "哈里市监罚〔2026〕9043号"
FOURTH = "哈里市监罚〔2026〕9044号"
FIFTH = "哈里市监罚〔2026〕9045号"


def _number(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[-1]


def _order_fault(world: World, code: str, kind: str, count: int) -> None:
    token = (world.data / "secrets" / "daoli_platform_token").read_text(encoding="utf-8")
    told = requests.post(
        f"{world.platforms[code]}/admin/faults",
        json={"fault": kind, "count": count},
        headers={"Authorization": f"Bearer {token}"},
        timeout=10,
    )
    if told.status_code != 200:
        raise AssertionError(f"平台 {code} 没有接受故障脚本：{told.status_code}")


def _serve(clerk: Browser, address: str) -> None:
    clerk.open(address)
    clerk.submit("登记送达", {"how": "direct", "when": story.decided()})
    clerk.must_show("送达已登记")


def an_unserved_record_waits(world: World) -> None:
    """In force, but nobody has said that the decision reached her: it stays here, and the page says why."""
    address = story.left("record")
    clerk = staff(world, story.CLERK)
    clerk.open(address)
    clerk.must_show("没有送出本系统", "还没有登记送达")
    for code in PLATFORMS:
        if holds(world, code, _number(address)):
            raise AssertionError(f"没有登记送达的记录已到了 {code}")
    tomorrow = {"how": "direct", "when": "2999-01-01"}
    clerk.submit("登记送达", tomorrow, expect=422)
    clerk.must_show("还没有到，送达以后再登记", "还没有登记送达")
    operator = staff(world, OPERATOR)
    operator.open("/desk/feeds/")
    operator.must_show(_number(address), "等待登记送达")
    operator.must_not_show("林*云", story.DOCUMENT)
    operator.open(address, expect=403)


def once_served_it_reaches_both_platforms(world: World) -> None:
    """The clerk registers the service; nobody presses anything else."""
    address = story.left("record")
    clerk = staff(world, story.CLERK)
    _serve(clerk, address)
    for code in PLATFORMS:
        until(f"{code} 收到 {_number(address)}", lambda code=code: holds(world, code, _number(address)))  # type: ignore[misc]

    operator = staff(world, OPERATOR)
    for code in PLATFORMS:  # asked of the operator's pages: each look at the record's own would stand in 谁看过
        until(f"{code} 的回执都已到", lambda code=code: _quiet(operator, code))  # type: ignore[misc]
    clerk.open(address)
    if clerk.page.text.count("已收录") != len(PLATFORMS):
        raise AssertionError(f"记录页没有写明两个收录方：{clerk.page.text[:900]}")
    clerk.must_show(*PLATFORMS.values())
    person = citizen(world, story.CITIZEN)
    person.open(f"/me/records/{_number(address)}/")
    # every look at this record stands on its page, however often the clerk has opened it meanwhile
    person.must_show(*PLATFORMS.values(), "已收录", "推送到信用平台")


def a_platform_in_trouble_is_seen_and_served_once(world: World) -> None:
    """黑龙江 answers 500 twice: the delivery waits in sight, then arrives once; 哈尔滨 is not held up."""
    clerk = staff(world, story.CLERK)
    address = _in_force(world, clerk, SECOND)
    _order_fault(world, "hlj", "500", 2)
    _serve(clerk, address)
    until(f"市平台收到 {_number(address)}", lambda: holds(world, "hrb", _number(address)))
    operator = staff(world, OPERATOR)

    def waiting() -> bool:
        operator.open("/desk/feeds/hlj/?state=waiting")
        return _number(address) in operator.page.text

    until("值守页看到等待重试", waiting)
    operator.follow(_number(address))
    operator.must_show("没有送成", "HTTP 500", "下一次发送")
    operator.must_not_show("林秀云", "林*云")
    until(f"省平台收到 {_number(address)}", lambda: holds(world, "hlj", _number(address)))

    def confirmed() -> bool:
        operator.open(operator.url)
        return "已确认" in operator.page.text

    until("推送单已确认", confirmed)
    operator.must_show("已试 3 次", "对方受理")


def what_is_refused_goes_to_its_department(world: World) -> None:
    """The operator drills a refusal; the department answers in its own words; the same bytes go again and arrive."""
    operator, clerk = staff(world, OPERATOR), staff(world, story.CLERK)
    until("省平台没有在途的件", lambda: _quiet(operator, "hlj"))
    address = _in_force(world, clerk, THIRD)
    operator.open("/demo/drill/hlj/")
    operator.submit("开始演练", {"fault": "refuse", "count": "1"})
    operator.must_show("已安排")
    _serve(clerk, address)

    def returned() -> bool:
        clerk.open("/desk/feeds/returned/")
        return _number(address) in clerk.page.text

    until("退到认定部门", returned)
    clerk.must_show("对方退回")
    clerk.must_not_show("林秀云", "林*云", THIRD)
    clerk.follow("核对")
    clerk.submit("答复", {"says": ""}, expect=422)
    clerk.submit("答复", {"says": "与决定书逐项核对，一致"})
    clerk.must_show("由推送值守处理")
    operator.open("/desk/feeds/hlj/?state=held")
    operator.follow(_number(address))
    operator.must_show("与决定书逐项核对，一致")
    operator.submit("重试", {"reason": "部门已核对，对方规则已改正"})
    until(f"省平台收到 {_number(address)}", lambda: holds(world, "hlj", _number(address)))


def both_sides_agree(world: World) -> None:
    """The operator asks for a reconciliation now and says why; a supervisor may look and not touch."""
    operator = staff(world, OPERATOR)
    for code in PLATFORMS:
        until(f"{code} 没有在途的件", lambda code=code: _quiet(operator, code))  # type: ignore[misc]
        operator.open(f"/desk/feeds/{code}/")
        operator.submit("立即对账", {"reason": ""}, expect=422)
        operator.must_show("请写明原因")
        operator.submit("立即对账", {"reason": "上午补送以后核对一次"})

    def agreed() -> bool:
        operator.open("/desk/feeds/")
        return operator.page.text.count("两边一致") == len(PLATFORMS)

    until("两个平台对账一致", agreed)
    supervisor = staff(world, "hezhiyuan")
    supervisor.open("/desk/feeds/hlj/")
    supervisor.must_show("值守记录", "上午补送以后核对一次")
    supervisor.must_not_show("对账的原因")


def what_was_repaired_there_is_its_departments_to_settle(world: World) -> None:
    """省平台 takes a record and says that it was repaired there: no holder any more, and a difference to look at."""
    operator, clerk = staff(world, OPERATOR), staff(world, story.CLERK)
    address = _in_force(world, clerk, FOURTH)
    operator.open("/demo/drill/hlj/")
    operator.submit("开始演练", {"fault": "repaired", "count": "1"})
    _serve(clerk, address)

    def told() -> bool:
        clerk.open("/desk/feeds/returned/")
        return "对方已修复或撤下，我方仍在效" in clerk.page.text

    until("平台退回写明对方已修复", told)
    clerk.must_show(_number(address), "请核对修复决定")
    clerk.must_not_show("林秀云", "林*云", FOURTH)
    if holds(world, "hlj", _number(address)):
        raise AssertionError("省平台说已修复，却还持有")
    clerk.follow(_number(address))
    clerk.must_show("已确认撤下")
    operator.open("/desk/feeds/hlj/copies/")
    operator.must_not_show("林秀云", FOURTH)


def what_a_platform_lost_is_said_again_by_hand(world: World) -> None:
    """省平台 loses what it has confirmed: the reconciliation finds it, the operator says it again, with a reason."""
    operator, clerk = staff(world, OPERATOR), staff(world, story.CLERK)
    until("省平台没有在途的件", lambda: _quiet(operator, "hlj"))
    address = _in_force(world, clerk, FIFTH)
    number = _number(address)
    operator.open("/demo/drill/hlj/")
    operator.submit("开始演练", {"fault": "lose", "count": "1"})
    _serve(clerk, address)

    def confirmed() -> bool:
        operator.open(f"/desk/feeds/record/{number}/")
        return operator.page.text.count("已收录") >= len(PLATFORMS)

    until("两个平台都确认收录", confirmed)
    operator.must_not_show("林秀云", "林*云", FIFTH)
    if holds(world, "hlj", number):
        raise AssertionError("省平台应该已经丢了它")
    operator.open("/desk/feeds/hlj/")
    operator.submit("立即对账", {"reason": "对方说库里少了"})

    def found() -> bool:
        operator.open("/desk/feeds/hlj/differences/?kind=missing")
        return number in operator.page.text

    until("对账找到它", found)
    operator.submit("重新推送", {"reason": ""}, expect=422)
    operator.must_show("请写明原因")
    operator.submit("重新推送", {"reason": "对方库里丢失，请我方重送"})
    operator.must_show("已经重新推送")
    until(f"省平台又收到 {number}", lambda: holds(world, "hlj", number))
    operator.open("/desk/feeds/hlj/log/")
    operator.must_show("重新推送有差异的记录", "对方库里丢失，请我方重送")
    operator.open("/desk/feeds/hlj/holding/")
    operator.must_show(number)
    operator.open("/desk/feeds/")
    operator.must_show("备好的撤回", "看推送经过")


def _in_force(world: World, clerk: Browser, document: str) -> str:
    """Entered, reported and passed by another; the address of its page."""
    clerk.open(story.ENTRY)
    clerk.submit("存为草稿", {**story.penalty(world), "document_number": document})
    clerk.submit("报送复核")
    reviewer = staff(world, story.REVIEWER)
    reviewer.open(clerk.url)
    reviewer.submit("复核通过")
    return clerk.url


def _quiet(operator: Browser, code: str) -> bool:
    operator.open(f"/desk/feeds/{code}/?state=awaiting")
    busy = "没有这样的推送单" not in operator.page.text
    operator.open(f"/desk/feeds/{code}/?state=waiting")
    return not busy and "没有这样的推送单" in operator.page.text


STATIONS: list[tuple[str, Callable[[World], None]]] = [
    ("没有登记送达的记录不送出，写明原因", an_unserved_record_waits),
    ("登记送达后自动到达两个平台，收录方处处可见", once_served_it_reaches_both_platforms),
    ("省平台两次 500：等待看得见，最后只到一次", a_platform_in_trouble_is_seen_and_served_once),
    ("演练一次退回：退给认定部门，答复以后原样重送", what_is_refused_goes_to_its_department),
    ("立即对账：两边一致", both_sides_agree),
    ("演练对方已修复：收录方当即改正，认定部门看到差异", what_was_repaired_there_is_its_departments_to_settle),
    ("演练对方丢失：对账找到，写明原因重新推送", what_a_platform_lost_is_said_again_by_hand),
]
