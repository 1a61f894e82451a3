"""可否自查更正: what stands against a department's own correction of a record, and where to turn instead."""

from datetime import date

from records.models import CreditRecord
from records.models.objection import RUNNING

BY_LISTING = (
    "这条信息由列入决定产生，不能在这里更正或者撤回。列入有误的，请由审批人在“名单程序”里撤销列入决定；"
    "撤销的当日这条信息终止"
)


def refusal(record: CreditRecord, *, on: date) -> str:
    """不能更正的理由, or ""."""
    if not record.is_in_force(on):
        return "这条信息不在效；没有生效的，请退回修改，已经终止的不再更正"
    if record.item.by_listing:
        return BY_LISTING
    if record.objections.filter(status__in=RUNNING).exists():
        return "本人已经对这条信息提出异议，请在异议的答复里更正或者撤回"
    return ""
