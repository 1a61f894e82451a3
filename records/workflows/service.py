"""登记送达: the decision reached the person, how and when (行政处罚法 61). What waited for it goes out by itself."""

from datetime import date

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, Step, department, taking
from records.models import Attachment, CreditRecord
from records.models.record import S, Service

STEPS = {
    "serve": Step("record.served", "登记送达", frozenset({S.EFFECTIVE}), S.EFFECTIVE, department("submit_record")),
}


def may_register(record: CreditRecord, *, how: str, when: date) -> None:
    """可否这样登记: the form asks before the act, the act asks again. Raises RuleBroken in words."""
    if how not in Service.values or not how:
        raise RuleBroken("请选择送达方式")
    if when < record.determined_on:
        raise RuleBroken(f"送达日期不能早于认定日期 {record.determined_on}")
    if when > clock.today():
        raise RuleBroken(f"{when} 还没有到，送达以后再登记")


def register(
    *, record_id: int, how: str, when: date, actor: User, seen: int, confirmation: Attachment | None = None
) -> CreditRecord:
    """登记送达. Once; not before the determination, not in the future; electronically only with what was signed.

    Raises RuleBroken in words, AlreadyDone when the same was registered before.
    """
    with taking(STEPS["serve"], CreditRecord, record_id, actor=actor, seen=seen) as record:
        if record.served_on is not None:
            if (record.service, record.served_on) == (how, when):
                raise AlreadyDone("送达已经登记好了")
            raise RuleBroken(f"已登记 {record.served_on} {record.get_service_display()}，不能改写")
        may_register(record, how=how, when=when)
        if how == Service.ELECTRONIC:
            _keep(confirmation, record)
        record.service, record.served_on = how, when
    return record


def _keep(confirmation: Attachment | None, record: CreditRecord) -> None:
    """电子送达确认书, kept with the record before the database sees that it was served electronically."""
    if confirmation is None:
        raise RuleBroken("电子送达要有本人签过的确认书，请附上扫描件；没有的，请用别的方式送达")
    if record.attachments.filter(digest=confirmation.digest).exists():
        raise RuleBroken("这个文件已经作为别的附件加过；请附上确认书本身的扫描件")
    confirmation.record = record
    confirmation.save()
