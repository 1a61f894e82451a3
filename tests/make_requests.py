"""造依法调取: by the true acts; a court of this district asks market regulation, unless it says otherwise."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from daoli_credit.accounts import roles
from daoli_credit.accounts.models import Department, User
from daoli_credit.law import clock
from records import sealed_requests
from records.identity import Identity
from records.models import LawfulRequest
from records.workflows import giving, requesting
from records.workflows.requesting import Asked
from tests.cast import Cast, identity

SCAN = b"%PDF-1.4\n% the court's document\n"


def facts(**changes: Any) -> Asked:
    """What the court's document says."""
    today = clock.today()
    asked = Asked(
        body="court",
        body_name="哈尔滨市道里区人民法院（示例）",
        contact="曹承办",
        channel="in-person",
        officers=2,
        document_number="（2026）黑0102民初1188号调取证据函",
        document_on=today,
        received_on=today,
        answer_by=today + timedelta(days=10),
        article="civil-procedure-law#70",
        case_number="（2026）黑0102民初1188号",
        items=["penalty-food"],
        period_from=today - timedelta(days=365),
        period_to=today,
    )
    return replace(asked, **changes)


def head_of_market(cast: Cast) -> User:
    """邓国栋 signs for market regulation too."""
    roles.grant(cast.decider, cast.market, "decider")
    return cast.decider


def asked(
    cast: Cast,
    *,
    who: Identity | None = None,
    department: Department | None = None,
    by: User | None = None,
    scan: bytes = SCAN,
    **changes: Any,
) -> LawfulRequest:
    """Registered by 赵敏, waiting for the signature."""
    return requesting.ask(
        body=department or cast.market,
        asked=facts(**changes),
        who=who or identity("linxiuyun"),
        document=sealed_requests.document(scan),
        actor=by or cast.clerk,
    )


def approved(cast: Cast, **changes: Any) -> LawfulRequest:
    """Signed by 邓国栋."""
    one = asked(cast, **changes)
    return requesting.approve(request_id=one.pk, actor=head_of_market(cast), seen=one.revision)


def extracted(cast: Cast, **changes: Any) -> LawfulRequest:
    """Extracted by 赵敏."""
    one = approved(cast, **changes)
    return giving.extract(request_id=one.pk, actor=cast.clerk, seen=one.revision)


def handed(cast: Cast, **changes: Any) -> LawfulRequest:
    """Handed over by 赵敏."""
    one = extracted(cast, **changes)
    return giving.hand_over(request_id=one.pk, actor=cast.clerk, receipt="送达回证第9号", seen=one.revision)
