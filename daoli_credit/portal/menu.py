"""导航: one table of links for every face. A page that does not exist is simply not in the menu."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from weakref import WeakKeyDictionary

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

from daoli_credit.accounts import messages
from daoli_credit.accounts.entry import DESK_VERBS, landing
from daoli_credit.accounts.models import User
from daoli_credit.accounts.models.user import Officer
from daoli_credit.portal import waiting
from incentives.models.nomination import VERBS as HONOUR_VERBS

Test = Callable[[User], bool]
Count = Callable[[User], int]


@dataclass(frozen=True, kw_only=True)
class Item:
    """菜单项: what the templates read. `count` is work that waits, None where nothing is counted."""

    label: str
    url: str
    icon: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Entry:
    """A row of the table. `test` and `count` are asked of the signed-in user only; the work of staff, of `waiting`."""

    label: str
    name: str
    icon: str
    group: str = ""
    test: Test = lambda user: True
    count: Count | None = None


def _may(*verbs: str) -> Test:
    # the user of a request is wrapped, and each word asked of it goes through the wrapping
    return lambda user: user.may_anywhere(*verbs)


def _officer(which: str) -> Test:
    return lambda user: user.officer == which


def _protects(user: User) -> bool:
    """个人信息保护各页: those who draft and approve, and the audit officer to read."""
    return user.officer == Officer.AUDIT or _may("draft_assessment", "approve_assessment")(user)


RECORD_VERBS = ("submit_record", "review_record")
LOOK_VERBS = ("explain_looks", "delay_look", "approve_delay")
MATTER_VERBS = ("register_case", "check_applicants", "apply_sharing", "answer_sharing", "supervise", "draft_assessment")
SHARING_VERBS = ("apply_sharing", "answer_sharing", "approve_assessment", "draft_assessment")
PUBLIC = (
    Entry("首页", "home", "home"),
    Entry("名单制度说明", "lists", "list-details"),
    Entry("守信激励", "honours", "award"),
    Entry("目录与清单", "catalogue", "database"),
    Entry("宣传教育", "campaigns", "speakerphone"),
    Entry("信用修复与异议", "rights", "scale"),
)
# Visitors meet the citizen's door in the same place where citizens find their page.
VISITOR = (Entry("我的信息", "sign-in-citizen", "user-circle"),)
CITIZEN = (
    Entry("我的信息", "me", "user-circle"),
    Entry("谁看过", "me-looks", "eye"),
    Entry("提供给了谁", "me-disclosures", "send"),
    Entry("我的荣誉", "me-honours", "award"),
    Entry("修复与办理", "me-cases", "refresh"),
    Entry("消息", "me-messages", "bell", count=messages.unread),
)
STAFF = (
    Entry("工作台", "desk", "home", "我的工作", lambda user: any(user.may_anywhere(verb) for verb in DESK_VERBS)),
    Entry(
        "日程", "calendar", "calendar-due", "我的工作", lambda user: any(user.may_anywhere(verb) for verb in DESK_VERBS)
    ),
    Entry("待复核", "record-queue", "inbox", "我的工作", _may("review_record", "assign_review")),
    Entry("自查更正", "amendment-list", "edit", "我的工作", _may("submit_record", "review_record")),
    Entry("异议申诉", "objection-list", "message-report", "我的工作", _may("answer_objection")),
    Entry("原决定变更、撤销", "undoing-list", "history", "我的工作", _may(*RECORD_VERBS)),
    Entry("信用修复", "repair-list", "refresh", "我的工作", _may("handle_repair", "decide_repair")),
    Entry("依法调取", "request-list", "gavel", "我的工作", _may("handle_request", "approve_request")),
    Entry("身份核定", "identity-list", "users", "我的工作", _may("check_identity", "supervise")),
    Entry("窗口核对身份", "counter", "user-search", "我的工作", _may("check_identity")),
    Entry("休假委托", "delegations", "calendar", "我的工作", lambda user: not user.officer),
    Entry("接口密钥", "service-keys", "lock", "系统", lambda user: user.officer in {"system", "security"}),
    Entry("动态口令管理", "second-factors", "device-mobile", "系统", lambda user: user.officer == "security"),
    Entry("异常查询", "odd-look-list", "eye", "审计", lambda user: user.officer == "audit"),
    Entry("查询与说明", "look-desk", "eye", "我的工作", _may(*LOOK_VERBS)),
    Entry("单条录入", "record-new", "edit", "信息报送", _may("submit_record")),
    Entry("批量导入", "import-list", "table-import", "信息报送", _may("submit_record", "review_record")),
    Entry("报送记录", "record-list", "database", "信息报送", _may("submit_record", "review_record")),
    Entry("导出", "export-list", "file-download", "信息报送", _may("export_records", "approve_export")),
    Entry("到期与撤下", "ends", "calendar-due", "信息报送", _may("view_records", "legal_review", "supervise")),
    Entry("开启封存件", "opening-list", "lock", "名单与措施", _may("legal_review", "decide_listing")),
    Entry("本期无新增", "no-news", "calendar-due", "信息报送", _may("submit_record")),
    Entry("数据质量看板", "quality", "chart-bar", "信息报送", _may("supervise", "view_records")),
    Entry("信用核查", "check-list", "user-search", "名单与措施", _may("check_applicants", "approve_check")),
    Entry("事先告知", "prior-notice-list", "ear", "名单与措施", _may("check_applicants", "approve_check")),
    Entry("名单程序", "listing-list", "gavel", "名单与措施", _may("view_listings")),
    Entry("应用事项和办件", "matter-desk", "building-bank", "应用事项", _may(*MATTER_VERBS)),
    Entry("办件", "case-list", "list-details", "应用事项", _may("register_case", "check_applicants", "approve_check")),
    Entry("共享授权", "sharing-list", "send", "应用事项", _may(*SHARING_VERBS)),
    Entry(
        "名单登记与移出",
        "registration-list",
        "clipboard-check",
        "名单与措施",
        _may("propose_listing", "decide_listing"),
    ),
    Entry("荣誉推荐", "honour-list", "award", "名单与措施", _may(*HONOUR_VERBS)),
    Entry("激励兑现", "benefit-list", "circle-check", "名单与措施", _may("report_measure")),
    Entry("激励兑现", "supervision-benefits", "circle-check", "督导", _may("supervise")),
    Entry("措施落实", "measure-list", "list-check", "名单与措施", _may("report_measure")),
    Entry("宣传活动", "campaign-list", "speakerphone", "宣传教育", _may("plan_campaign", "supervise")),
    Entry("平台退回", "feed-returned", "truck-delivery", "推送", _may("submit_record")),
    Entry("推送与回执", "feeds", "truck-delivery", "推送", _may("operate_feeds", "supervise")),
    Entry("上级平台查询", "inbound-sources", "building-bank", "推送", _may("operate_feeds", "supervise")),
    Entry("任务总览", "supervision", "traffic-lights", "督导", _may("supervise")),
    Entry("任务清单", "supervision-tasks", "list-details", "督导", _may("supervise")),
    Entry("原决定变更、撤销", "supervision-undoings", "history", "督导", _may("supervise")),
    Entry("措施解除", "supervision-measures", "list-check", "督导", _may("supervise")),
    Entry("方案对照", "supervision-clauses", "list-check", "督导", _may("supervise")),
    Entry("影响评估", "assessment-list", "clipboard-check", "个人信息保护", _protects),
    Entry("受托人", "contractor-list", "users", "个人信息保护", _protects),
    Entry("安全事件", "incident-list", "alert-triangle", "个人信息保护", _protects),
    Entry("对外提供登记", "disclosures", "send", "个人信息保护", _protects),
    Entry("存证封存", "supervision-evidence", "shield-lock", "系统", _may("supervise")),
    Entry("事件", "evidence", "list-details", "审计", _officer("audit")),
    Entry("查询记录", "evidence-looks", "eye", "审计", _officer("audit")),
    Entry("封存与核验", "evidence-seals", "shield-lock", "审计", _officer("audit")),
    Entry("规则与目录", "rules", "scale", "系统", _may("supervise")),
    Entry("规则确认", "rule-change-list", "gavel", "规则", _may("legal_review", "supervise")),
    Entry("依据失效", "lapse-list", "scale", "规则", _may("legal_review", "review_record")),
    Entry("上线前确认清单", "rule-checklist", "clipboard-check", "规则", _may("legal_review", "supervise")),
    Entry("人员", "people", "users", "系统", lambda user: bool(user.officer)),
    Entry(
        "部门",
        "departments",
        "building-bank",
        "系统",
        lambda user: bool(user.officer) or user.may_anywhere("supervise"),
    ),
    Entry("权限清单", "duty-review", "clipboard-check", "系统", lambda user: user.officer in {"security", "audit"}),
    Entry("目录事项查询", "catalogue", "book", "参考"),
    Entry("政务应用目录", "matters", "building-bank", "参考"),
    Entry("规则", "rule-kinds", "scale", "参考"),
    Entry("措施清单", "measures", "list-details", "参考"),
)


@cache
def _address(name: str, urlconf: str, prefix: str) -> str:
    try:
        return reverse(name, urlconf)
    except NoReverseMatch:
        return ""


def _url(name: str) -> str:
    # sixty addresses a page, which only another tree of pages would change
    return _address(name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


def _items(entries: Iterable[Entry], path: str, user: User | None) -> list[tuple[str, Item]]:
    """Group and item of every entry whose page exists; the longest address that leads to `path` is the current one."""
    there = [(entry, url) for entry in entries if (url := _url(entry.name))]
    here = max((url for _, url in there if path == url or (url != "/" and path.startswith(url))), key=len, default="")
    names = [entry.name for entry, _ in there if entry.name in waiting.WAITS]
    waits = waiting.counts(user, names) if user and names else {}
    return [
        (
            entry.group,
            Item(
                label=entry.label,
                url=url,
                icon=entry.icon,
                current=url == here,
                count=entry.count(user) if entry.count and user else waits.get(entry.name),
            ),
        )
        for entry, url in there
    ]


def top(request: HttpRequest) -> list[Item]:
    """主导航: the public and citizen pages across the top of the site."""
    user = request.user
    if not user.is_authenticated:
        return [item for _, item in _items(PUBLIC + VISITOR, request.path, None)]
    entries = CITIZEN + PUBLIC if user.face == "citizen" else PUBLIC
    return [item for _, item in _items(entries, request.path, user)]


_made: WeakKeyDictionary[HttpRequest, list[tuple[str, list[Item]]]] = WeakKeyDictionary()


def groups(request: HttpRequest) -> list[tuple[str, list[Item]]]:
    """左侧菜单: headings with their items, in the order of the table; for staff only. Made once for a page."""
    if request not in _made:
        _made[request] = _groups(request)
    return _made[request]


def _groups(request: HttpRequest) -> list[tuple[str, list[Item]]]:
    user = request.user
    if not user.is_authenticated or user.face != "staff":
        return []
    grouped: dict[str, list[Item]] = {}
    for group, item in _items([entry for entry in STAFF if entry.test(user)], request.path, user):
        grouped.setdefault(group, []).append(item)
    return list(grouped.items())


def door(user: User) -> str:
    """自己的首页: where signing in leads, so that the mark on every page leads there too; else the first room, or the
    public home page."""
    if user.face == "staff" and (own := landing(user)) != _url("home"):
        return own
    mine = CITIZEN if user.face == "citizen" else STAFF
    return next((url for one in mine if one.test(user) and (url := _url(one.name))), _url("home"))
