"""宣传: a bureau reports one campaign on a key date, and the supervisor sees tasks and figures that open their rows."""

from datetime import date

from daoli_credit.embedded.smoke.browser import Browser
from daoli_credit.embedded.smoke.days import today
from daoli_credit.embedded.smoke.people import staff
from daoli_credit.embedded.world import World

ORGANISER, SUPERVISOR, CLERK, OTHER = "maxiaoyu", "hezhiyuan", "zhaomin", "lijing"
TITLE = "诚信故事会进校园"
SUMMARY = "讲解怎样查询自己的信用信息、怎样提出异议，发放诚信读本。"
BEGIN = "报告活动"

# What one station leaves for the next.
_left: dict[str, str] = {}


def _calendar(organiser: Browser) -> None:
    """The year, this one or the last, that has a key date whose window has opened and that nobody has answered."""
    for year in (today().year, today().year - 1):
        organiser.open(f"/desk/campaigns/?year={year}")
        if any(BEGIN in link.caption for link in organiser.page.links):
            return
    raise AssertionError("宣传日历上没有可以报告活动的节点")


def an_organiser_picks_a_key_date(world: World) -> None:
    """From the calendar to an arranged campaign; its day stands in the window of the key date."""
    organiser = staff(world, ORGANISER)
    _calendar(organiser)
    organiser.must_show("宣传日历", "待主办方公布", "本节点无活动")
    organiser.follow(BEGIN)
    far = date(today().year - 1, 1, 20).isoformat()
    organiser.submit("接着报告", {"title": TITLE, "place": "示例小学礼堂", "planned_on": far}, expect=422)
    organiser.must_show("的活动应在")
    organiser.open(organiser.url)  # the form as the calendar fills it in
    organiser.submit("接着报告", {"title": TITLE, "place": "示例小学礼堂"})
    organiser.must_show("报告以后公众网站就能看到")
    _left["report"] = organiser.url


def a_wrong_report_is_refused_whole(world: World) -> None:
    """A telephone number, a plain http link, cases without the tick: said at their fields, nothing kept."""
    organiser = staff(world, ORGANISER)
    organiser.open(_left["report"])
    wrong: dict[str, str | list[str]] = {
        "summary": "参加者可拨打 13800001234 咨询",
        "links": "http://example.com/news",
        "reached": "很多",
        "contents": ["knowledge", "typical-cases"],
    }
    organiser.submit("报告", wrong, expect=422)
    organiser.must_show("不要写证件号码或者电话", "https:// 开头", "请写整数", "请确认已经隐去")
    visitor = Browser(world.origin)
    visitor.open("/campaigns/")
    visitor.must_not_show(TITLE)


def the_report_stands_on_the_public_page(world: World) -> None:
    """Reported once, seen by everybody; a second report and a foreign unit are refused."""
    organiser = staff(world, ORGANISER)
    organiser.open(_left["report"])
    organiser.submit("报告", {"summary": SUMMARY, "reached": "120"})
    organiser.must_show("已报告", "约 120 人")
    visitor = Browser(world.origin)
    visitor.open("/campaigns/")
    visitor.must_show(TITLE, "区教育局", SUMMARY)
    visitor.must_not_show("马晓雨")
    for stranger in (CLERK, SUPERVISOR):
        staff(world, stranger).open(_left["report"], expect=403)


def a_clerk_says_no_news(world: World) -> None:
    """本期无新增 is one click on one small page, for the clerk's own unit only."""
    clerk = staff(world, OTHER)
    clerk.open("/desk/no-news/")
    clerk.must_show("区卫计局", "与报送了的完全一样")
    clerk.must_not_show("区市场监管局")
    # on the first days of a week the last one can still be confirmed in time; later it has been
    if any("本期无新增" in button.caption for form in clerk.page.forms for button in form.buttons):
        clerk.submit("本期无新增")
        clerk.must_show("计为按时")
    clerk.must_show("本期无新增")
    staff(world, ORGANISER).open("/desk/no-news/", expect=403)


def the_supervisor_opens_every_figure(world: World) -> None:
    """16 tasks with their lights, and each figure opens its rows; no person, no record."""
    supervisor = staff(world, SUPERVISOR)
    supervisor.open("/supervision/")
    supervisor.must_show("共 16 项任务", "任务进度", "逾期", "关注", "正常", "完成", "未开始", "部门报送日历")
    figures = [link for link in supervisor.page.links if "/supervision/figures/" in link.address]
    if len(figures) < 5:
        raise AssertionError(f"任务总览上只有 {len(figures)} 个能打开的数字")
    for link in figures:
        supervisor.open(link.address)
        supervisor.must_show("各单位", "没有任何人和任何一条记录")
        supervisor.must_not_show("林*云", "DL20")
    supervisor.open("/supervision/tasks/2.1.4/")
    supervisor.must_show("区教育局", "状态怎样判断", "最近一次")


STATIONS = [
    ("宣传组织从日历上选一个节点", an_organiser_picks_a_key_date),
    ("写错的活动报告整张退回", a_wrong_report_is_refused_whole),
    ("活动报告当即在公众网站上", the_report_stands_on_the_public_page),
    ("本期无新增一点就好", a_clerk_says_no_news),
    ("督导打开每一个数字", the_supervisor_opens_every_figure),
]
