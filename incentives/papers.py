"""列入案件的文书: notice, decision and what follows them, as sheets of records.papers."""

from daoli_credit.accounts.models import Message
from incentives.models import Listing, PreAdverseNotice
from incentives.models.pre_adverse_status import MATTER as PRIOR_NOTICE
from incentives.models.status import MATTER
from records.papers import Source, register


def _number(listing: Listing, message: Message) -> str:
    numbers = {
        "拟列入告知书": listing.notice_number,
        "列入决定书": listing.decision_number,
        "撤销列入决定通知": listing.revocation_number,
    }
    return numbers.get(message.title, "")


register(
    "listing",
    Source(
        rows=lambda: Listing.objects.select_related("department", "subject"),
        visible=lambda user: Listing.objects.visible_to(user).select_related("department", "subject"),
        key="pk",
        matter=MATTER,
        subject=lambda row: row.subject,
        document_number=_number,
        serves=("propose_listing",),
        whole_number=True,
    ),
)


def _notice_number(notice: PreAdverseNotice, message: Message) -> str:
    return {notice.notice_message_id: notice.notice_number, notice.decision_message_id: notice.decision_number}.get(
        message.pk, ""
    )


register(
    "preadversenotice",
    Source(
        rows=lambda: PreAdverseNotice.objects.select_related("department", "subject"),
        visible=lambda user: PreAdverseNotice.objects.readable_by(user).select_related("department", "subject"),
        key="pk",
        matter=PRIOR_NOTICE,
        subject=lambda row: row.subject,
        document_number=_notice_number,
        serves=("check_applicants",),
        whole_number=True,
    ),
)
