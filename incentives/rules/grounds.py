"""依据还站不站得住: a listing that rests on a record of this register falls with it."""

from datetime import date

from records import contests
from records.models import CreditRecord
from records.models.record import S


def refusal(record: CreditRecord | None, *, on: date) -> str:
    """不能据此列入的理由, or "". A document that this register does not know is judged by the people alone."""
    if record is None:
        return ""
    what = f"依据的文书 {record.document_number}（{record.number}）"
    if record.status == S.ENDED or (record.status == S.EFFECTIVE and not record.is_in_force(on)):
        return f"{what}已经终止，不能据此列入"
    if record.status != S.EFFECTIVE:
        return f"{what}还没有生效，不能据此列入；生效以后再办"
    if contests.undoing(record) is not None:
        return f"{what}的原决定已被变更或者撤销，不能据此列入"
    if record.disputed_on is not None:
        return f"{what}正在异议核实，办结以前不能据此列入"
    if record.contested_on is not None:
        return f"{what}正在行政复议或者诉讼，有结果以前不能据此列入"
    return ""
