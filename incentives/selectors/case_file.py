"""案卷: everything of one listing case, in the order in which it is bound; because of a look-up."""

from collections.abc import Iterator

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.selectors import history
from daoli_credit.paper.bound import BoundFile, Part
from daoli_credit.workflow import noun
from incentives.models import Listing, ListingPaper
from incentives.models.status import S
from incentives.rules import as_record, route
from incentives.rules.steps import STEPS
from incentives.selectors import course, points
from incentives.selectors.points import PointLine
from records import file_parts, identity
from records.identity import NotThisPerson

_letter, _service = file_parts.letter, file_parts.service


def _course(listing: Listing) -> Part:
    lines: list[str] = []
    for stage in course.stages(listing):
        lines.append(f"{stage.title}：{stage.word}{f'，{stage.at}' if stage.at else ''}")
        lines += [f" {said}" for said in (stage.says, stage.limit) if said]
    return Part("程序与期限", "", lines)


def _grounds(listing: Listing) -> Part:
    kind = route.kind(listing)
    return Part(
        "列入事由和依据",
        listing.ground_document,
        [
            f"名单：{kind.title}",
            f"事由：{listing.reason}",
            f"依据：{listing.legal_ground}",
            *(f" {citation}" for citation in kind.citations),
            f"救济：{as_record.remedy(kind)}",
        ],
    )


def _between(listing: Listing) -> Iterator[Part]:
    """What was done between the answer and the decision, each where it was."""
    if listing.reviewed_on:
        yield Part("异议核实", "", [f"{listing.reviewed_on}：{listing.review_outcome}"])
    if listing.heard_on:
        yield Part("听证", "", [f"{listing.heard_on}：{listing.get_hearing_display()}", listing.hearing_note])
    if listing.legal_reviewed_on:
        who = f"{listing.legal_reviewed_by}，{listing.legal_reviewed_on}"
        answered = [line for one in points.lines(listing) for line in _answered(one)]
        yield Part("法制审核", "", [who, *(answered or ["没有收到陈述申辩"])])
    if listing.discussed_on:
        yield Part("集体讨论记录", listing.discussion_number, [f"{listing.discussed_on}"])
    if listing.higher_agreed_on:
        yield Part("上级同意", listing.higher_number, [f"{listing.higher_agreed_on}"])


def _answered(point: PointLine) -> list[str]:
    """一点意见和对它的回应."""
    return [f"{point.label}：{point.words}", f" 回应：{point.outcome}{'。' + point.reply if point.reply else ''}"]


def _parts(listing: Listing) -> Iterator[Part]:
    yield _grounds(listing)
    if hasattr(listing, "notice"):
        served = _service(listing.get_notice_service_display(), listing.notice_served_on, listing.notice_proof)
        one = listing.notice
        yield _letter("拟列入告知书", one.document_number, one.message, bytes(one.digest), served)
    for defence in listing.defences.select_related("message"):
        came = [
            f"途径：{defence.get_channel_display()}；交邮或者提交：{defence.posted_on}；收到：{defence.received_on}"
        ]
        yield _letter("陈述申辩", "", defence.message, bytes(defence.digest), came)
    yield from _between(listing)
    if hasattr(listing, "decision"):
        served = _service(listing.get_decision_service_display(), listing.decision_served_on, listing.decision_proof)
        made = listing.decision
        yield _letter("列入决定书", made.document_number, made.message, bytes(made.digest), served)
    if listing.dropped_on:
        yield Part("不予列入", "", [f"{listing.dropped_by}，{listing.dropped_on}", listing.dropped_why])
    if listing.revoked_on:
        yield Part("撤销列入决定", listing.revocation_number, [f"{listing.revoked_on}", listing.revoked_why])


def _originals(listing: Listing) -> Iterator[Part]:
    """卷宗原件: they lie sealed; here stands which there are, and their digests."""
    scans = ListingPaper.objects.of_case(listing).select_related("added_by")
    lines = []
    for one in scans:
        size = f"{one.get_format_display()}，{one.kilobytes} KB"
        lines.append(f"{one.get_of_display()}：{size}，{one.added_on} {one.added_by} 归卷")
        lines.append(f" 原件摘要（SHA-256）：{bytes(one.digest).hex()}")
    if lines:
        yield Part("卷宗原件清单", "", lines)


def index(listing: Listing) -> list[str]:
    """卷内目录的题名, for the page before it is printed."""
    return [part.title for part in (_course(listing), *_parts(listing), *_originals(listing))] + ["办理经过", "存证"]


def bound(listing: Listing, because: LookUp, *, by: User, whole: bool) -> BoundFile:
    """一卷. Whose case it is stands on the cover: whole when the look shows the identity, masked otherwise.

    Raises NotThisPerson when the look-up is about somebody else.
    """
    if bytes(because.person_key) not in listing.person_keys():
        raise NotThisPerson("查询记录与当事人不符")
    who = identity.reveal(listing.subject, because=because) if whole else identity.masked(listing.subject)
    events = list(history(noun(Listing), listing.pk))
    over = listing.dropped_on or listing.revoked_on or listing.effective_on
    return file_parts.file(
        "列入案件案卷",
        route.kind(listing).title,
        listing.number,
        [
            ("系统编号", listing.number),
            ("列入机关", listing.department.name),
            ("当事人", f"{who.name}（{who.id_type} {who.id_number}）"),
            ("立案", f"{listing.proposed_on}，{listing.proposed_by}"),
            ("告知书文号", listing.notice_number or "尚未告知"),
            ("决定书文号", listing.decision_number or "尚未决定"),
            ("状态", S(listing.status).label + (f"（{over}）" if over else "")),
            ("规则版本", listing.edition),
        ],
        [
            _course(listing),
            *_parts(listing),
            *_originals(listing),
            file_parts.done(events, file_parts.duty_of(STEPS, "propose_listing")),
            file_parts.evidence(events),
        ],
        by=by,
        because=because,
    )
