"""红的一面: a nomination that knows nobody, her own yes, a benefit that she says arrived, one click back."""

import re

from daoli_credit.embedded.smoke.browser import Browser
from daoli_credit.embedded.smoke.days import in_days
from daoli_credit.embedded.smoke.people import citizen, person, staff
from daoli_credit.embedded.world import World

CLERK, VERIFIER, DECIDER, GIVER, OTHER = "tangyue", "jiangbo", "shenjun", "xuwenjing", "zhaomin"
HER, STRANGER = "linxiuyun2", "guchanglin"
DESK, MINE = "/desk/honours/", "/me/honours/"
TITLE, NUMBER, CASE = "2026年度优秀志愿者", "哈里团发〔2026〕9001号", "就业服务〔2026〕9001号"
CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")

# What one station leaves for the next.
_left: dict[str, str] = {}


def a_letter_is_made_and_names_nobody(world: World) -> None:
    """The clerk writes the document; the code is on the letter and nowhere else."""
    clerk = staff(world, CLERK)
    clerk.open(f"{DESK}new/")
    clerk.submit(
        "生成邀请信",
        {
            "source": "volunteer",
            "honour_title": TITLE,
            "document_number": NUMBER,
            "document_title": "关于表彰2026年度优秀志愿者的决定",
            "authority": "共青团哈尔滨市道里区委员会",
            "determined_on": in_days(0),
        },
    )
    clerk.must_show("邀请码只显示这一次", "不同意没有任何后果")
    found = CODE.search(clerk.page.text)
    if not found:
        raise AssertionError("邀请信上没有邀请码")
    _left["code"] = found[0]
    clerk.follow("看这一件")
    _left["case"] = clerk.url.removeprefix(world.origin)
    clerk.must_show("本人同意以前，系统不知道是谁", NUMBER)
    clerk.must_not_show(_left["code"])


def she_reads_and_says_yes_herself(world: World) -> None:
    """Reading writes nothing; another's number is refused; publicity is another box, left empty."""
    her = citizen(world, HER)
    her.open(f"{MINE}code/")
    her.submit("打开看看", {"code": "ABCD-EFGH-JKMN"}, expect=422)
    her.submit("打开看看", {"code": _left["code"]})
    her.must_show("登记什么", "谁看得到", "能享受什么", "不同意，没有任何后果")
    who = person(world, HER)
    wrong = {"agree": "on", "name": who["display_name"], "id_number": person(world, STRANGER)["id_number"]}
    her.submit("同意登记", wrong, expect=422)
    her.must_show("替别人同意不算数")
    her.submit("同意登记", {"agree": "on", "id_number": who["id_number"]})
    her.must_show("已同意登记", TITLE, "没有同意，不公开")


def three_people_make_it_a_record(world: World) -> None:
    """Verified by another, decided by a third, served; another bureau sees nothing of it."""
    verifier = staff(world, VERIFIER)
    verifier.open(_left["case"])
    verifier.must_not_show(person(world, HER)["id_number"])
    verifier.follow("核实通过")
    verifier.submit("核实通过", {"opinion": "与来源文件一致"})
    decider = staff(world, DECIDER)
    decider.open(_left["case"])
    decider.follow("决定登记")
    decider.submit("决定登记", {"document": "哈里团荣〔2026〕9001号", "opinion": "同意登记"})
    clerk = staff(world, CLERK)
    clerk.open(_left["case"])
    clerk.follow("登记送达并生效")
    clerk.submit("登记送达并生效", {"service": "direct", "day": in_days(0), "proof": "送达回证第9001号，本人签收"})
    clerk.must_show("已生效")
    staff(world, OTHER).open(_left["case"], expect=404)


def a_benefit_counts_when_she_says_that_it_arrived(world: World) -> None:
    """Human resources reports it in its own case; she confirms; who has no honour is simply served as ever."""
    giver = staff(world, GIVER)
    given = {
        "given": "human-resources|r-employment|employment-service",
        "case_number": CASE,
        "received_on": in_days(0),
    }
    giver.open("/desk/benefits/new/")
    giver.submit("报告兑现", {**given, "id_number": person(world, STRANGER)["id_number"]}, expect=422)
    giver.must_show("没有荣誉记录的人照常办理")
    giver.submit("报告兑现", {**given, "id_number": person(world, HER)["id_number"]})
    giver.must_show("等本人确认", CASE)
    her = citizen(world, HER)
    her.open(MINE)
    her.must_show("就业服务推荐", "到哪里办", "守信三年")
    her.submit("收到了")
    her.must_show("我收到了")
    her.open("/me/looks/")
    her.must_show(CASE)
    board = staff(world, "hezhiyuan")
    board.open("/supervision/benefits/")
    board.must_show("真正兑现的激励", "本人确认收到的件数")


def one_click_takes_everything_back(world: World) -> None:
    """Withdrawn: gone from her page and the bureau's the same second; the public page never had a name."""
    her = citizen(world, HER)
    her.open(MINE)
    her.submit("撤回同意")
    her.must_show("已撤回，即刻停止使用", "您没有登记荣誉")
    staff(world, CLERK).open(_left["case"], expect=404)
    giver = staff(world, GIVER)
    giver.open("/desk/benefits/")
    giver.must_not_show(CASE)
    visitor = Browser(world.origin)
    visitor.open("/honours/")
    visitor.must_show("这里没有名单", "没有荣誉，不会受任何影响")


STATIONS = [
    ("推荐只写文件：邀请码在信上，别处没有，系统不知道是谁", a_letter_is_made_and_names_nobody),
    ("本人看清楚以后自己同意登记，公开是另一个勾", she_reads_and_says_yes_herself),
    ("另一人核实，第三人决定，送达生效", three_people_make_it_a_record),
    ("激励报了，她说收到了才算", a_benefit_counts_when_she_says_that_it_arrived),
    ("一次点击全部收回，各处当即看不到", one_click_takes_everything_back),
]
