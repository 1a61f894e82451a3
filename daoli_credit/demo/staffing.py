"""演示的人员、委托、联络员和并转, by the true acts of the officers, each on its day."""

from datetime import timedelta

from daoli_credit.accounts.models import Department, Liaison, User
from daoli_credit.accounts.workflows import departments, granting, lending, people
from daoli_credit.accounts.workflows.departments import Contact, Facts
from daoli_credit.law import clock

SURNAMES = "丁于方毛石白冯吕任江汤许严沈宋陆陈范周郑姚秦"
GIVEN = ("建平", "雪梅", "志强", "丽华", "国庆", "春燕", "海波", "秀兰", "文斌", "晓东", "玉珍", "永刚")


def _name(number: int) -> str:
    return SURNAMES[number * 7 % len(SURNAMES)] + GIVEN[number * 5 % len(GIVEN)]


def _liaisons(officer: User) -> None:
    """A pair for every body; two have changed theirs since."""
    today = clock.today()
    for number, body in enumerate(Department.objects.in_use(today)):
        phones = (f"0451-8455{number * 2:04d}", f"0451-8455{number * 2 + 1:04d}")
        who = Contact(_name(number), phones[0], _name(number + 31), phones[1])
        if number % 12 == 5:
            before = Contact(_name(number + 33), phones[0], who.substitute, phones[1])
            with clock.at(today - timedelta(days=300)):
                departments.name_liaison(code=body.code, who=before, actor=officer)
        with clock.at(today - timedelta(days=120)):
            departments.name_liaison(code=body.code, who=who, actor=officer)


def _comings_and_goings(system: User, security: User) -> None:
    """One left last month; one got a role long ago and never used it."""
    today = clock.today()
    tourism = Department.objects.get(code="tourism")
    for username, name, role, days, left in (
        ("wutong", "吴桐", "reviewer", 200, 30),
        ("zhonghua", "钟华", "clerk", 130, 0),
    ):
        with clock.at(today - timedelta(days=days)):
            user, _ = people.open_account(username=username, display_name=name, home=tourism, actor=system)
            granting.grant(user_id=user.pk, role_code=role, actor=security)
        if left:
            with clock.at(today - timedelta(days=left)):
                people.close(user_id=user.pk, why="调出本区", actor=system)


def _leave(clerk: User, colleague: User) -> None:
    """李静 is on leave: 王涛 enters for her, and still may not review what he entered."""
    today, home = clock.today(), clerk.home_department
    if home is None:
        raise ValueError("李静没有所在部门")
    with clock.at(today - timedelta(days=2)):
        lending.lend(
            duties=[("submit_record", home), ("handle_repair", home)], taker_id=colleague.pk, actor=clerk,
            from_on=today - timedelta(days=2), until_on=today + timedelta(days=5), reason="休年假",
        )  # fmt: skip


def _reorganisation(officer: User) -> None:
    """区安监局 will be part of 区应急管理局 in some months: both pages say so."""
    today = clock.today()
    facts = Facts("区应急管理局", "Emergency Management Bureau", "government", "reminder+assessment")
    with clock.at(today - timedelta(days=20)):
        departments.open_department(code="emergency", facts=facts, from_on=clock.today(), actor=officer)
        who = Contact(_name(70), "0451-84559901", _name(95), "0451-84559902")
        departments.name_liaison(code="emergency", who=who, actor=officer)
        departments.close(code="work-safety", on=today + timedelta(days=120), successor="emergency", actor=officer)


def tell() -> int:
    """讲这一段. Returns how many liaisons there are."""
    named = {user.username: user for user in User.objects.filter(face="staff")}
    system, security = named["mengfan"], named["jianglan"]
    _liaisons(system)
    _reorganisation(system)
    _comings_and_goings(system, security)
    _leave(named["lijing"], named["wangtao"])
    today = clock.today()
    with clock.at(today - timedelta(days=15)):
        granting.share_legal(
            user_id=named["yuanzheng"].pk, department=Department.objects.get(code="tourism"), actor=security,
            from_on=clock.today(), until_on=today + timedelta(days=60), reason="区旅游局没有法制审核人员",
        )  # fmt: skip
    return Liaison.objects.count()
