"""列入案件和荣誉推荐的文书: notice, decision and what follows them, as sheets of records.papers."""

from daoli_credit.accounts.models import Message
from incentives.models import EarlyExit, Listing, Nomination, PreAdverseNotice, Registration
from incentives.models.nomination_status import MATTER as HONOUR
from incentives.models.pre_adverse_status import MATTER as PRIOR_NOTICE
from incentives.models.status import MATTER
from incentives.workflows.honour_letters import ANNULLED, DECISION
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
register(
    "registration",
    Source(
        rows=lambda: Registration.objects.select_related("department", "subject"),
        visible=lambda user: Registration.objects.visible_to(user).select_related("department", "subject"),
        key="pk",
        matter=MATTER,
        subject=lambda row: row.subject,
        document_number=lambda row, message: row.cancel_number if message.title == "撤销名单登记通知" else "",
        serves=("propose_listing",),
        whole_number=True,
    ),
)
register(
    "earlyexit",
    Source(
        rows=lambda: EarlyExit.objects.select_related("department", "record__subject"),
        visible=lambda user: EarlyExit.objects.visible_to(user).select_related("department", "record__subject"),
        key="pk",
        matter=MATTER,
        subject=lambda row: row.record.subject,
        document_number=lambda row, message: row.decision_number,
        serves=("propose_listing",),
        whole_number=True,
    ),
)


def _honour_number(nomination: Nomination, message: Message) -> str:
    numbers = {DECISION: nomination.decision_number, ANNULLED: nomination.annulment_number}
    return numbers.get(message.title, "")


# without a person there is no sheet to address
KNOWN = Nomination.objects.filter(subject__isnull=False).select_related("department", "subject")
register(
    "nomination",
    Source(
        rows=KNOWN.all,
        visible=lambda user: (
            Nomination.objects.visible_to(user).filter(subject__isnull=False).select_related("department", "subject")
        ),
        key="pk",
        matter=HONOUR,
        subject=lambda row: row.subject,
        document_number=_honour_number,
        serves=("nominate_honour",),
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
