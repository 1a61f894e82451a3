"""文书和记录旁边的标注: the PDF as handed over, and what was overturned with its three working days."""

import re

from daoli_credit.embedded.smoke import story
from daoli_credit.embedded.smoke.people import citizen, staff
from daoli_credit.embedded.world import World

CHANGED = "哈里政复决〔2026〕10号"

# What one station leaves for the next.
_left: dict[str, str] = {}


def her_letter_comes_as_a_pdf_twice_the_same(world: World) -> None:
    """She opens her letter, then its PDF; the second time the very same bytes."""
    her = citizen(world, story.CITIZEN)
    her.open("/me/messages/")
    her.follow("信用信息记入告知书")
    her.must_show("PDF 文书")
    address = her.url + "pdf/"
    first, second = (her.session.get(address, timeout=20) for _ in range(2))
    if first.headers.get("Content-Type") != "application/pdf" or not first.content.startswith(b"%PDF"):
        raise AssertionError(f"没有得到 PDF：{first.status_code}")
    if first.content != second.content:
        raise AssertionError("第二次打开的不是同一份")
    her.open(her.url)
    her.must_show("文件摘要")


def the_queue_holds_what_was_overturned(world: World) -> None:
    """Who registered it does not settle it; the credit office sees which body is late, and nobody's name."""
    reviewer = staff(world, story.REVIEWER)
    reviewer.open("/desk/undoings/")
    reviewer.must_show("逾期未处理，已暂停提供", "哈里政复决〔2026〕9号")
    office = staff(world, "hezhiyuan")
    office.open("/supervision/undoings/")
    office.must_show("区市场监管局", "逾期")
    office.must_not_show("白晓梅")


def a_correction_settles_what_was_changed(world: World) -> None:
    """Proposed by the clerk with the changing decision as its ground; another agrees, and the open case is settled."""
    reviewer = staff(world, story.REVIEWER)
    reviewer.open("/desk/undoings/")
    reviewer.must_show(CHANGED)
    reviewer.open("/desk/amendments/")
    waiting = [link.address for link in reviewer.page.links if re.search(r"/GZ\d{4}-\d{6}/$", link.address)]
    for address in waiting:
        reviewer.open(address)
        if CHANGED in reviewer.page.text:
            break
    else:
        raise AssertionError(f"没有按变更后的决定提出的更正：{waiting}")
    reviewer.must_show("罚款1000元")
    reviewer.submit("同意更正")
    reviewer.must_show("已更正，已告知当事人")
    reviewer.open("/desk/undoings/")
    reviewer.must_not_show(CHANGED)


def what_was_dealt_with_keeps_its_file(world: World) -> None:
    """Found by the deciding document; nobody's name is there, and the file is offered for printing."""
    reviewer = staff(world, story.REVIEWER)
    reviewer.open(f"/desk/undoings/over/?number={CHANGED}")
    reviewer.must_show(CHANGED, "记录已更正")
    (address,) = (link.address for link in reviewer.page.links if re.search(r"/over/CX\d{4}-\d{6}/$", link.address))
    reviewer.open(address)
    reviewer.must_show("怎样处理的", "打印案卷")
    reviewer.must_not_show("舒建平", "舒*平")
    reviewer.open(address.replace("over/", "") + "file/")
    reviewer.must_show("卷内目录", "变更、撤销的决定")


def a_lapsed_basis_waits_for_its_successor(world: World) -> None:
    """Anchored by two people, or paused until it is; whoever has neither duty does not reach the page."""
    legal = staff(world, "yuanzheng")
    legal.open("/desk/lapses/")
    legal.must_show("暂停提供", "已改挂继任依据")


STATIONS = [
    ("本人打开告知书的 PDF，两次是同一份，页面写着摘要", her_letter_comes_as_a_pdf_twice_the_same),
    ("原决定被撤销、逾期没有处理的：部门看得到，区信用办看得到是哪个单位", the_queue_holds_what_was_overturned),
    ("原决定变更的：按它更正，另一人同意的同时处理件办结", a_correction_settles_what_was_changed),
    ("处理完的按变更的文书号找得到，没有当事人，可以打印案卷", what_was_dealt_with_keeps_its_file),
    ("依据失效的：两人改挂了继任依据的，和没有改挂、已经暂停的", a_lapsed_basis_waits_for_its_successor),
]
