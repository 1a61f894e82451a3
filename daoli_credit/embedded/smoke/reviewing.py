"""复核: whose hands it is in, why it went back, what came back; a department's own correction; the board of quality."""

import re

from daoli_credit.embedded.smoke import story
from daoli_credit.embedded.smoke.people import citizen, staff
from daoli_credit.embedded.smoke.platforms import says, until
from daoli_credit.embedded.world import PLATFORMS, World

LEAD, COLLEAGUE = "sunjianguo", "liujie"
# What one station leaves for the next.
_left: dict[str, str] = {}


def a_colleague_has_it_in_hand(world: World) -> None:
    """The queue says who; the page shows no button; the lead assigns it to somebody else, with a reason."""
    lead = staff(world, LEAD)
    lead.open("/desk/records/queue/")
    lead.must_show("刘洁 在办", "改后再报")
    found = re.search(r"(DL\d{4}-\d{6})(?:(?!DL\d{4}).)*?刘洁 在办", lead.page.text)
    if not found:
        raise AssertionError(f"队列里没有刘洁在办的一件：{lead.page.text[:800]}")
    lead.open(f"/desk/records/{found[1]}/")
    lead.must_not_show("复核通过，记录生效")
    lead.must_show("改派给别人")


def what_came_back_is_read_against_what_went_back(world: World) -> None:
    """On top of the queue: why it went back, and field by field what was changed. A return without a reason: 422."""
    lead = staff(world, LEAD)
    lead.open("/desk/records/queue/")
    found = re.search(r"(DL\d{4}-\d{6})(?:(?!DL\d{4}).)*?改后再报", lead.page.text)
    if not found:
        raise AssertionError("队列里没有改后再报的")
    lead.open(f"/desk/records/{found[1]}/")
    lead.must_show("退回以后改了什么", "罚款2000元", "罚款3000元")
    lead.submit("退回", {"opinion": "请再核对"}, expect=422)
    lead.must_show("请选择退回的原因", "请再核对")
    lead.submit("取办")
    lead.must_show("您在办")
    lead.submit("放回")


def a_department_corrects_itself(world: World) -> None:
    """赵敏 proposes with a document and a reason; she cannot agree to it herself; nothing has changed yet."""
    clerk = staff(world, story.CLERK)
    number = story.left("record").rstrip("/").rsplit("/", 1)[-1]
    clerk.open(f"/desk/amendments/new/{number}/")
    clerk.submit("提出更正", {"c-document": "哈里市监更〔2026〕9001号", "c-reason": "案卷复查"}, expect=422)
    wanted: dict[str, str | list[str]] = {
        "c-now-fine": "0.09",
        "c-document": "哈里市监更〔2026〕9001号",
        "c-reason": "案卷复查，金额写错。",
    }
    clerk.submit("提出更正", wanted)
    clerk.must_show("的更正已提出，等另一人复核")
    found = re.search(r"GZ\d{4}-\d{6}", clerk.page.text)
    if not found:
        raise AssertionError("记录页上没有更正件")
    _left["amendment"] = found[0]
    clerk.open(f"/desk/amendments/{found[0]}/")
    clerk.must_show("这一件是您提出的")


def another_agrees_and_everybody_hears(world: World) -> None:
    """The lead agrees; the person is told; the platforms get the next version; another bureau finds nothing."""
    staff(world, "wangtao").open(f"/desk/amendments/{_left['amendment']}/", expect=404)
    lead = staff(world, LEAD)
    lead.open(f"/desk/amendments/{_left['amendment']}/")
    lead.submit("同意更正")
    lead.must_show("已更正，已告知当事人")
    her = citizen(world, story.CITIZEN)
    her.open("/me/messages/")
    her.must_show("信用信息更正告知")
    number = story.left("record").rstrip("/").rsplit("/", 1)[-1]
    for code in PLATFORMS:
        until(f"{code} 改正", lambda code=code: says(world, code, number, "第 5 版"))  # type: ignore[misc]


def the_board_counts_weeks(world: World) -> None:
    """Her own unit for the clerk, all units for the supervisor; a number opens its weeks; nobody appears."""
    clerk = staff(world, story.CLERK)
    clerk.open("/desk/quality/")
    clerk.must_show("数据质量看板", "区市场监管局", "领域覆盖")
    clerk.must_not_show("区卫计局")
    clerk.open("/desk/quality/market-regulation/returned/")
    clerk.must_show("有退回")
    clerk.open("/desk/quality/health/returned/", expect=404)
    supervisor = staff(world, "hezhiyuan")
    supervisor.open("/desk/quality/")
    supervisor.must_show("区市场监管局", "区卫计局")
    supervisor.open("/desk/quality/market-regulation/returned/")
    supervisor.must_show("记录只有本单位看得到")


STATIONS = [
    ("待复核写着谁在办：别人没有按钮，组长可以改派", a_colleague_has_it_in_hand),
    ("改后再报的在最上面，逐项看到改了什么；退回要选原因", what_came_back_is_read_against_what_went_back),
    ("赵敏提出自查更正：没有写出应当是什么的整张退回，自己不能同意自己的", a_department_corrects_itself),
    ("孙建国同意：当即更正，本人收到告知，两个平台得到新版本；别的部门：如同没有", another_agrees_and_everybody_hears),
    ("数据质量看板：本单位看本单位，督导看全部，数字点开是它的周", the_board_counts_weeks),
]
