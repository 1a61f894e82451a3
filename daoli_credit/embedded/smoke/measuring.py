"""措施落实: lifted when the record is over, applied with a reason each time, given when the person says so."""

import re

from daoli_credit.embedded.smoke.browser import Browser
from daoli_credit.embedded.smoke.days import in_days
from daoli_credit.embedded.smoke.people import citizen, person, staff
from daoli_credit.embedded.world import World

CLERK, OTHER, BOARD, HER = "xuwenjing", "zhaomin", "hezhiyuan", "linxiuyun"
TASKS = "/desk/measures/"
NUMBER = re.compile(r"CS\d{4}-\d{6}")

# What one station leaves for the next.
_left: dict[str, str] = {}


def what_is_over_is_lifted_without_anybody_being_seen(world: World) -> None:
    """The listing was revoked: the task has no person any more, only its number, and a day until which to lift."""
    clerk = staff(world, CLERK)
    clerk.open(TASKS)
    clerk.must_show("应解除", "记录已终止，不再显示")
    clerk.open(f"{TASKS}?status=to-lift")
    clerk.follow("限制政府资金支持")
    clerk.must_show("应当解除", "记录已撤回、撤销、更正或者终止", "不再显示当事人和内容")
    _left["lifted"] = clerk.url.removeprefix(world.origin)
    staff(world, OTHER).open(_left["lifted"], expect=404)
    clerk.follow("反馈已解除")
    clerk.submit("反馈已解除", {"day": in_days(1)}, expect=422)
    clerk.must_show("还没有到，解除以后再反馈")
    clerk.submit("反馈已解除", {"day": in_days(0)})
    clerk.must_show("已反馈解除", "已解除")


def a_may_needs_its_reason_and_the_person_reads_it(world: World) -> None:
    """可以，不是应当: without a reason nothing is reported, and the form comes back filled in."""
    clerk = staff(world, CLERK)
    clerk.open(f"{TASKS}?status=open")
    clerk.follow("纳入重点监管范围")
    clerk.must_show("可以，每一次写明理由", "依据的记录")
    clerk.follow("反馈已实施")
    facts = {"day": in_days(0), "document": f"哈里人社管〔{in_days(0)[:4]}〕9001号"}
    clerk.submit("反馈已实施", facts, expect=422)
    clerk.must_show("裁量理由")
    clerk.submit("反馈已实施", {**facts, "reason": "同一单位一年内第二次欠薪，增加检查频次。"})
    clerk.must_show("已反馈实施", "9001号")


def who_is_not_shared_is_not_shown(world: World) -> None:
    """A court's listing that nobody shared in this matter: the task says what to ask for, and names nobody."""
    clerk = staff(world, CLERK)
    clerk.open(f"{TASKS}?status=open")
    clerk.must_show("没有共享授权，看不到")
    for address in [link.address for link in clerk.page.links if "不得录用为公务员" in link.caption]:
        clerk.open(address)
        if "还看不到是谁" in clerk.page.text:
            break
    clerk.must_show("还看不到是谁", "还没有获准查看区法院", "公务员录用考察")
    clerk.must_not_show("反馈已实施", "查看完整身份")


def a_reward_is_given_when_she_says_that_it_arrived(world: World) -> None:
    """One truth: the task leads to a benefit in a case of the fund, and shows what she says of it."""
    clerk, her = staff(world, CLERK), citizen(world, HER)
    clerk.open(f"{TASKS}?status=offered")
    clerk.follow("创业服务")
    clerk.must_show("已告诉本人", "可以，每一次写明理由")
    clerk.must_not_show(str(person(world, HER)["id_number"]))
    _left["reward"] = clerk.url.removeprefix(world.origin)
    clerk.follow("报告兑现")
    case = f"创补〔{in_days(0)[:4]}〕31号"
    facts = {"day": in_days(0), "case_number": case, "opinion": "场地信息和手续代办"}
    clerk.submit("报告兑现", {**facts, "case_number": ""}, expect=422)
    clerk.submit("报告兑现", facts)
    clerk.must_show("已报告兑现，等本人确认收到没有", case, "等本人确认")
    her.open("/me/")
    her.must_show("收到没有，等您说")
    her.open("/me/honours/")
    her.submit("收到了创业服务")
    clerk.open(_left["reward"])
    clerk.must_show("本人确认收到")


def the_board_counts_what_was_owed_and_what_arrived(world: World) -> None:
    """Lifted in time or late, by department; never how many measures were applied, and nobody's name."""
    board = staff(world, BOARD)
    board.open("/supervision/measures/")
    board.must_show("应解除已解除", "区人社局", "实施了多少项措施不计数", "本人确认收到的激励")
    if NUMBER.search(board.page.text):
        raise AssertionError("督导看板上不应有任务编号")
    visitor = Browser(world.origin)
    visitor.open("/measures/")
    visitor.must_show("永远不得限制", "限制政府资金支持", "就业服务推荐")


STATIONS = [
    ("记录终止的措施当即不见人，按期解除", what_is_over_is_lifted_without_anybody_being_seen),
    ("“可以”的措施没有理由报不上", a_may_needs_its_reason_and_the_person_reads_it),
    ("没有共享授权的任务看不到是谁，写明向谁申请", who_is_not_shared_is_not_shown),
    ("激励从任务报兑现，她说收到了才算", a_reward_is_given_when_she_says_that_it_arrived),
    ("督导只看解除和本人确认的兑现", the_board_counts_what_was_owed_and_what_arrived),
]
