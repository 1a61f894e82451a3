"""查询的监督: a person asks why and is answered; a list is exported; an odd look is pointed at. Over HTTP."""

import re
import time

from daoli_credit.embedded.smoke.browser import Browser
from daoli_credit.embedded.smoke.people import citizen, person, staff
from daoli_credit.embedded.world import World

PERSON, LISTED, LOOKER, ANSWERS, CLERK, AUDIT = "linxiuyun", "guchanglin", "sunjianguo", "liujie", "zhaomin", "qinfeng"
WHY = "复核时核对文书内容，只看了遮盖的身份。"
PATIENCE = 180.0

# What one station leaves for the next.
_left: dict[str, str] = {}


def _number(browser: Browser) -> str:
    return browser.url.rstrip("/").rsplit("/", 1)[-1]


def she_reads_an_answer_and_asks_about_a_new_look(world: World) -> None:
    """An earlier question has its answer; 孙建国 looks again, and she asks why."""
    her = citizen(world, PERSON)
    her.open("/me/explanations/" + _answered(her))
    her.must_show("没有外传", "有正当事由")
    her.open("/me/")
    record = next(link.address for link in her.page.links if link.address.startswith("/me/records/"))
    number = record.rstrip("/").rsplit("/", 1)[-1]
    staff(world, LOOKER).open(f"/desk/records/{number}/")
    her.open("/me/looks/?of=others")
    her.must_show(number, "孙建国", "只查看，没有据此办理事项")
    her.follow("请说明这次查询")
    her.must_show(number)
    her.submit("请求说明", {"question": "为什么又看这一条？"})
    her.must_show("已请本单位说明", "最晚说明")
    _left["explanation"] = _number(her)


def _answered(her: Browser) -> str:
    her.open("/me/cases/")
    her.must_show("查询说明", "有正当事由")
    return next(link.address for link in her.page.links if "说明一次查询" in link.caption).split("/")[-2] + "/"


def the_looker_may_not_answer_and_a_colleague_does(world: World) -> None:
    """孙建国 finds no form; 刘洁 answers; she reads it word for word."""
    address = f"/desk/looks/explanations/{_left['explanation']}/"
    looker = staff(world, LOOKER)
    looker.open(address)
    looker.must_show("这次查询是您做的，请由本单位另一人说明")
    colleague = staff(world, ANSWERS)
    colleague.open("/desk/looks/")
    colleague.must_show(_left["explanation"])
    colleague.open(address)
    colleague.must_not_show("林秀云", "林*云")
    colleague.submit("答复本人", {"text": WHY}, expect=422)
    colleague.must_show("请选择有没有正当事由")
    colleague.submit("答复本人", {"finding": "grounded", "text": WHY})
    colleague.must_show("已说明，本人会收到原文")
    her = citizen(world, PERSON)
    her.open(f"/me/explanations/{_left['explanation']}/")
    her.must_show(WHY, "有正当事由")


def a_list_is_exported_for_one_case(world: World) -> None:
    """Without a case number nothing is asked; then the worker makes it, and only 赵敏 fetches it."""
    clerk = staff(world, CLERK)
    clerk.open("/desk/records/?status=returned")
    clerk.follow("申请导出")
    clerk.submit("申请导出", {"purpose": "整理本部门的档案", "case_number": ""}, expect=422)
    clerk.must_show("没有办件的，不能导出")
    clerk.submit("申请导出", {"purpose": "整理本部门的档案", "case_number": "哈里市监档〔2026〕8号"})
    address, end = clerk.url, time.monotonic() + PATIENCE
    while "领取文件" not in clerk.page.text:
        if time.monotonic() > end:
            raise AssertionError(f"{PATIENCE:g} 秒内没有制作好：{clerk.page.text[:400]}")
        time.sleep(1)
        clerk.open(address)
    _left["export"] = _number(clerk)
    clerk.submit("领取文件")
    clerk.open(address)
    clerk.must_show("已领取 1 次")
    his = citizen(world, LISTED)
    his.open("/me/looks/?of=others")
    his.must_show("导出本部门的信用记录", _left["export"], "领取文件")


def full_identities_want_a_second_person(world: World) -> None:
    """The waiting one of the story: 孙建国 refuses it with a reason, and 赵敏 reads why."""
    second = staff(world, LOOKER)
    second.open("/desk/exports/")
    second.must_show("待第二人复核")
    waiting = re.search(r"DC\d+-\d+", second.page.text)
    if waiting is None:
        raise AssertionError("没有等复核的导出")
    second.follow(waiting[0])
    second.submit("/refuse/", {"opinion": "遮盖的名单就够用"})
    clerk = staff(world, CLERK)
    clerk.open(f"/desk/exports/{waiting[0]}/")
    clerk.must_show("遮盖的名单就够用", "未同意")


def the_audit_sees_who_and_never_whom(world: World) -> None:
    """秦峰 finds the look on a day of rest, without name or number, and asks the bureau."""
    auditor = staff(world, AUDIT)
    auditor.open("/desk/odd-looks/")
    auditor.submit("现在查找")
    auditor.must_show("夜间或者休息日", "赵敏")
    auditor.must_not_show("顾长林", "顾*林", person(world, "guchanglin")["id_number"])
    auditor.follow("夜间或者休息日")
    auditor.submit("要求本单位说明")
    auditor.must_show("已要求说明")
    auditor.open("/desk/records/", expect=403)


STATIONS = [
    ("林秀云看到说明，再请说明一次新的查询", she_reads_an_answer_and_asks_about_a_new_look),
    ("查询人不能自己说明；刘洁说明，本人逐字看到", the_looker_may_not_answer_and_a_colleague_does),
    ("导出要办件编号；后台制作，只有本人领取，名单上的人看得到", a_list_is_exported_for_one_case),
    ("完整身份要第二人；孙建国不同意", full_identities_want_a_second_person),
    ("秦峰看到谁查的、为哪一件，看不到当事人", the_audit_sees_who_and_never_whom),
]
