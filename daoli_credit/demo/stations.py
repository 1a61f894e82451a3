"""各站: where each part of the story is seen, and as whom. A station whose page does not exist is left out."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from daoli_credit.accounts.cast import CAST

DOORS = {"/desk/": "sign-in", "/account/": "sign-in", "/supervision/": "sign-in", "/me/": "sign-in-citizen"}


@dataclass(frozen=True)
class Station:
    """一站: `links` are (caption, address); `people` are (name, who they are)."""

    title: str
    says: str
    people: list[tuple[str, str]]
    links: list[tuple[str, str]]


@dataclass(frozen=True)
class Stop:
    """How a station is written down: cast by username, pages by url name."""

    title: str
    says: str
    who: tuple[str, ...]
    pages: tuple[tuple[str, str], ...]


STOPS = (
    Stop(
        "一张表",
        "经办把一张五百多行的处罚表交上来：错的行按原因归组，不是个人的另列，重复的认得出；另一人逐件复核，记录才生效，两份告知书同日发给本人。",
        ("zhaomin", "sunjianguo"),
        (("批量导入", "import-list"), ("待复核", "record-queue")),
    ),
    Stop(
        "一道门",
        "列入案件的下一步锁着：到哪一天、依据哪一条，写在门上。当事人可以提前说完，工作人员不能替他说。",
        ("xuwenjing", "gaoyuan", "dengguodong", "guchanglin"),
        (("名单程序", "listing-list"),),
    ),
    Stop(
        "送到两地",
        "能推送的才推送，签了名，等回执；拔掉一头，看得见它在等；插回去，补上。说得出哪一条是谁拦下的。",
        ("zhouhang", "zhaomin"),
        (("推送与回执", "feeds"), ("平台退回", "feed-returned")),
    ),
    Stop(
        "她看得见",
        "本人登录，看到每一条信息、谁录入的、谁看过、为什么看、谁那里还有一份。",
        ("linxiuyun", "linxiuyun2"),
        (("我的信息", "me"), ("谁看过", "me-looks")),
    ),
    Stop(
        "说错了就改",
        "本人逐项指出哪里不对，这一条当即标注，收录方也看得到；录入的人不能答复；成立的当即更正，逾期没有答复的自动暂停提供。",
        ("linxiuyun", "sunjianguo"),
        (("我的信息", "me"), ("异议申诉", "objection-list")),
    ),
    Stop(
        "自己查出来的也改",
        "本单位自己发现有误，一人提出，写明文书和理由，另一人同意，当即更正并告知本人；退回写明原因，再报时逐项看到改了什么；看板数的是周，不是条数。",
        ("zhaomin", "sunjianguo"),
        (("自查更正", "amendment-list"), ("待复核", "record-queue"), ("数据质量看板", "quality")),
    ),
    Stop(
        "认人不靠猜",
        "号码和姓名不符的交给人核对；两个号码是不是一个人、谁不再是信用主体，一人凭材料提出，另一人核定，认错了能一件不差地撤销。",
        ("zhaomin", "tianli", "hezhiyuan"),
        (("单条录入", "record-new"), ("身份核定", "identity-list")),
    ),
    Stop(
        "修好就撤",
        "到了日子，本人申请修复，部门决定；这里当日停止，两个平台先撤、再确认，事情才算办完；公示过的旧网址从此回答“已不在”。",
        ("fangxiaoyan", "hemei", "luojian"),
        (("我的办理", "me-cases"), ("信用修复", "repair-list")),
    ),
    Stop(
        "红的一面",
        "推荐只写文件，不写人；林秀云凭邀请信自己同意，荣誉带来真的便利，收到没有由她说，一次点击就全部收回。没有荣誉的人照常办理。",
        ("tangyue", "jiangbo", "shenjun", "linxiuyun"),
        (("荣誉推荐", "honour-list"), ("我的荣誉", "me-honours"), ("守信激励", "honours")),
    ),
    Stop(
        "宣传日历",
        "方案的宣传节点一年一张表，办了什么一次报清；“本期无活动”点一下，也算按时。",
        ("maxiaoyu",),
        (("宣传活动", "campaign-list"), ("公众看到的", "campaigns")),
    ),
    Stop(
        "三员各办一半",
        "一人开通账号，另一人授予角色，第三人看权限清单；谁也没有业务职责。离岗的人同一分钟失去一切，开着的网页也打不开。",
        ("mengfan", "jianglan", "qinfeng"),
        (("人员", "people"), ("部门", "departments"), ("权限清单", "duty-review")),
    ),
    Stop(
        "几扇门",
        "工作人员可以加一道动态口令，也可以关联本单位的统一身份认证；市民带证件到窗口，拿一封激活信；部门的系统用两个人批出来的密钥。",
        ("zhaomin", "tianli", "mengfan", "jianglan"),
        (("我的账号", "account"), ("窗口核对身份", "counter"), ("接口密钥", "service-keys")),
    ),
    Stop(
        "规则也要两个人",
        "一条规则由法制审核人员附上条文提出、第二人对照同意，才能据以办不利的事；暂停的当即停下，被拒的人看得到怎样恢复。",
        ("yuanzheng", "hezhiyuan"),
        (("规则", "rule-kinds"), ("规则确认", "rule-change-list"), ("上线前确认清单", "rule-checklist")),
    ),
    Stop(
        "看板自己填",
        "十六项任务、当天的数字，都从办过的事里算出来，每个数字点得开；没有一个数字随不利记录增加。",
        ("hezhiyuan",),
        (("任务总览", "supervision"), ("方案对照", "supervision-clauses"), ("存证封存", "supervision-evidence")),
    ),
    Stop(
        "对得上账",
        "谁办了什么、谁看过人，一条不少；审计管理员查得到、导得出，一条证明拿到外面也核得过，却看不到任何当事人。",
        ("qinfeng",),
        (("事件", "evidence"), ("查询记录", "evidence-looks"), ("封存与核验", "evidence-seals")),
    ),
)


def stations() -> list[Station]:
    """故事的各站, in order."""
    known = {one.username: (one.display_name, one.about) for one in CAST}
    found = []
    for stop in STOPS:
        links = [(caption, address) for caption, name in stop.pages if (address := _address(name))]
        if links:
            found.append(Station(stop.title, stop.says, [known[who] for who in stop.who], links))
    return found


def _address(name: str) -> str:
    """Through the door where one becomes the person of the station; a public page needs no door."""
    try:
        there = reverse(name)
    except NoReverseMatch:
        return ""
    for beginning, door in DOORS.items():
        if there.startswith(beginning):
            return f"{reverse(door)}?{urlencode({'next': there})}"
    return there
