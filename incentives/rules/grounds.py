"""依据还站不站得住: a listing that rests on a record of this register falls with it."""

from datetime import date

from records import contests
from records.models import CreditRecord
from records.models.record import S


def refusal(record: CreditRecord | None, *, on: date) -> str:
    """不能据此列入的理由, or "". A document that this register does not know is judged by the people alone."""
    why_not = _weakness(record, on) if record is not None else ""
    return f"依据的文书 {record.document_number}（{record.number}）{why_not}" if record and why_not else ""


def _weakness(record: CreditRecord, on: date) -> str:
    weak = {
        "已经终止，不能据此列入": record.status in {S.EFFECTIVE, S.ENDED} and not record.is_in_force(on),
        "还没有生效，不能据此列入；生效以后再办": record.status not in {S.EFFECTIVE, S.ENDED},
        "的原决定已被变更或者撤销，不能据此列入": contests.undoing(record) is not None,
        "正在异议核实，办结以前不能据此列入": record.disputed_on is not None,
        "正在行政复议或者诉讼，有结果以前不能据此列入": record.contested_on is not None,
    }
    return next((why for why, so in weak.items() if so), "")
