"""落实位置: the nouns that clauses point at, in Chinese. Whether one exists is asked of the program each time."""

from dataclasses import dataclass

from django.apps import apps
from django.urls import NoReverseMatch, reverse

PARTS: dict[str, str] = {
    "records": "信用记录",
    "incentives": "名单与措施",
    "education": "宣传教育",
    "feeds": "推送与回执",
    "supervision": "督导",
    "audit": "存证与查询记录",
}
NOUNS: dict[str, str] = {
    "accounts.ImpactAssessment": "个人信息保护影响评估",
    "audit.Event": "操作存证",
    "audit.LookUp": "查询记录",
    "education.Activity": "宣传活动",
    "education.Campaign": "宣传安排",
    "education.Certificate": "培训合格证明",
    "education.Course": "培训课程",
    "education.Enrolment": "培训报名",
    "education.Exam": "培训考试",
    "education.KeyDate": "宣传日历",
    "education.Reader": "知识读本",
    "education.RoleModel": "诚信典型",
    "education.Session": "培训场次",
    "education.Topic": "诚信专题",
    "education.WarningCase": "警示案例",
    "education.Work": "文化作品",
    "feeds.Delivery": "推送单",
    "feeds.Feed": "推送通道",
    "feeds.Receipt": "推送回执",
    "feeds.Reconciliation": "对账",
    "incentives.Association": "行业协会",
    "incentives.Check": "信用核查",
    "incentives.Discipline": "行业自律措施",
    "incentives.Feedback": "措施反馈",
    "incentives.InboundSource": "上级平台查询",
    "incentives.ListType": "名单类型",
    "incentives.Listing": "列入案件",
    "incentives.Matter": "应用事项",
    "incentives.Measure": "措施清单",
    "incentives.Membership": "协会会员",
    "incentives.Nomination": "守信推荐",
    "incentives.PreAdverseNotice": "拟作出不利决定事先告知书",
    "records.CatalogueItem": "目录事项",
    "records.CreditRecord": "信用记录",
    "records.Holding": "收录方",
    "records.ImportBatch": "批量导入",
    "records.Objection": "异议申诉",
    "records.Repair": "信用修复",
    "records.Revision": "记录版本",
    "records.Statement": "本人声明",
    "records.Subject": "信用主体",
    "supervision.Assignment": "责任分工",
    "supervision.Briefing": "通报",
    "supervision.Clause": "本对照表",
    "supervision.Evidence": "佐证",
    "supervision.Incident": "安全事件",
    "supervision.Indicator": "指标",
    "supervision.KeyMonitoring": "重点监控",
    "supervision.Milestone": "时间节点",
    "supervision.NoNews": "本期无新增",
    "supervision.Plan": "方案",
    "supervision.Reminder": "督办与提示",
    "supervision.Report": "单位自查",
    "supervision.Rulebook": "制度",
    "supervision.Task": "任务清单",
}
PAGES: dict[str, str] = {
    "accounts.ImpactAssessment": "assessment-list",
    "audit.Event": "supervision-evidence",
    "education.Campaign": "campaign-list",
    "education.KeyDate": "campaign-list",
    "records.CatalogueItem": "catalogue",
    "feeds.Delivery": "feeds",
    "feeds.Feed": "feeds",
    "feeds.Receipt": "feeds",
    "feeds.Reconciliation": "feeds",
    "incentives.ListType": "lists",
    "supervision.Assignment": "supervision-tasks",
    "supervision.Incident": "incident-list",
    "supervision.Plan": "supervision-plan",
    "supervision.Task": "supervision-tasks",
}
# Not a table: the key dates are rows of the rule pack, and the calendar is computed from them.
WITHOUT_TABLE = {"education.KeyDate"}


@dataclass(frozen=True)
class Place:
    """一处: its name, whether the portal has it today, and its page if the credit office can open one."""

    title: str
    built: bool
    url: str


def place(noun: str) -> Place:
    """落实位置 of one noun. Raises KeyError for a noun that nobody named above."""
    title = NOUNS[noun]
    try:
        if noun not in WITHOUT_TABLE:
            apps.get_model(noun)
    except LookupError:
        return Place(title, built=False, url="")
    try:
        return Place(title, built=True, url=reverse(PAGES[noun]))
    except (KeyError, NoReverseMatch):
        return Place(title, built=True, url="")


def part(app: str) -> Place:
    """办理的部分 of one package: built once the package has a table of its own."""
    built = apps.is_installed(app) or apps.is_installed(f"daoli_credit.{app}")
    return Place(PARTS[app], built=built, url="")
