"""应用事项: the directory for everybody, items of another department by three people, and a case by its number."""

import re
from collections.abc import Callable

from daoli_credit.embedded.smoke.browser import Browser
from daoli_credit.embedded.smoke.days import today
from daoli_credit.embedded.smoke.people import staff
from daoli_credit.embedded.world import World

CLERK, PROVIDER, OFFICE = "zhaomin", "luojian", "hezhiyuan"
DIRECTORY, CASES = "/matters/food-permit/", "/desk/matters/cases/"


def the_directory_is_for_everybody(world: World) -> None:
    """A visitor reads which department may look at what, on which article, and what is missing elsewhere."""
    visitor = Browser(world.origin)
    visitor.open(DIRECTORY)
    visitor.must_show("可以用", "职责依据", "异议标注", "本部门自己的信息", "还没有共享")
    visitor.open("/matters/civil-servant-recruit/")
    visitor.must_show("还不能用", "个人信息保护影响评估")


def three_departments_share_an_item(world: World) -> None:
    """罗建 answers what 赵敏 asked of tourism, 何志远 puts it into force; only then 赵敏 may see it."""
    provider, office, clerk = staff(world, PROVIDER), staff(world, OFFICE), staff(world, CLERK)
    provider.open("/desk/sharing/")
    provider.must_show("等您办", "区市场监管局 → 区旅游局")
    found = re.search(r"GX\d{4}-\d{6}", provider.page.text)
    if found is None:
        raise AssertionError("区旅游局没有等着答复的申请")
    where = f"/desk/sharing/{found.group()}/"
    provider.open(where)
    provider.submit("不同意提供", {"reason": "", "opinion": ""}, expect=422)
    provider.must_show("请选择理由")
    provider.submit(f"同意提供{found.group()}")
    provider.must_show("待区信用办决定")
    office.open(where)
    office.submit(f"启用{found.group()}", {"until": "2099-01-01"}, expect=422)
    office.submit(f"启用{found.group()}", {"until": _until(office)})
    office.must_show("在用")
    clerk.open("/desk/matters/")
    clerk.must_show(found.group())
    provider.open("/desk/sharing/users/")
    provider.must_show("食品经营许可", "最近一次使用")


def _until(office: Browser) -> str:
    found = re.search(r"希望用到\s*(\d{4}-\d{2}-\d{2})", office.page.text)
    if found is None:
        raise AssertionError("页面上没有申请写的日期")
    return found.group(1)


def a_case_is_found_by_its_number(world: World) -> None:
    """赵敏 registers a case; a person's number is refused, and the case is found by a part of its own."""
    clerk, this = staff(world, CLERK), today()
    typed = {"matter": "market-regulation:food-permit", "opened_on": this.isoformat()}
    clerk.open(f"{CASES}new/")
    clerk.submit("登记", {**typed, "case_number": "999999198803120028"}, expect=422)
    clerk.must_show("不要填本人的号码")
    clerk.submit("登记", {**typed, "case_number": f"食许[{this.year}]901号"})
    clerk.open(f"{CASES}?q=901")
    clerk.must_show(f"食许〔{this.year}〕901号")
    clerk.must_not_show("118号")


STATIONS: list[tuple[str, Callable[[World], None]]] = [
    ("政务应用目录谁都看得到：谁看什么、凭哪一条、还缺什么", the_directory_is_for_everybody),
    ("看别的部门的信息：申请、答复、启用是三个部门三个人", three_departments_share_an_item),
    ("办件凭编号登记和查找，填了证件号码的不收", a_case_is_found_by_its_number),
]
