"""列入案件: one case walks its procedure; the locked step is tried and refuses with article and date."""

from daoli_credit.embedded.smoke.browser import Browser
from daoli_credit.embedded.smoke.days import in_days
from daoli_credit.embedded.smoke.people import citizen, person, staff
from daoli_credit.embedded.smoke.platforms import holds, until
from daoli_credit.embedded.world import PLATFORMS, World

CLERK, LEGAL, DECIDER, OTHER_BUREAU = "xuwenjing", "gaoyuan", "dengguodong", "zhaomin"
PARTY, STRANGER = "fangxiaoyan", "linxiuyun2"
DESK = "/desk/listings/"
NEW = f"{DESK}new/human-resources/"
NOTICE, DECISION = "哈里人社告〔2026〕9001号", "哈里人社列〔2026〕9001号"
NOTICE_SAYS = [
    "拟列入的名单和事由", "事实和证据", "依据（名称、条款）", "陈述申辩或者异议的权利、期限和方式",
    "可以不予列入的情形（有规定的）", "列入后的后果", "联系单位、联系人和电话",
]  # fmt: skip
DECISION_SAYS = [
    "当事人姓名和证件号码", "列入事由", "列入依据", "惩戒措施提示", "移除条件和程序",
    "救济措施（复议或者诉讼、期限、机关）", "期限和公示期", "作出决定的机关和日期",
]  # fmt: skip
FIRST, SECOND = "一、工资已经付清，付款凭证请到窗口核对。", "二、请求不予列入。"
STATEMENT = f"{FIRST}\n{SECOND}"
ANSWER = "凭证只到十月，余款未付。"
REPLIES = {"outcome-1": "not-adopted", "reason-1": ANSWER, "outcome-2": "not-adopted", "reason-2": "仍达到列入的条件。"}

# What one station leaves for the next.
_left: dict[str, str] = {}


def case() -> str:
    """The address of the case that these stations have walked."""
    return _left["case"]


def _number() -> str:
    return _left["case"].rstrip("/").rsplit("/", 1)[-1]


def _grounds(world: World) -> dict[str, str | list[str]]:
    who = person(world, PARTY)
    return {
        "party_name": who["display_name"],
        "id_number": who["id_number"],
        "reason": "经责令限期支付，逾期未支付农民工工资。",
        "legal_ground": "《保障农民工工资支付条例》第四十八条",
        "document": "哈里人社责〔2026〕9001号",
        "authority_code": "1199999900000000AP",
    }


def _post(browser: Browser, act: str, body: dict[str, str], expect: int) -> None:
    """A POST that no button on the page would send."""
    token = browser.session.cookies["csrftoken"]
    data = {"csrfmiddlewaretoken": token, **body}
    address = browser.origin + _left["case"] + act
    answer = browser.session.post(address, data=data, headers={"Referer": browser.url}, timeout=30)
    browser._seen(answer, expect)


def what_is_no_list_is_refused(world: World) -> None:
    """恶意逃废债务 is no list, and a minor is no party: both refused with the reason, nothing kept."""
    clerk = staff(world, CLERK)
    clerk.open(f"{NEW}debt-evasion/", expect=422)
    clerk.must_show("不是法定名单", "向人民法院起诉")
    clerk.open(f"{NEW}court-dishonest/", expect=422)
    clerk.must_show("执行法院")
    clerk.open(f"{NEW}wage-arrears/")
    clerk.submit("立案", {**_grounds(world), "id_number": "999999201503120020"}, expect=422)
    clerk.must_show("行为时未满十八周岁，不是信用主体")
    clerk.open(f"{NEW}wage-arrears/")
    clerk.submit("立案", {**_grounds(world), "id_number": "999999199206150021"}, expect=422)
    clerk.must_show("校验位不符")
    clerk.open("/desk/records/new/human-resources/list-wage/", expect=404)


