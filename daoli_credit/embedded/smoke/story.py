"""故事: one record from a clerk's form to the citizen's page, walked over HTTP by the cast, refusals included."""

from daoli_credit.embedded.smoke.days import in_days
from daoli_credit.embedded.smoke.people import citizen, person, staff
from daoli_credit.embedded.world import World

CLERK, REVIEWER, OTHER_BUREAU = "zhaomin", "sunjianguo", "lijing"
CITIZEN, NAMESAKE = "linxiuyun", "linxiuyun2"
ENTRY = "/desk/records/new/market-regulation/penalty-food/"
DOCUMENT = "哈里市监罚〔2026〕9001号"


def decided() -> str:
    """The day of her decision as a clerk types it."""
    return in_days(-10)


# What one station leaves for the next.
_left: dict[str, str] = {}


def left(name: str) -> str:
    """What an earlier station left for a later one."""
    return _left[name]


def penalty(world: World) -> dict[str, str | list[str]]:
    """林秀云's penalty as a clerk types it, without service: that comes later."""
    who = person(world, CITIZEN)
    return {
        "party_name": who["display_name"],
        "id_number": who["id_number"],
        "document_number": DOCUMENT,
        "conduct_type": "经营超过保质期的食品",
        "facts": "当事人被查实经营超过保质期的食品。",
        "legal_ground": "《中华人民共和国食品安全法》第一百二十四条第一款",
        "penalty_kinds": ["罚款"],
        "penalty_content": "罚款2000元",
        "fine": "0.2",
        "decided_on": decided(),
        "severity": "general",
        "severity_basis": "行政处罚裁量基准（示例）",
        "authority": "道里区市场监督管理局（示例）",
        "authority_code": "1199999900000000AP",
        "source_unit": "道里区市场监督管理局（示例）",
        "source_unit_code": "1199999900000000AP",
    }


def a_wrong_form_is_refused_whole(world: World) -> None:
    """Wrong check digit, future day: both said at their fields, nothing kept."""
    clerk = staff(world, CLERK)
    clerk.open(ENTRY)
    tomorrow = in_days(2)
    wrong = {**penalty(world), "id_number": "999999198803120029", "decided_on": tomorrow}
    clerk.submit("存为草稿", wrong, expect=422)
    clerk.must_show("校验位不符", "还没有到")
    clerk.open("/desk/records/?status=draft")
    clerk.must_not_show(DOCUMENT)


def a_clerk_enters_and_reports(world: World) -> None:
    """Form, consequence in words, report."""
    clerk = staff(world, CLERK)
    clerk.open(ENTRY)
    clerk.submit("存为草稿", penalty(world))
    clerk.must_show("后果", "不向社会公示", "最早可申请修复", "林*云")
    clerk.must_not_show(person(world, CITIZEN)["id_number"])
    _left["record"] = clerk.url
    clerk.submit("报送复核")
    clerk.must_show("等待另一人复核")


def nobody_reviews_their_own(world: World) -> None:
    """The clerk's own POST to the reviewer's address is refused."""
    clerk = staff(world, CLERK)
    clerk.open(_left["record"])
    token = clerk.session.cookies["csrftoken"]
    body = {"csrfmiddlewaretoken": token, "seen": "1"}
    answer = clerk.session.post(_left["record"] + "approve/", data=body, headers={"Referer": clerk.url}, timeout=30)
    if answer.status_code != 403:
        raise AssertionError(f"经办人复核自己的记录应当被拒绝（403），回答是 {answer.status_code}")


def another_bureau_sees_nothing(world: World) -> None:
    """李静 of another bureau gets 404, as if it never was."""
    other = staff(world, OTHER_BUREAU)
    other.open(_left["record"], expect=404)
    other.open("/desk/records/")
    other.must_not_show(DOCUMENT)


def another_person_reviews(world: World) -> None:
    """Identity revealed with a purpose, then approved: the record takes effect."""
    reviewer = staff(world, REVIEWER)
    reviewer.open("/desk/records/queue/")
    reviewer.must_show(DOCUMENT)
    reviewer.open(_left["record"])
    reviewer.submit("查看并留痕", {"purpose": "对照决定书核对当事人"})
    reviewer.must_show(person(world, CITIZEN)["id_number"], "林秀云")
    reviewer.open(_left["record"])
    reviewer.submit("复核通过")
    reviewer.must_show("已生效", "告知文书已发给当事人")


def the_citizen_sees_it_and_who_looked(world: World) -> None:
    """Her record, its ends, who entered and reviewed, who looked and why, and both documents."""
    person = citizen(world, CITIZEN)
    person.open("/me/")
    person.must_show("林*云", "本系统没有您的严重失信主体名单信息", "不给个人打分", DOCUMENT)
    number = _left["record"].rstrip("/").rsplit("/", 1)[-1]
    person.open(f"/me/records/{number}/")
    person.must_show("录入", "复核通过", "孙建国", "对照决定书核对当事人", number)
    person.open("/me/looks/")
    person.must_show("区市场监管局 孙建国", "完整姓名和证件号码", number)
    person.open("/me/messages/")
    person.follow("信用信息记入告知书")
    person.must_show(DOCUMENT, "提出异议不影响")
    person.open("/me/messages/")
    person.follow("信用修复告知书")
    person.must_show("修复不收取任何费用")


def the_namesake_sees_nothing(world: World) -> None:
    """The other 林秀云: same name, nothing of hers; nor does the desk open to a citizen."""
    other = citizen(world, NAMESAKE)
    other.open("/me/")
    other.must_not_show(DOCUMENT)
    number = _left["record"].rstrip("/").rsplit("/", 1)[-1]
    other.open(f"/me/records/{number}/", expect=404)
    other.open("/desk/", expect=403)


STATIONS = [
    ("填错的表单整张退回，什么也没存", a_wrong_form_is_refused_whole),
    ("经办录入一条，看到后果，报送", a_clerk_enters_and_reports),
    ("经办复核自己的记录：拒绝", nobody_reviews_their_own),
    ("别的部门：如同没有", another_bureau_sees_nothing),
    ("另一人核对身份（留痕）、复核通过，记录生效", another_person_reviews),
    ("市民经实名平台登录，看到记录、谁看过、两份告知书", the_citizen_sees_it_and_who_looked),
    ("同名的人什么也看不到", the_namesake_sees_nothing),
]
