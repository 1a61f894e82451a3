"""文书和记录旁边的标注: the PDF as handed over, and what was overturned with its three working days."""

from daoli_credit.embedded.smoke import story
from daoli_credit.embedded.smoke.people import citizen, staff
from daoli_credit.embedded.world import World

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


STATIONS = [
    ("本人打开告知书的 PDF，两次是同一份，页面写着摘要", her_letter_comes_as_a_pdf_twice_the_same),
    ("原决定被撤销、逾期没有处理的：部门看得到，区信用办看得到是哪个单位", the_queue_holds_what_was_overturned),
]