def a_clerk_proposes_and_tells_the_person(world: World) -> None:
    """Proposal, notice under the bureau's number, service with proof; a day in the future is refused."""
    clerk = staff(world, CLERK)
    clerk.open(f"{NEW}wage-arrears/")
    clerk.submit("立案", _grounds(world))
    clerk.must_show("已立案", "方*燕", "拟列入案件")
    clerk.must_not_show(person(world, PARTY)["id_number"])
    _left["case"] = clerk.url.removeprefix(world.origin)
    clerk.follow("发出告知书")
    clerk.submit("发出告知书", {"document": NOTICE}, expect=422)
    clerk.must_show("还没有核对到应当载明的内容", "陈述申辩或者异议的权利、期限和方式")
    clerk.submit("发出告知书", {"document": NOTICE, "covers": NOTICE_SAYS})
    clerk.follow("登记告知送达")
    served = {"service": "direct", "day": "2099-01-05", "proof": "送达回证第9001号，本人签收"}
    clerk.submit("登记告知送达", served, expect=422)
    clerk.must_show("还没有到")
    clerk.submit("登记告知送达", {"day": in_days(0)})
    clerk.must_show("现在：等待当事人陈述、申辩", "个工作日", NOTICE)


def the_locked_step_says_until_when(world: World) -> None:
    """The next step is there, locked; pressed all the same it refuses with day and article."""
    legal = staff(world, LEGAL)
    legal.open(_left["case"])
    legal.must_show("法制审核通过", "陈述申辩期到", "24 时", "拖欠农民工工资失信联合惩戒对象名单管理暂行办法")
    _post(legal, "legal-review/", {"opinion": "通过"}, 422)
    legal.must_show("现在不能“法制审核通过”", "24 时", "《")
    _post(legal, "decide/", {"opinion": "同意", "document": DECISION}, 403)
    clerk = staff(world, CLERK)
    clerk.open(_left["case"])
    _post(clerk, "lapse/", {"checked_post": "on"}, 422)
    clerk.must_show("在途等待到", "《中华人民共和国民事诉讼法》")
    _post(clerk, "answer/", {}, 404)


def nobody_else_knows_of_it(world: World) -> None:
    """Another bureau and another citizen get 404; the public page of lists names nobody."""
    staff(world, OTHER_BUREAU).open(_left["case"], expect=404)
    citizen(world, STRANGER).open(f"/me/listings/{_number()}/", expect=404)
    visitor = Browser(world.origin)
    visitor.open("/lists/")
    visitor.must_not_show("方*燕", NOTICE, _number())


def the_person_answers(world: World) -> None:
    """She reads the notice, may not write numbers, answers and says that this is all."""
    her = citizen(world, PARTY)
    her.open("/me/cases/")
    her.follow("拟列入案件")
    her.must_show("拟列入告知书", NOTICE, "您可以陈述、申辩，到", "救济", "许文静")
    her.submit("提交意见", {"text": "请打 13800001234 找我。"}, expect=422)
    her.must_show("不要写证件号码和电话")
    her.submit("提交意见", {"text": STATEMENT, "that_is_all": "on"})
    her.must_show("您表示没有别的要补充", FIRST, SECOND)


