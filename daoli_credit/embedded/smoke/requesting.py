"""依法调取、日程、案卷: asked by a court, signed by another, handed over once; what falls due; the file on paper."""

import re
import subprocess
import sys

from daoli_credit.embedded.places import CLONE
from daoli_credit.embedded.smoke import story
from daoli_credit.embedded.smoke.browser import Browser
from daoli_credit.embedded.smoke.people import staff
from daoli_credit.embedded.world import World

CLERK, HEAD = "xuwenjing", "dengguodong"
WAITING = "民初2238号"
NAMES = ("康永年", "宋丽萍", "鲁大海")


def a_court_asks_and_two_people_answer(world: World) -> None:
    """邓国栋 signs what 许文静 registered; she hands over and notes the receipt; nobody is named on a page."""
    head = staff(world, HEAD)
    head.open("/desk/requests/")
    head.must_show(WAITING, "逾期")
    head.must_not_show(*NAMES)
    at = f"/desk/requests/{_number(head, WAITING)}/"
    clerk = staff(world, CLERK)
    clerk.open(at)
    clerk.must_show("登记人不能签批自己的登记")
    head.open(at)
    head.submit("同意提供")
    clerk.open(at)
    clerk.submit("提取")
    clerk.must_show("提取到 1 条")
    clerk.submit("交付并登记回执", {"receipt": ""}, expect=422)
    clerk.must_show("请写明回执")
    clerk.submit("交付并登记回执", {"receipt": "送达回证第90号"})
    clerk.must_show("已交付", "内容不再留存")
    clerk.must_not_show(*NAMES)
    staff(world, story.CLERK).open(at, expect=404)


def _number(browser: Browser, case_number: str) -> str:
    """系统编号 of the row that shows this case number: the last one before it in the text of the page."""
    found: list[str] = re.findall(r"DQ\d{4}-\d{6}", browser.page.text.partition(case_number)[0])
    return found[-1]


def a_population_is_not_a_person(world: World) -> None:
    """A list instead of one number: the form says what may be asked, and keeps what was typed."""
    clerk = staff(world, CLERK)
    clerk.open("/desk/requests/new/")
    typed = {"id_number": "999999198001010011、999999198001010038", "case_number": "（2026）黑0102民初9号"}
    clerk.submit("登记", typed, expect=422)
    clerk.must_show("一次只能调取指明的人")
    if not any(form.fields.get("case_number") == [typed["case_number"]] for form in clerk.page.forms):
        raise AssertionError("填过的案号没有留在表单里")
    staff(world, "sunjianguo").open("/desk/requests/", expect=403)


def what_was_kept_long_enough_is_gone(world: World) -> None:
    """A certificate, a number and days; the evidence bears it out, and the same of the checks of a case."""
    clerk = staff(world, CLERK)
    clerk.open("/desk/requests/")
    clerk.must_show("保存期满，已经销毁", "只留编号和日子")
    clerk.must_not_show(*NAMES)
    checker = staff(world, story.CLERK)
    checker.open("/desk/checks/")
    checker.must_show("保存期满，已经销毁")
    for command in ("verify_request_deletions", "verify_check_deletions"):
        ask = [sys.executable, "manage.py", command]
        done = subprocess.run(ask, cwd=CLONE, env=world.environment, capture_output=True, text=True, check=False)
        if done.returncode or "没有遗留" not in done.stdout:
            raise AssertionError(f"{command} 没有通过：{done.stdout}{done.stderr}")


def what_falls_due_stands_on_its_day(world: World) -> None:
    """Numbers and days for the department, a file for one's own calendar, counts for the office."""
    clerk = staff(world, CLERK)
    clerk.open("/desk/calendar/")
    clerk.must_show("已经逾期", "依法调取文书要求答复")
    clerk.must_not_show(*NAMES)
    clerk.open("/desk/calendar/file/")
    office = staff(world, "hezhiyuan")
    office.open("/desk/calendar/office/")
    office.must_show("区人社局", "依法调取")
    office.must_not_show("DQ")


def a_case_is_printed_whole(world: World) -> None:
    """Its index first; then the PDF, for a purpose, because of a look."""
    clerk = staff(world, CLERK)
    clerk.open("/desk/listings/")
    clerk.open(next(link.address for link in clerk.page.links if link.address.startswith("/desk/listings/LR")))
    clerk.follow("打印案卷")
    clerk.must_show("卷内目录", "办理经过", "存证")
    clerk.submit("打印案卷", {}, expect=422)
    clerk.must_show("请选择用途")
    clerk.submit("打印案卷", {"purpose": "归档"})
    if clerk.page.text:
        raise AssertionError("打印案卷应得到 PDF，得到的是网页")


STATIONS = [
    ("依法调取：一人登记，另一人签批，提取、交付一次，不留副本", a_court_asks_and_two_people_answer),
    ("名单不是一个人：说得明白，填过的还在", a_population_is_not_a_person),
    ("保存期满的依法调取已经销毁：只有证明、编号和日子，库里核对没有遗留", what_was_kept_long_enough_is_gone),
    ("日程：到期的在它那一天，只有编号；区信用办只有件数", what_falls_due_stands_on_its_day),
    ("案卷：先看目录，写明用途再打印", a_case_is_printed_whole),
]
