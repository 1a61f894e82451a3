"""演示的宣传活动和本期无新增, by the true acts: units that are on time, late, silent, and one that had nothing."""

from datetime import timedelta

from daoli_credit.accounts import roles
from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.models.user import Face
from daoli_credit.demo import staff
from daoli_credit.law import clock, workdays
from daoli_credit.supervision import reporting
from daoli_credit.supervision.reporting import Standing
from daoli_credit.supervision.weeks import latest
from daoli_credit.supervision.workflows import no_news
from education import selectors
from education.models import Campaign
from education.models.campaign import Contents
from education.rules.calendar import Occurrence
from education.workflows import campaign as acts

PLACES = {
    "publicity": "区融媒体中心",
    "civility": "新时代文明实践广场",
    "market-regulation": "区农贸市场东门",
    "industry-it": "区企业服务大厅",
    "justice": "区公共法律服务中心",
    "education": "示例小学礼堂",
}
SUMMARIES = (
    "设咨询台三处，讲解怎样查询自己的公共信用信息、怎样提出异议和申请修复，发放明白纸。",
    "以展板和有奖问答介绍信用政策法规，说明公共信用信息与个人征信的区别。",
    "组织窗口人员开放日，现场演示信用记录从报送到本人看到的全过程。",
)
# What each unit does with the last key dates, newest first; older ones are all on time.
HABITS: dict[str, tuple[str, ...]] = {
    "publicity": ("on-time", "none"),
    "civility": ("late", "on-time"),
    "market-regulation": ("on-time", "on-time", "none"),
    "industry-it": ("missed", "on-time", "none"),
    "justice": ("none", "on-time"),
    "education": ("missed", "on-time"),
}
# One of these units forgot its last week, the other was slow to say that it had nothing.
FORGOT, SLOW = "construction", "tourism"


def _organiser(department: Department) -> User:
    """宣传组织: of the cast where there is one, else invented and without a password."""
    if there := User.objects.filter(home_department=department, groups__name=f"{department.code}:organiser").first():
        return there
    user, _ = User.objects.get_or_create(
        username=f"{department.code}-organiser",
        defaults={"face": Face.STAFF, "display_name": f"{department.name}宣传员", "home_department": department},
    )
    user.set_unusable_password()
    user.save()
    roles.grant(user, department, "organiser")
    return user


def _arrange(department: Department, user: User, one: Occurrence, *, serial: int) -> Campaign:
    if one.first is None or one.opens is None:
        raise ValueError(f"{one.title}的日期还没有公布")
    contents = tuple(kind for kind in one.contents if kind != Contents.TYPICAL_CASES)
    what = acts.Arrangement(
        title=f"{one.title.removesuffix('（法定节假日）')}信用宣传", place=PLACES[department.code],
        planned_on=one.first, contents=contents or ("knowledge",), key_date=one.code, key_day=one.first,
    )  # fmt: skip
    partner = Department.objects.filter(code="civility" if serial % 2 else "publicity")
    with clock.at(one.opens - timedelta(days=4)):
        return acts.arrange(department=department, partners=partner, what=what, actor=user)


def _answer(department: Department, user: User, one: Occurrence, habit: str, *, serial: int) -> None:
    """One unit on one key date."""
    if habit == "missed" or one.opens is None or one.first is None or one.report_by is None:
        return
    if habit == "none":
        with clock.at(one.first):
            acts.say_none(department=department, key_date=one.code, key_day=one.first, actor=user)
        return
    row = _arrange(department, user, one, serial=serial)
    told = min(one.report_by, one.first + timedelta(days=2))
    if habit == "late":
        told = min(one.report_by + timedelta(days=6), clock.today())
    with clock.at(told):
        what = acts.Account(
            held_on=one.first, summary=SUMMARIES[serial % 3], place=row.place, contents=tuple(row.contents),
            reached=60 + serial * 17 % 140, materials="明白纸、诚信读本若干",
        )  # fmt: skip
        acts.report(campaign_id=row.pk, what=what, actor=user, seen=row.revision)


def _key_dates() -> None:
    today = clock.today()
    past = list(reversed(selectors.between(today - timedelta(days=280), today - timedelta(days=1))))
    ahead = next((one for one in selectors.between(today, today + timedelta(days=200)) if one.opens), None)
    for code, habits in HABITS.items():
        department = Department.objects.get(code=code)
        user = _organiser(department)
        for serial, one in reversed(list(enumerate(past))):
            habit = habits[serial] if serial < len(habits) else "on-time"
            _answer(department, user, one, habit, serial=serial + len(code))
        if ahead and ahead.opens and ahead.opens > today and code in {"market-regulation", "justice"}:
            _arrange_ahead(department, user, ahead)


def _arrange_ahead(department: Department, user: User, one: Occurrence) -> None:
    what = acts.Arrangement(
        title=f"{one.title}信用宣传", place=PLACES[department.code], planned_on=one.first or clock.today(),
        contents=("policy-law",), key_date=one.code, key_day=one.first,
    )  # fmt: skip
    row = acts.arrange(department=department, partners=(), what=what, actor=user)
    if department.code == "justice":
        acts.cancel(campaign_id=row.pk, actor=user, opinion="场地当日另有安排，改期后重新登记", seen=row.revision)


def _no_news() -> None:
    """Every unit says each week that it had nothing, but for one slow and one forgetful."""
    today = clock.today()
    for cell in reporting.cells(latest(today), today=today):
        week, code = cell.week, cell.department.code
        if cell.standing is not Standing.MISSED or (code == FORGOT and week >= latest(today)[-3]):
            continue
        said = workdays.due(week.report_by, 2).on if code == SLOW else workdays.due(week.last, 1).on
        with clock.at(min(said, today)):
            no_news.say(department=cell.department, starts_on=week.first, actor=staff.pair(cell.department)[0])


def tell() -> int:
    """讲这一段. Returns how many campaigns it has made."""
    _key_dates()
    _no_news()
    return Campaign.objects.count()
