"""记录的内容: what was checked is written into a record, with the ends that follow and the person it is about."""

from django.db import IntegrityError

from daoli_credit.law import ends, pack
from daoli_credit.workflow import RuleBroken
from records import identity
from records.models import CreditRecord, Subject
from records.rules.intake import Checked

LEFT = "区信用办已核定，这个人不再是信用主体，记录不收、不生效；认为核定有误的，请联系区信用办"


def fill(record: CreditRecord, checked: Checked) -> None:
    """写入内容: what was checked, and the three ends that follow from it (三个期限, from the pack)."""
    edition = pack.current()
    item = edition.item(checked.item)
    computed = ends.compute(
        item,
        checked.severity or None,
        determined_on=checked.determined_on,
        conduct_on=checked.conduct_on,
        term_end=checked.term_end,
    )
    record.document_number = checked.document_number
    record.determined_on = checked.determined_on
    record.conduct_on = checked.conduct_on
    record.content = checked.content
    record.remarks = list(checked.remarks)
    record.content_digest = checked.digest()
    record.severity = checked.severity
    record.severity_basis = checked.severity_basis
    record.service = checked.service
    record.served_on = checked.served_on
    record.edition = edition.edition
    record.public_until = computed.public_until
    record.use_until = computed.use_until
    record.keep_until = computed.keep_until
    record.repair_from = computed.repair_from
    record.reasons = dict(computed.reasons)


def subject_of(checked: Checked) -> Subject:
    """信用主体 of what was checked, made when it is new.

    Raises RuleBroken when the number is known under another name, and for somebody who has left (不再是信用主体).
    """
    try:
        subject = identity.of(checked.identity)
    except identity.OtherName as why:
        raise RuleBroken(f"{why}。请核对证件；确属更名或者登记有误的，点“交区信用办核对”，由人核对") from why
    if subject.left_on is not None:
        raise RuleBroken(LEFT)
    return subject


def conflict(why: IntegrityError) -> str:
    """数据库的拒绝: what it refused about a record, in words that say what to do."""
    text = str(why)
    if "one_record_per_document_person_and_day" in text:
        return "这份文书对这个人的记录已经录入过，不能重复；请在报送记录里查看"
    if "a_record_comes_from_a_provider_of_its_item" in text:
        return "本部门不是这个目录事项的归集单位，不能报送"
    return "数据库拒绝了这条记录：日期先后或者必填内容不符合约束，请核对"
