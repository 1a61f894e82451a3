"""造导出: by the true acts only."""

from typing import Any

from daoli_credit.accounts.models import User
from records.models import ExportRequest
from records.rules import exportable
from records.workflows import exporting as acts
from tests.cast import Cast

FACTS: dict[str, Any] = {
    "record_status": "",
    "purpose": exportable.PURPOSES[0],
    "case_number": "哈里市监内〔2026〕12号",
    "full_identity": False,
    "form": "csv",
}


def asked(cast: Cast, *, by: User | None = None, **facts: Any) -> ExportRequest:
    """Asked for by 赵敏 of market regulation."""
    return acts.ask(department=cast.market, actor=by or cast.clerk, **{**FACTS, **facts})


def made(cast: Cast, **facts: Any) -> ExportRequest:
    """Made, ready to be fetched; agreed to by 孙建国 where a second person is needed."""
    export = asked(cast, **facts)
    if export.status == "waiting":
        acts.approve(export_id=export.pk, actor=cast.reviewer, seen=export.revision)
    return acts.make(export_id=export.pk, actor=User.objects.system())
