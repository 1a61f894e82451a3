"""异议: the person says what is wrong; marked here and on both platforms; answered by another, corrected everywhere."""

from daoli_credit.embedded.smoke import story
from daoli_credit.embedded.smoke.people import citizen, staff
from daoli_credit.embedded.smoke.platforms import says, until
from daoli_credit.embedded.world import PLATFORMS, World

ANSWER = "哈里市监异〔2026〕9001号"

# What one station leaves for the next.
_left: dict[str, str] = {}


def _number() -> str:
    return story.left("record").rstrip("/").rsplit("/", 1)[-1]


def she_says_what_is_wrong(world: World) -> None:
    """Nothing ticked is refused at the field; then the fine, in her own words. The record is marked at once."""
    her = citizen(world, story.CITIZEN)
    her.open(f"/me/records/{_number()}/")
    her.follow("我认为有误")
    her.submit("提出异议", {"words": "罚款不对"}, expect=422)
    her.must_show("请勾选有误的项目", "罚款不对")
    her.submit("提出异议", {"should-fine": "0.1", "words": "罚款是一千元，收据在我手里。"})
    her.must_show("这条信息已经标注", "正在核实", "最晚答复")
    _left["objection"] = her.url.rstrip("/").rsplit("/", 1)[-1]
    her.open(f"/me/records/{_number()}/")
    her.must_show("本人有异议，正在核实")
    clerk = staff(world, story.CLERK)
    clerk.open(story.left("record"))
    clerk.must_show("本人有异议，正在核实")


def both_platforms_are_told_of_the_mark(world: World) -> None:
    """Asked at their own addresses."""
    for code in PLATFORMS:
        until(f"{code} 标注异议", lambda code=code: says(world, code, _number(), "本人有异议"))  # type: ignore[misc]


def the_enterer_may_not_answer(world: World) -> None:
    """赵敏 entered it: the page is closed to her; another bureau finds nothing."""
    address = f"/desk/objections/{_left['objection']}/"
    staff(world, story.CLERK).open(address, expect=403)
    staff(world, "wangtao").open(address, expect=404)


def another_answers_point_by_point(world: World) -> None:
    """Half an answer comes back whole; then the point stands and is corrected in the same moment."""
    reviewer = staff(world, story.REVIEWER)
    reviewer.open("/desk/objections/")
    reviewer.must_show(_left["objection"], "林*云")
    reviewer.open(f"/desk/objections/{_left['objection']}/")
    reviewer.must_show("收据在我手里", "本人认为应当是：0.1")
    reviewer.submit("答复当事人", {"number": ANSWER}, expect=422)
    reviewer.must_show("每一项都要答复")
    reviewer.submit("答复当事人", {"stands-fine": "yes", "now-fine": "一千", "number": ANSWER}, expect=422)
    reviewer.must_show("更正后的内容不合规则")
    reviewer.submit("答复当事人", {"stands-fine": "yes", "now-fine": "0.1", "number": ANSWER})
    reviewer.must_show("已答复，已告知当事人")


def she_and_the_platforms_have_the_right_one(world: World) -> None:
    """Her answer, with the remedies; the platforms hold a later version without the mark."""
    her = citizen(world, story.CITIZEN)
    her.open(f"/me/objections/{_left['objection']}/")
    her.must_show("异议成立", ANSWER, "更正为：0.1")
    her.open(f"/me/records/{_number()}/")
    her.must_show("更正")
    her.must_not_show("正在核实")
    for code in PLATFORMS:
        until(f"{code} 改正", lambda code=code: says(world, code, _number(), "第 4 版"))  # type: ignore[misc]
        if says(world, code, _number(), "本人有异议"):
            raise AssertionError(f"{code} 还标注着异议")


STATIONS = [
    ("林秀云指出哪一项有误：当即标注；没有指出的，整张退回", she_says_what_is_wrong),
    ("两个平台都收到标注", both_platforms_are_told_of_the_mark),
    ("录入人打不开；别的部门：如同没有", the_enterer_may_not_answer),
    ("另一人逐项答复；不完整、不合规则的整张退回；成立的当即更正", another_answers_point_by_point),
    ("本人看到答复；两个平台改为更正后的版本，标注撤销", she_and_the_platforms_have_the_right_one),
]
