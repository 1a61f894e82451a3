"""规则: confirmed with its text by two people, suspended by two people; what rests on it opens and stops at once."""

from collections.abc import Callable

from daoli_credit.embedded.smoke import story
from daoli_credit.embedded.smoke.browser import Browser
from daoli_credit.embedded.smoke.people import staff
from daoli_credit.embedded.world import World

LEGAL, HEAD = "yuanzheng", "hezhiyuan"
DRUG = "/rules/items/penalty-drug/"
FOOD = "/rules/items/penalty-food/"
NUMBER = "哈里市监罚〔2026〕9021号"
TEXT = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def the_second_person_confirms(world: World) -> None:
    """A visitor reads that a row is suspended; 何志远 opens the attached text and agrees: it drives all again."""
    visitor = Browser(world.origin)
    visitor.open(DRUG)
    visitor.must_show("已暂停", "不能")
    visitor.must_not_show("等第二人同意")
    head = staff(world, HEAD)
    head.open("/desk/rules/changes/?state=proposed")
    head.must_show("等您同意")
    head.follow("GB20")
    where = head.url
    head.open(f"{where}text/")
    head.open(where)
    head.submit("同意")
    head.must_show("已同意")
    visitor.open(DRUG)
    visitor.must_show("已确认")


def _change(world: World, action: str, reason: str) -> None:
    legal, head = staff(world, LEGAL), staff(world, HEAD)
    legal.open(FOOD)
    legal.follow(f"{action}这一条")
    legal.submit(f"提出{action}", {"reason": reason})
    legal.must_show("等第二人同意")
    legal.follow("GB20")
    head.open(legal.url)
    head.submit("同意")
    head.must_show("已同意")


def a_suspended_rule_refuses_at_once_and_says_how_to_open_it(world: World) -> None:
    """袁征 proposes to suspend, 何志远 agrees: 赵敏's draft is refused with the way out; resumed, it goes."""
    clerk = staff(world, story.CLERK)
    clerk.open(story.ENTRY)
    clerk.submit("存为草稿", {**story.penalty(world), "document_number": NUMBER})
    draft = clerk.url
    _change(world, "暂停", "食品安全法修订，待核对条号")
    clerk.open(draft)
    clerk.submit("报送复核")
    clerk.must_show("已暂停", "打开这条规则")
    _change(world, "恢复", "已核对：条号没有变")
    clerk.open(draft)
    clerk.submit("报送复核")
    clerk.must_show("待复核")


def a_text_is_judged_by_its_bytes(world: World) -> None:
    """A confirmation with a web page called .pdf is refused in words, and nothing is kept."""
    legal = staff(world, LEGAL)
    _change(world, "暂停", "再次暂停，用来重新确认")
    legal.open(FOOD)
    legal.follow("确认这一条")
    read = {"reason": "已对照公布的文本，与规则所写一致"}
    legal.submit("提出确认", read, files={"text": ("条文.pdf", b"<html></html>", "application/pdf")}, expect=422)
    legal.must_show("只收 PDF", read["reason"])
    legal.submit("提出确认", read, files={"text": ("条文.pdf", TEXT, "application/pdf")})
    legal.must_show("等第二人同意")
    legal.follow("GB20")
    head = staff(world, HEAD)
    head.open(legal.url)
    head.submit("同意")
    head.open(FOOD)
    head.must_show("已确认")


STATIONS: list[tuple[str, Callable[[World], None]]] = [
    ("规则：附条文提出的，第二人打开看过、同意，才起作用", the_second_person_confirms),
    ("暂停的规则当即拒绝，并说怎样恢复；恢复以后照办", a_suspended_rule_refuses_at_once_and_says_how_to_open_it),
    ("条文看内容不看名字，不收的说清楚；两人确认的从此可办", a_text_is_judged_by_its_bytes),
]
