"""影响评估: without one a platform is sent nothing; drafted by one, agreed by another, and what waited goes."""

from collections.abc import Callable

from daoli_credit.embedded.smoke import story
from daoli_credit.embedded.smoke.browser import Browser
from daoli_credit.embedded.smoke.people import citizen, staff
from daoli_credit.embedded.smoke.platforms import holds, until
from daoli_credit.embedded.world import PLATFORMS, World

DRAFTER, APPROVER, AUDITOR = "chenli", "hezhiyuan", "qinfeng"
THIRD = "哈里市监罚〔2026〕9003号"
_left: dict[str, str] = {}
CONTENT = {
    "purpose": "向市信用平台报送依法应当共享的信用记录",
    "method": "逐条签名传送，回执确认，终止后撤回",
    "data_kinds": "姓名、证件号码、决定书内容",
    "necessity": "依目录和条例报送，只送目录列明的栏目",
    "effect": "不当公开会影响就业和名誉",
    "measures": "加密、查看留痕、到期当日撤回",
    "conclusion": "风险可控，可以启用",
}


def _number(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[-1]


def _effective(world: World) -> str:
    clerk, reviewer = staff(world, story.CLERK), staff(world, story.REVIEWER)
    clerk.open(story.ENTRY)
    clerk.submit("存为草稿", {**story.penalty(world), "document_number": THIRD})
    clerk.submit("报送复核")
    address = clerk.url
    reviewer.open(address)
    reviewer.submit("复核通过")
    clerk.open(address)
    clerk.submit("登记送达", {"how": "direct", "when": story.decided()})
    return address


def _open_assessment_of_the_feed(approver: Browser) -> None:
    """The platform is assessed twice: as one that we send to, and as one that is asked at a check."""
    for page in (1, 2, 3):
        approver.open(f"/supervision/assessments/?state=approved&page={page}")
        for address in [link.address for link in approver.page.links if PLATFORMS["hrb"] in link.caption]:
            approver.open(address)
            if "推送平台" in approver.page.text:
                return
            approver.open(f"/supervision/assessments/?state=approved&page={page}")
    raise AssertionError("没有找到市平台作为推送平台的影响评估")


def without_an_assessment_nothing_is_sent(world: World) -> None:
    """何志远 ends the assessment of 哈尔滨: a new record reaches 黑龙江 only, and the page says what is missing."""
    approver = staff(world, APPROVER)
    _open_assessment_of_the_feed(approver)
    approver.submit("停用评估", {"opinion": "传送方式将要改变，先停用再重新评估"})
    approver.must_show("已停用")
    address = _effective(world)
    until(f"省平台收到 {_number(address)}", lambda: holds(world, "hlj", _number(address)))
    operator = staff(world, "zhouhang")

    def waits() -> bool:
        operator.open("/desk/feeds/hrb/?state=waiting")
        return _number(address) in operator.page.text

    until("市平台的推送单在等", waits)
    operator.must_show("缺影响评估", "撤回照常送出")
    if holds(world, "hrb", _number(address)):
        raise AssertionError("没有影响评估的平台收到了记录")
    _left["waits"] = address


def _draft(world: World) -> Browser:
    drafter = staff(world, DRAFTER)
    drafter.open("/supervision/assessments/new/")
    drafter.submit("存为草稿", {"subject": "feed/hrb", **CONTENT, "effect": ""}, expect=422)
    drafter.must_show("请填写对个人权益的影响和安全风险", CONTENT["purpose"])
    drafter.submit("存为草稿", {"subject": "feed/hrb", **CONTENT})
    drafter.submit("提交审定")
    drafter.must_show("待审定")
    drafter.must_not_show("审定通过后立即在效")
    return drafter


def another_agrees_and_what_waited_goes(world: World) -> None:
    """陈立 drafts and submits, 何志远 agrees; the record that waited arrives, and its person reads to whom and why."""
    drafter, address = _draft(world), _left["waits"]
    approver = staff(world, APPROVER)
    approver.open(drafter.url)
    approver.submit("审定通过")
    approver.must_show("在效")
    until(f"市平台收到 {_number(address)}", lambda: holds(world, "hrb", _number(address)))
    person = citizen(world, story.CITIZEN)
    person.open("/me/disclosures/")
    person.must_show(_number(address), PLATFORMS["hrb"], "依据：《")
    approver.open("/supervision/disclosures/")
    approver.must_show(PLATFORMS["hrb"])
    approver.must_not_show(_number(address))


def an_incident_has_its_clock_and_a_second_person(world: World) -> None:
    """陈立 opens, grades and reports one; the audit officer reads it; 何志远 closes it."""
    handler = staff(world, DRAFTER)
    handler.open("/supervision/incidents/new/")
    handler.submit("登记", {"kind": "misuse", "what": "一次查看与办件号对不上", "data_kinds": "遮盖后的姓名"})
    handler.must_show("还有 3 小时")
    where = handler.url
    judged = {"assess-level": "larger", "assess-harm": "可能被滥用", "assess-remedy": "已停用账号"}
    handler.submit("记下研判", judged)
    handler.submit("已经通知", {"report-authority": "区网信办（演示）", "report-not_told_because": "没有看到内容"})
    handler.must_show("已通知")
    auditor = staff(world, AUDITOR)
    auditor.open(where)
    auditor.must_not_show("写明复盘")
    closer = staff(world, APPROVER)
    closer.open(where)
    closer.submit("办结", {"opinion": "已改为逐件核对办件号"})
    closer.must_show("办结")


STATIONS: list[tuple[str, Callable[[World], None]]] = [
    ("没有影响评估的平台不送，撤回照常", without_an_assessment_nothing_is_sent),
    ("一人起草、另一人审定，等着的就送出；本人看得到给了谁", another_agrees_and_what_waited_goes),
    ("安全事件：按小时的钟，另一人办结", an_incident_has_its_clock_and_a_second_person),
]
