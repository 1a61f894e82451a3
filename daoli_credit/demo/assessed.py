"""演示的影响评估: each feed, each list type that a body of the district decides, and one contractor, by two people."""

from datetime import timedelta

from daoli_credit.accounts import assessing, entrusting
from daoli_credit.accounts.models import Department, ImpactAssessment, User
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.law import clock, pack
from daoli_credit.supervision.models import Incident
from daoli_credit.supervision.models.incident import Kind, Level
from daoli_credit.supervision.workflows import incident

BEFORE = timedelta(days=430)  # older than anything of the demo that rests on it
FEEDS = {"hlj": "信用中国（黑龙江）", "hrb": "信用中国（黑龙江哈尔滨）"}
CONTRACTOR = "server-room"


def content(purpose: str, method: str) -> assessing.Content:
    """评估的内容, invented for the demonstration."""
    return assessing.Content(
        purpose=purpose,
        method=method,
        data_kinds="姓名、证件号码、决定书内容；不含住址、电话、亲属、健康和生物识别信息",
        necessity="有法律依据和法定职责；只处理目录列明的栏目，没有更少的办法能达到同一目的",
        effect="不当公开或者超期留存会影响就业和名誉；冒名和错配会伤及无关的人",
        measures="证件号码加密保存，查看要事由并记入“谁看过”；到期当日撤下；签名传送，逐条回执和对账；异议先标注",
        conclusion="风险可控，可以启用；目的或者方式变化时重新评估",
        valid_until=clock.today() + timedelta(days=1090),
    )


def agree(kind: Subject, code: str, title: str, what: assessing.Content) -> ImpactAssessment:
    """起草、提交，由另一人审定."""
    office = Department.objects.get(code="credit-office")
    drafter, approver = User.objects.get(username="chenli"), User.objects.get(username="hezhiyuan")
    made = assessing.draft(body=office, kind=kind, code=code, title=title, what=what, actor=drafter)
    assessing.submit(assessment_id=made.pk, actor=drafter)
    return assessing.approve(assessment_id=made.pk, actor=approver)


def a_feed(code: str) -> ImpactAssessment:
    """一个推送平台的评估."""
    what = content("向信用平台报送依法应当共享的信用记录", "逐条签名传送，对方回执确认；终止后撤回")
    return agree(Subject.FEED, code, FEEDS[code], what)


def a_list_type(code: str, title: str) -> ImpactAssessment:
    """一种名单的评估."""
    what = content(
        f"依法办理{title}的列入、移出", "由列入机关逐人决定，告知、申辩、法制审核以后才生效；不以自动化方式作出"
    )
    return agree(Subject.LIST_TYPE, code, title, what)


def a_matter(code: str, title: str) -> ImpactAssessment:
    """一个应用事项的评估."""
    what = content(
        f"办理{title}时核对当事人依法应当核对的信用信息",
        "只凭办件编号、对当事人本人查询；只显示事项列明的栏目，逐次记录",
    )
    return agree(Subject.MATTER, code, title, what)


def an_inbound_source(code: str) -> ImpactAssessment:
    """一个上级平台查询的评估."""
    what = content(
        "核查当时向上级平台查询法院、税务和其他地方的名单",
        "只在办件中、对当事人本人查询；只问本事项可以看的名单；签名提问、验签核对；答复只随核查留存，不入库、不推送",
    )
    return agree(Subject.INBOUND, code, f"{FEEDS[code]}：名单查询", what)


def _contractor() -> None:
    office = Department.objects.get(code="credit-office")
    drafter, approver = User.objects.get(username="chenli"), User.objects.get(username="hezhiyuan")
    terms = entrusting.Terms(
        name="政务云运维（演示）",
        purpose="服务器和网络的日常维护",
        method="只接触加密后的数据，没有密钥，不导出",
        data_kinds="加密后的全部数据",
        measures="专线、双人到场、操作录屏；不得转委托；终止后交回或者删除",
        supervision="每季度检查一次操作记录",
        starts_on=clock.today(),
        ends_on=clock.today() + timedelta(days=900),
    )
    made = entrusting.register(body=office, code=CONTRACTOR, what=terms, actor=drafter)
    agree(Subject.CONTRACTOR, CONTRACTOR, made.name, content("委托维护服务器", "受托人只维护设备，不处理内容"))
    entrusting.activate(contractor_id=made.pk, actor=approver)


def _waiting() -> None:
    """One that waits for the second person, and a contractor that waits for it."""
    office, drafter = Department.objects.get(code="credit-office"), User.objects.get(username="chenli")
    terms = entrusting.Terms(
        name="文书打印服务（演示）",
        purpose="打印和邮寄告知书",
        method="逐件加密传送，打印后即删",
        data_kinds="姓名、文书内容；不含证件号码全号",
        measures="专人专机，不留底稿；不得转委托",
        supervision="每月抽查",
        starts_on=clock.today(),
        ends_on=clock.today() + timedelta(days=365),
    )
    made = entrusting.register(body=office, code="letters", what=terms, actor=drafter)
    what = content("委托打印和邮寄告知书", "逐件传送，打印后即删")
    one = assessing.draft(
        body=office, kind=Subject.CONTRACTOR, code=made.code, title=made.name, what=what, actor=drafter
    )
    assessing.submit(assessment_id=one.pk, actor=drafter)


def tell() -> int:
    """讲故事. Returns how many assessments there are."""
    today = clock.today()
    with clock.at(today - BEFORE):
        for code in FEEDS:
            a_feed(code)
            an_inbound_source(code)
        for kind in pack.current().lists.values():
            if kind.decider_department:
                a_list_type(kind.code, kind.title)
        _contractor()
    with clock.at(today - timedelta(days=3)):
        _waiting()
    return ImpactAssessment.objects.count()


def incidents() -> int:
    """一起办结的事件, and one that is being reported: the clock runs. Returns how many there are."""
    office = Department.objects.get(code="credit-office")
    handler, closer = User.objects.get(username="chenli"), User.objects.get(username="hezhiyuan")
    with clock.at(clock.today() - timedelta(days=40)):
        finding = incident.Finding(
            kind=Kind.LOSS,
            found_at=clock.now() - timedelta(hours=2),
            what="一台停用的终端在报废清点时少了一块硬盘（演示）",
            data_kinds="告知书的排版缓存，已加密",
            people=0,
        )
        old = incident.open_one(body=office, what=finding, actor=handler)
        judged = incident.Judgement(
            level=Level.GENERAL, harm="硬盘已加密，没有密钥读不出内容", remedy="当日找回并销毁；停用终端先拆盘再入库"
        )
        incident.assess(incident_id=old.pk, what=judged, actor=handler)
        told = incident.Telling(
            told_authority_at=clock.now(),
            authority="区网信办（演示）",
            not_told_because="硬盘全盘加密且已找回，补救措施有效避免了危害",
        )
        incident.report(incident_id=old.pk, what=told, actor=handler)
        incident.close(incident_id=old.pk, actor=closer, opinion="报废流程改为先拆盘、双人清点、当日销毁。")
    finding = incident.Finding(
        kind=Kind.MISUSE,
        found_at=clock.now() - timedelta(hours=1),
        what="抽查发现一次查看与办件号对不上（演示）",
        data_kinds="遮盖后的姓名、一条记录的内容",
        people=1,
    )
    incident.open_one(body=office, what=finding, actor=handler)
    return Incident.objects.count()
