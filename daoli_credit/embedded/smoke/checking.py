"""信用核查: one tap from the case, one typed field, measures with article and end, feedback, and what is refused."""

import re

from daoli_credit.embedded.smoke import story
from daoli_credit.embedded.smoke.page import Page
from daoli_credit.embedded.smoke.people import citizen, person, staff
from daoli_credit.embedded.world import World

SECOND = "sunjianguo"
# What one station leaves for the next.
_left: dict[str, str] = {}


def _address(page: Page, pattern: str) -> str:
    """The first link to such an address."""
    found = next((link.address for link in page.links if re.fullmatch(pattern, link.address)), "")
    if not found:
        raise AssertionError(f"页上没有通往 {pattern} 的链接：{page.text[:800]}")
    return found


def _open_case(world: World) -> str:
    """The address at which an applicant of an open case is asked about."""
    clerk = staff(world, story.CLERK)
    clerk.open("/desk/matters/cases/")
    clerk.follow("118号")
    return _address(clerk.page, r"/desk/checks/cases/\d+/")


def an_applicant_is_checked_in_an_open_case(world: World) -> None:
    """A wrong number comes back with what to do; then the answer, which is no verdict, with source and time."""
    clerk = staff(world, story.CLERK)
    _left["case"] = _open_case(world)
    clerk.open(_left["case"])
    clerk.must_show("用途", "办理食品经营许可")
    clerk.submit("核查", {"number": "99999919900101001X"}, expect=422)
    clerk.must_show("校验位")
    clerk.submit("核查", {"number": person(world, story.CITIZEN)["id_number"]})
    clerk.must_show("核查单", "不得作为无失信证明", "答复时间")
    clerk.must_not_show(person(world, story.CITIZEN)["id_number"])
    _left["check"] = clerk.url


def the_person_reads_of_it_and_others_do_not(world: World) -> None:
    """谁看过 says which department, for what; another bureau finds nothing."""
    her = citizen(world, story.CITIZEN)
    her.open("/me/looks/")
    her.must_show("食品经营许可", "在这个事项里可以或者应当适用的措施")
    staff(world, "wangtao").open(_left["check"], expect=404)
    staff(world, "wangtao").open(_left["case"], expect=403)


def what_was_found_owes_its_feedback(world: World) -> None:
    """The seeded check: the ban with its article and last day; not applied without a reason is refused."""
    clerk = staff(world, story.CLERK)
    clerk.open("/desk/checks/")
    clerk.follow("待反馈")
    clerk.must_show("期限近的在前", "最晚")
    clerk.open(_address(clerk.page, r"/desk/checks/HC\d{4}-\d{6}/"))
    clerk.must_show("应当", "第一百三十五条", "措施反馈")
    name = next(name for form in clerk.page.forms for name in form.names if name.startswith("outcome_"))
    clerk.submit("反馈", {name: "not-applied"}, expect=422)
    clerk.must_show("请写明理由")
    clerk.submit("反馈", {name: "applied"})
    clerk.must_show("已反馈")


def a_sheet_waits_for_its_second_person(world: World) -> None:
    """Fifty-six applicants: another person agrees, then the worker answers; one with mistakes asks about nobody."""
    clerk, second = staff(world, story.CLERK), staff(world, SECOND)
    clerk.open("/desk/checks/")
    clerk.must_show("有差错，没有核查", "待第二人同意")
    second.open("/desk/checks/")
    second.must_show("等您同意的成批核查")
    second.open(_address(second.page, r"/desk/checks/sets/HP\d{4}-\d{6}/"))
    second.submit("同意核查")
    second.must_show("已同意")


def the_public_sees_how_much_is_asked(world: World) -> None:
    """Numbers by matter and month, none under ten, nobody by name."""
    visitor = staff(world, "wangtao")
    visitor.open("/checks/")
    visitor.must_show("核查月报", "不考核、不排名", "少于 10")
    visitor.open("/checks/?matter=food-permit")
    visitor.must_show("34")


STATIONS = [
    ("办件里一键核查：号码写错了退回，答复附来源和时间，不得作为无失信证明", an_applicant_is_checked_in_an_open_case),
    ("本人看到哪个部门为哪一件核查过；别的部门：如同没有", the_person_reads_of_it_and_others_do_not),
    ("查到应当适用的：有条款和期限；没有适用又不写理由，退回", what_was_found_owes_its_feedback),
    ("五十六名申请人等第二人同意；有差错的那张，谁也没有核查", a_sheet_waits_for_its_second_person),
    ("核查月报谁都能看：只有数，少于十的不写", the_public_sees_how_much_is_asked),
]
