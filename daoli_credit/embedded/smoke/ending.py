"""终止: repaired elsewhere ends here; a sealed copy opens once, for a case; what is deleted is proved."""

import re

from daoli_credit.embedded.smoke import story
from daoli_credit.embedded.smoke.people import staff
from daoli_credit.embedded.world import World

LEGAL, HEAD = "gaoyuan", "dengguodong"


def repaired_elsewhere_ends_here(world: World) -> None:
    """赵敏 noted it and may not check it; 孙建国 does, and the record is gone for both at once."""
    reviewer = staff(world, story.REVIEWER)
    reviewer.open("/desk/ends/")
    reviewer.follow("ZZ")
    reviewer.must_show("已在别处修复", "信用中国（黑龙江）")
    notice = reviewer.url
    found = re.search(r"DL\d{4}-\d{6}", reviewer.page.text)
    if found is None:
        raise AssertionError("登记页没有写出是哪一条")
    clerk = staff(world, story.CLERK)
    clerk.open(notice)
    clerk.must_show("等本部门另一人核对")
    reviewer.submit("核对无误，终止")
    reviewer.must_show("各处当即看不到")
    for one in (reviewer, clerk):
        one.open(f"/desk/records/{found[0]}/", expect=404)
        one.open(notice, expect=404)


def a_sealed_copy_opens_once(world: World) -> None:
    """高远 asked, 邓国栋 agreed; the content stands on one page, once, and on no other."""
    legal = staff(world, LEGAL)
    legal.open("/desk/ends/openings/")
    legal.follow("KQ")
    case = legal.url
    legal.must_show("哈里政复〔2026〕19号", "已同意，可以开启一次")
    legal.must_not_show("贾秀兰")
    legal.submit("开启封存件")
    legal.must_show("贾秀兰", "只显示这一次")
    legal.open(case)
    legal.must_show("已开启")
    legal.must_not_show("贾秀兰")
    head = staff(world, HEAD)
    head.open(case)
    head.must_not_show("贾秀兰")


def without_a_case_nothing_opens(world: World) -> None:
    """Half a form comes back whole; a number that is not there is said in the same words for everybody."""
    legal = staff(world, LEGAL)
    legal.open("/desk/ends/openings/new/")
    legal.submit("提出", {"number": "DL2026-999999", "case_number": "哈里政复〔2026〕20号"}, expect=422)
    legal.must_show("请填写受案机关")
    if not any(form.fields.get("case_number") == ["哈里政复〔2026〕20号"] for form in legal.page.forms):
        raise AssertionError("填过的案号没有留在表单里")
    staff(world, story.CLERK).open("/desk/ends/openings/", expect=403)


def what_was_deleted_has_its_certificate(world: World) -> None:
    """The office sees how much went and when, and nothing else."""
    legal = staff(world, LEGAL)
    legal.open("/desk/ends/")
    legal.must_show("销毁证明", "XH")
    legal.must_not_show("范立新")


STATIONS = [
    ("在别处修复的，另一人核对以后这里当即终止，页面全部打不开", repaired_elsewhere_ends_here),
    ("封存件：两人、凭案号、只开启一次", a_sealed_copy_opens_once),
    ("没有案件、没有职责：打不开", without_a_case_nothing_opens),
    ("保存期满销毁的，留下证明", what_was_deleted_has_its_certificate),
]
