"""后果: what follows from a record, in words, computed and never typed. Also of one that is not saved yet."""

from dataclasses import dataclass

from django.conf import settings

from daoli_credit.accounts.models.department import Kind
from daoli_credit.law import pack
from records import agreed, selectors
from records.models import CreditRecord

READERS = {
    "社会公开": "任何人凭公示网址可以打开；没有名单，不能按姓名查找",
    "授权查询": "本人，和本人授权的单位",
    "政务共享": "本人，和依法办理规定事项的部门：凭事项和办件编号查询，每次留痕，本人看得到",
    "不予公开": "本人，和认定部门",
}


@dataclass(frozen=True)
class Consequence:
    """一项后果: what, in words, and why."""

    title: str
    words: str
    why: str = ""


def of(record: CreditRecord) -> list[Consequence]:
    """这一条的后果: class, who sees it, until when, who will receive it, when it can be repaired, who is told."""
    item = pack.current().item(record.item_id)
    found = []
    if record.severity:
        found.append(Consequence("分类", f"{record.get_severity_display()}失信行为", record.severity_basis))
    found.append(Consequence("谁能看到", f"{item.disclosure}：{READERS.get(item.disclosure, '')}".rstrip("：")))
    found += [Consequence(title, words, why) for title, words, why in selectors.ends(record)]
    found += [_receivers(record), _told(record, adverse=item.sign == "adverse")]
    return found


def _receivers(record: CreditRecord) -> Consequence:
    rules = pack.current()
    stopped = list(rules.push_refusals(rules.item(record.item_id)))
    if record.department.kind == Kind.VERTICAL:
        stopped.append(f"{record.department.name}是垂直管理单位，由它的系统报送")
    if stopped:
        return Consequence("谁会收到", "不推送给任何平台", "；".join(stopped))
    takers = [feed["title"] for code, feed in settings.FEEDS.items() if agreed.takes(code, record.item_id)]
    if settings.FEEDS and not takers:
        return Consequence("谁会收到", "不推送给任何平台", "；".join(one.words for one in agreed.stops(record)))
    platforms = "、".join(takers) or "已接通的信用平台（现在没有）"
    when = "生效后自动推送" if record.served_on else "生效并登记送达以后自动推送"
    # its own note may still say "确认依据后方可推送": it is confirmed now, and the basis is what counts
    basis = "、".join(str(one) for one in rules.item(record.item_id).may_push.citations)
    return Consequence("谁会收到", f"{platforms}：{when}", f"依据：{basis}" if basis else "")


def _told(record: CreditRecord, *, adverse: bool) -> Consequence:
    papers = "《信用信息记入告知书》和《信用修复告知书》" if adverse else "《信用信息记入告知书》"
    served = f"；决定书已于 {record.served_on} {record.get_service_display()}" if record.served_on else ""
    return Consequence("告知", f"生效当日把{papers}发给当事人{served}")
