"""名单登记: a court's liaison registers a decision, a second person sees it and confirms; it leaves early."""

from daoli_credit.embedded.smoke.days import in_days
from daoli_credit.embedded.smoke.people import citizen, person, staff
from daoli_credit.embedded.world import World

LIAISON, SECOND, CLERK = "baifan", "yanzheng", "xuwenjing"
PARTY = "linxiuyun2"
REGISTER = "/desk/listings/register/"
NEW = f"{REGISTER}new/court/court-dishonest/"
CASE = "黑0102执9001号"
SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"
CONDITIONS = ["履行完毕", "和解履行完毕", "终结执行等删除情形"]

# What one station leaves for the next.
_left: dict[str, str] = {}


def _typed(world: World) -> dict[str, str | list[str]]:
    who = person(world, PARTY)
    return {
        "party_name": who["display_name"],
        "id_number": who["id_number"],
        "document_number": CASE,
        "decided_on": in_days(-5),
        "authority": "哈尔滨市道里区人民法院",
        "authority_code": "1199999900000000AP",
        "legal_ground": "《最高人民法院关于公布失信被执行人名单信息的若干规定》第一条",
        "reason": "未履行生效法律文书确定的义务。",
        "basis_document": "（2025）黑0102民初9001号",
        "conduct": "规避执行",
        "performance": "全部未履行",
        "told_on": in_days(-40),
        "told_how": "执行通知书载明",
        "told_proof": "执行通知书送达回证第9001号",
        "term_basis": "纳入期限二年",
    }


def the_liaison_registers_what_the_court_decided(world: World) -> None:
    """Another bureau's clerk is refused with where to turn; without its document nothing is registered."""
    clerk = staff(world, CLERK)
    clerk.open(f"{REGISTER}new/human-resources/court-dishonest/", expect=422)
    clerk.must_show("由区法院的联络员登记")
    liaison = staff(world, LIAISON)
    liaison.open(REGISTER)
    liaison.must_show("名单登记", "失信被执行人名单")
    liaison.open(NEW)
    liaison.submit("登记", _typed(world), expect=422)
    liaison.must_show("请选择文件")
    liaison.submit("登记", _typed(world), files={"file": ("x.pdf", SCAN, "application/pdf")})
    liaison.must_show("已登记", "登记人不能确认自己的登记")
    _left["here"] = liaison.url.removeprefix(world.origin)
    staff(world, CLERK).open(_left["here"], expect=404)


def a_second_person_sees_the_document_and_confirms(world: World) -> None:
    """Confirming unseen is refused; seen, it makes the record; the person reads remedy and exit; nothing is pushed."""
    second = staff(world, SECOND)
    second.open(_left["here"])
    second.must_show("请先打开文书看过，再确认")
    second.submit("打开文书")
    second.open(_left["here"])
    second.submit("核对文书，确认登记")
    second.must_show("已确认，信用记录已生效", "本系统不公布、不推送")
    her = citizen(world, PARTY)
    her.open(_left["here"].replace("/desk/listings/register/", "/me/registrations/"))
    her.must_show("哈尔滨市道里区人民法院", "向执行法院申请纠正", "提前移出的条件", "执行通知书载明", "我认为有误")


def it_leaves_early_by_two(world: World) -> None:
    """Every condition of the list is asked for; another decides; the person reads which end it was and why."""
    liaison = staff(world, LIAISON)
    liaison.open(_left["here"])
    liaison.follow("提出提前移出")
    given: dict[str, str | list[str]] = {
        "document": "结案通知书9001号",
        "ground_on": in_days(0),
        "conditions": CONDITIONS[:1],
    }
    liaison.submit("提出提前移出", given, expect=422)
    liaison.must_show("条件还缺", "终结执行等删除情形")
    liaison.submit("提出提前移出", {**given, "conditions": CONDITIONS})
    liaison.must_show("已提出提前移出")
    second = staff(world, SECOND)
    second.open(_left["here"])
    second.follow("TY")
    second.submit("决定提前移出", {"document": "黑0102执9001号之一"})
    second.must_show("已提前移出")
    her = citizen(world, PARTY)
    her.open(_left["here"].replace("/desk/listings/register/", "/me/registrations/"))
    her.must_show("提前移出", "黑0102执9001号之一", "《最高人民法院关于公布失信被执行人名单信息的若干规定》第十条")
    liaison.open(_left["here"], expect=404)


STATIONS = [
    ("法院的决定由它的联络员登记；别的部门不能，没有文书不能", the_liaison_registers_what_the_court_decided),
    ("第二人看过文书才能确认；当事人看到救济和移出，不推送", a_second_person_sees_the_document_and_confirms),
    ("提前移出：条件齐全，另一人决定，当事人看到是怎样结束的", it_leaves_early_by_two),
]
