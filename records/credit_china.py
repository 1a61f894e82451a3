"""“信用中国”的修复材料: the package for the application there, filled in from the record, as one PDF to take along."""

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock, pack
from daoli_credit.paper.sheet import Sheet
from records import identity
from records.models import CreditRecord, Repair
from records.rules.repair_clocks import Clock
from records.rules.repair_clocks import clock as limit
from records.rules.repairable import CREDIT_CHINA, PROMISE

TITLE = "信用修复申请材料"
TOTAL = "repair-total"


def package(record: CreditRecord, because: LookUp) -> Sheet:
    """申请表和信用承诺书: what the website asks for; signature and day are left to the person. Raises NotThisPerson."""
    who = identity.reveal(record.subject, because=because)
    item, today = pack.current().item(record.item_id), clock.today()
    facts = [
        f"    信息名称：{item.title}",
        f"    认定单位：{record.department.name}",
        f"    文书号：{record.document_number}",
        f"    认定日期：{record.determined_on:%Y-%m-%d}",
    ]
    if record.severity:
        facts.append(f"    失信行为分类：{record.get_severity_display()}（{record.severity_basis}）")
    if record.public_until:
        facts.append(f"    公示至：{record.public_until:%Y-%m-%d}")
    text = "\n".join(
        [
            TITLE,
            "",
            f"在“信用中国”网站（{CREDIT_CHINA}）申请用。申请不收取任何费用，不要委托收费的中介。",
            "",
            "一、申请人和要修复的信息",
            f"    申请人：{who.name}（{who.id_type} {who.id_number}）",
            *facts,
            "",
            "二、信用承诺书",
            f"    {PROMISE}",
            "",
            "    承诺人（签名）：＿＿＿＿＿＿＿＿",
            "    日期：＿＿＿＿年＿＿月＿＿日",
            "",
            "三、申请以后",
            "    把“信用中国”给的受理编号填在本系统的修复件里，两边的期限一起记。",
            "",
            f"制作日期：{today:%Y-%m-%d}",
        ]
    )
    return Sheet(
        title=TITLE,
        text=text + "\n",
        number=record.number,
        warning="演示规则，不作依据" if pack.current().demo else "",
    )


def their_clock(repair: Repair) -> Clock | None:
    """“信用中国”的期限, beside ours; None before it is applied for there."""
    if repair.credit_china_on is None or not repair.credit_china_number:
        return None
    return limit(TOTAL, "“信用中国”最晚反馈结果", repair.credit_china_on)


def own(user: User, number: str) -> CreditRecord | None:
    """本人在效、公示的一条."""
    found = CreditRecord.objects.about(user.person_keys()).in_force(on=clock.today())
    return found.filter(number=number, public_until__isnull=False).select_related("department", "subject").first()
