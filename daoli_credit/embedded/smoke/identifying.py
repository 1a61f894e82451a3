"""身份和录入: half a form outlives the session, a wrong name goes to a person, two people join and part two numbers."""

import re

from daoli_credit.embedded.smoke import story
from daoli_credit.embedded.smoke.days import in_days
from daoli_credit.embedded.smoke.people import person, staff
from daoli_credit.embedded.world import World

FORM = "/desk/records/new/market-regulation/penalty-food/"
WINDOW, HEAD = "tianli", "hezhiyuan"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
DOCUMENT = "哈里市监罚〔2026〕9701号"

# What one station leaves for the next.
_left: dict[str, str] = {}


def half_a_form_outlives_the_session(world: World) -> None:
    """Refused with a mistake, signed out, signed in again: the text is there; 看后果 saves nothing."""
    clerk = staff(world, story.CLERK)
    clerk.open(FORM)
    typed = {**story.penalty(world), "document_number": DOCUMENT}
    clerk.submit("看后果", {**typed, "fine": "五千元"}, expect=422)
    clerk.submit("退出")
    again = staff(world, story.CLERK)
    again.open(FORM)
    again.must_show("接着上次没有存完的填", "当事人被查实经营超过保质期的食品")
    again.submit("看后果", {"fine": "0.5"})
    again.must_show("谁会收到", "谁能看到", "最早可申请修复", "还没有保存")
    again.submit("存为草稿")
    again.must_show("已存为草稿")
    _left["draft"] = again.url


def a_scan_is_taken_by_its_bytes_and_a_draft_goes(world: World) -> None:
    """A program under the name of a PDF: refused; the scan: taken, opened again; then the draft is not wanted."""
    clerk = staff(world, story.CLERK)
    clerk.open(_left["draft"])
    wrong = {"file": ("决定书.pdf", b"MZ\x90\x00", "application/pdf")}
    clerk.submit("加附件", {"paper": "decision"}, files=wrong, expect=422)
    clerk.must_show("只收 PDF")
    clerk.submit("加附件", {"paper": "decision"}, files={"file": ("决定书.pdf", PDF, "application/pdf")})
    clerk.must_show("附件已加上", "打开（留痕）")
    staff(world, "wangtao").open(_left["draft"], expect=404)
    clerk.submit("作废草稿")
    clerk.must_show("已作废")
    clerk.open(_left["draft"], expect=404)


def a_wrong_name_goes_to_a_person(world: World) -> None:
    """The register's name is not told; the window compares the card and keeps it."""
    clerk = staff(world, story.CLERK)
    clerk.open(FORM)
    clerk.submit("看后果", {**story.penalty(world), "party_name": "林秀芸", "document_number": DOCUMENT}, expect=422)
    clerk.must_show("登记的是另一个姓名", "交区信用办核对")
    clerk.must_not_show("林秀云")
    clerk.submit("交区信用办核对")
    clerk.must_show("已交区信用办核对")
    found = re.search(r"HD\d{4}-\d{6}", clerk.page.text)
    if not found:
        raise AssertionError(f"页面上没有核定件的编号：{clerk.page.text[:600]}")
    window = staff(world, WINDOW)
    window.open(f"/desk/identities/{found[0]}/")
    window.must_show("林*云", "林*芸")
    window.must_not_show(person(world, story.CITIZEN)["id_number"])
    window.submit("维持登记", {"keep-opinion": "证件上是“云”字"})
    window.must_show("维持登记")


def two_people_join_two_numbers_and_part_them_again(world: World) -> None:
    """The window proposed it; the head decides. Then it was wrong: proposed and decided again, all as before."""
    window, head = staff(world, WINDOW), staff(world, HEAD)
    window.open("/desk/identities/")
    window.follow("认定为同一人")
    case = window.url
    window.must_not_show("不予核定")
    head.open(case)
    head.must_show("今后的号码", "另一个号码")
    head.submit("核定", {"opinion": "材料齐全"})
    head.must_show("已核定")
    window.open(case)
    proof: dict[str, str | list[str]] = {
        "reason": "家属说明不是同一人",
        "paper": "公安机关复函",
        "paper_on": in_days(-2),
    }
    window.submit("提出撤销", {**proof, "paper": ""}, expect=422)
    window.submit("提出撤销", proof)
    window.follow("撤销同一人认定")
    head.open(window.url)
    head.submit("核定")
    head.must_show("已核定")
    window.open(case)
    window.must_not_show("认错了人，提出撤销")


def a_death_is_handed_to_the_window(world: World) -> None:
    """The bureau has the proof: the window compares and proposes, the head decides, the bureau sees how far it is."""
    clerk, window, head = staff(world, story.CLERK), staff(world, WINDOW), staff(world, HEAD)
    clerk.open("/desk/ends/")
    clerk.must_show("转告区信用办的", "待核对")
    clerk.follow("转告当事人去世")
    clerk.submit("转告区信用办", {"reason": "家属来电"}, expect=422)
    clerk.must_show("请附上材料的扫描件", "家属来电")
    window.open("/desk/identities/")
    window.follow("已经去世")
    window.must_show("部门转告，等窗口核对", "居民死亡医学证明")
    case = window.url
    window.submit("提出核定")
    head.open(case)
    head.submit("核定", {"opinion": "与原件相符"})
    head.must_show("已核定")
    clerk.open("/desk/ends/")
    clerk.must_show("已核定", "没有了")
    clerk.open(case, expect=403)


def its_letter_is_paper_too(world: World) -> None:
    """Nobody's name on the page of the letter; the PDF is opened for a purpose, twice the same."""
    window = staff(world, WINDOW)
    window.open("/desk/identities/")
    window.follow("不具有完全民事行为能力")
    window.follow("终止不利信息告知")
    window.must_not_show("邱长河")
    at = window.url
    window.submit("打开 PDF", {"purpose": ""}, expect=422)
    window.must_show("请选择用途")
    for _ in range(2):
        window.open(at)
        window.submit("打开 PDF", {"purpose": "打印送达当事人"})
        if window.page.text:
            raise AssertionError("打开身份核定的告知应得到 PDF，得到的是网页")
    window.open(at)
    window.must_show("已制成", "文件摘要")
    staff(world, story.CLERK).open(at, expect=404)


STATIONS = [
    ("赵敏填到一半登录失效：内容还在；看后果什么也不存", half_a_form_outlives_the_session),
    ("冒名的文件：拒绝；扫描件收下；草稿由本人作废", a_scan_is_taken_by_its_bytes_and_a_draft_goes),
    ("号码和姓名不符：不猜，交窗口的人核对", a_wrong_name_goes_to_a_person),
    ("赵敏收到死亡证明：转告窗口，窗口提出、另一人核定，名下一次终止", a_death_is_handed_to_the_window),
    ("两个号码一人提出、另一人核定；认错了，同样两人撤销", two_people_join_two_numbers_and_part_them_again),
    ("身份核定的告知也有 PDF：凭用途打开，别的部门如同没有", its_letter_is_paper_too),
]