def it_is_reviewed_and_decided_by_others(world: World) -> None:
    """The objection is looked into, the law is reviewed point by point, a third person decides."""
    clerk = staff(world, CLERK)
    clerk.open(_left["case"])
    clerk.follow("核实异议")
    clerk.must_show(FIRST, SECOND)
    clerk.submit("核实异议", {"outcome": "核对工资台账，尚欠两个月。"})
    _post(clerk, "legal-review/", {"opinion": "通过", **REPLIES}, 403)
    legal = staff(world, LEGAL)
    legal.open(_left["case"])
    legal.follow("法制审核通过")
    legal.submit("法制审核通过", {"opinion": "程序合法"}, expect=422)
    legal.must_show("请逐条写明采纳与否和理由，再通过审核")
    legal.submit("法制审核通过", {"opinion": "程序合法", **REPLIES, "outcome-2": "", "reason-2": ""}, expect=422)
    legal.must_show("请逐条写明采纳与否和理由，再通过审核", FIRST, SECOND, ANSWER)
    legal.submit("法制审核通过", {"opinion": "程序合法", **REPLIES})
    _post(legal, "decide/", {"opinion": "同意", "document": DECISION}, 403)
    decider = staff(world, DECIDER)
    decider.open("/desk/")
    decider.must_show("等您办理的列入案件")
    decider.open(f"{DESK}?turn=1&q=9001")
    decider.must_show(_number(), "等我办")
    decider.open(f"{DESK}?q=没有这个编号")
    decider.must_show("没有符合这些条件的列入案件")
    decider.open(_left["case"])
    decider.follow("作出列入决定")
    decider.must_show(FIRST, SECOND, ANSWER)
    decider.submit("作出列入决定", {"opinion": "同意列入", "document": DECISION, "covers": DECISION_SAYS})
    decider.must_show("送达以前不生效", DECISION)


def it_takes_effect_after_service(world: World) -> None:
    """Service of the decision, then the record: by a person's act, with her identity opened and logged."""
    clerk = staff(world, CLERK)
    clerk.open(_left["case"])
    _post(clerk, "take-effect/", {}, 409)
    clerk.open(_left["case"])
    clerk.follow("登记决定送达")
    clerk.submit("登记决定送达", {"service": "direct", "day": in_days(0), "proof": "送达回证第9002号，本人签收"})
    clerk.follow("生效并登记")
    clerk.submit("生效并登记")
    clerk.must_show("已生效", "信用记录 DL")


def the_person_sees_the_record(world: World) -> None:
    """Decision, point-by-point answer, remedies, the record with its ends, who opened her identity."""
    her = citizen(world, PARTY)
    her.open(f"/me/listings/{_number()}/")
    her.must_show("列入决定书", DECISION, ANSWER, "行政复议", "行政诉讼")
    her.follow("查看由它产生的信用记录")
    her.must_show("拖欠农民工工资失信联合惩戒对象", DECISION, "列入生效")
    _left["record"] = her.url.rstrip("/").rsplit("/", 1)[-1]
    her.open("/me/")
    her.must_show("有列入机关把您列入了严重失信主体名单")
    her.open("/me/looks/")
    her.must_show("列入生效，登记信用记录", _number(), "完整姓名和证件号码")
    staff(world, OTHER_BUREAU).open(_left["case"], expect=404)
    visitor = Browser(world.origin)
    visitor.open("/lists/")
    visitor.must_not_show("方*燕", DECISION)


def its_record_reaches_both_platforms(world: World) -> None:
    """The listing's record is a record like any other: sent, received, and its holders are named to her."""
    for code in PLATFORMS:
        until(f"{code} 持有 {_left['record']}", lambda code=code: holds(world, code, _left["record"]))  # type: ignore[misc]
    her = citizen(world, PARTY)
    her.open(f"/me/records/{_left['record']}/")
    her.must_show(*PLATFORMS.values())


STATIONS = [
    ("不是名单的、未成年的：拒绝，说明理由和去处", what_is_no_list_is_refused),
    ("经办立案、发出告知书、登记送达", a_clerk_proposes_and_tells_the_person),
    ("锁住的一步：试过，拒绝，写明日期和条文", the_locked_step_says_until_when),
    ("别的部门、别的市民、公众：如同没有", nobody_else_knows_of_it),
    ("当事人登录，看告知书，陈述申辩，表示没有别的要补充", the_person_answers),
    ("核实异议、法制审核、第三人决定", it_is_reviewed_and_decided_by_others),
    ("送达以后生效，产生一条信用记录", it_takes_effect_after_service),
    ("当事人看到决定、回应、救济和记录", the_person_sees_the_record),
    ("它的记录到达两个平台", its_record_reaches_both_platforms),
]
