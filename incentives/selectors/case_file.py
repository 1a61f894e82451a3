"""案卷: everything of one listing case, in the order in which it is bound; because of a look-up."""

from collections.abc import Iterator

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import Department, Message, User
from daoli_credit.audit.acts import sentence
from daoli_credit.audit.models import Event, LookUp
from daoli_credit.audit.sealed_in import seals_of
from daoli_credit.audit.selectors import history
from daoli_credit.law import clock, pack
from daoli_credit.paper.bound import BoundFile, Part
from daoli_credit.workflow import noun
from incentives.models import Listing
from incentives.models.status import S
from incentives.rules import as_record, route
from incentives.rules.steps import STEPS
from incentives.selectors import course
from records import identity
from records.identity import NotThisPerson

BY_LAW = {"person": "当事人", "system": "系统（到期办理）"}


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().split("\n")]


def _letter(title: str, number: str, message: Message, digest: bytes, served: list[str]) -> Part:
    """A document as it was served, with the digest that was recorded then."""
    return Part(title, number, [*_lines(messages.text(message)), "", *served, f" 正文摘要（SHA-256）：{digest.hex()}"])


def _service(how: str, day: object, proof: str) -> list[str]:
    return [f"送达：{day}，{how}；送达证明：{proof}。"] if day else ["送达：尚未登记。"]


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
        said = listing.legal_response or "没有收到陈述申辩"
        who = f"{listing.legal_reviewed_by}，{listing.legal_reviewed_on}"
        yield Part("法制审核", "", [who, f"对陈述申辩的逐条回应：{said}"])
    if listing.discussed_on:
        yield Part("集体讨论记录", listing.discussion_number, [f"{listing.discussed_on}"])
    if listing.higher_agreed_on:
        yield Part("上级同意", listing.higher_number, [f"{listing.higher_agreed_on}"])


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


def _duty(event: Event, verbs: dict[str, str]) -> str:
    step = next((step for step in STEPS.values() if step.act == event.act), None)
    if step is None:
        return verbs["propose_listing"]
    return verbs.get(step.by.verb, "") or BY_LAW.get(step.by.kind, "")


def _done(events: list[Event]) -> Part:
    verbs = dict(Department._meta.permissions)
    lines = []
    for event in events:
        lines.append(f"{event.day}　{sentence(event.act)}　{event.actor_label}（{_duty(event, verbs)}）")
        lines += [f" 意见：{event.opinion}"] if event.opinion else []
    return Part("办理经过", "", lines)


def _evidence(events: list[Event]) -> Part:
    """事件编号和封存批次: with them the audit officer exports the inclusion proof of each."""
    seals = seals_of(event.pk for event in events)
    lines = [
        f" 事件 {event.pk}　{sentence(event.act)}　叶子 {bytes(event.leaf).hex()[:32]}　"
        + (f"封存批次 {seals[event.pk]}" if event.pk in seals else "尚未封存")
        for event in events
    ]
    return Part("存证", "", ["凭事件编号可以导出包含证明，与封存的根核对（manage.py audit_proof）。", *lines])


def index(listing: Listing) -> list[str]:
    """卷内目录的题名, for the page before it is printed."""
    return [part.title for part in (_course(listing), *_parts(listing))] + ["办理经过", "存证"]


def bound(listing: Listing, because: LookUp, *, by: User, whole: bool) -> BoundFile:
    """一卷. Whose case it is stands on the cover: whole when the look shows the identity, masked otherwise.

    Raises NotThisPerson when the look-up is about somebody else.
    """
    if bytes(because.person_key) not in listing.person_keys():
        raise NotThisPerson("查询记录与当事人不符")
    who = identity.reveal(listing.subject, because=because) if whole else identity.masked(listing.subject)
    events = list(history(noun(Listing), listing.pk))
    at = clock.now().astimezone(clock.CHINA)
    over = listing.dropped_on or listing.revoked_on or listing.effective_on
    return BoundFile(
        title="列入案件案卷",
        subtitle=route.kind(listing).title,
        number=listing.number,
        cover=[
            ("系统编号", listing.number),
            ("列入机关", listing.department.name),
            ("当事人", f"{who.name}（{who.id_type} {who.id_number}）"),
            ("立案", f"{listing.proposed_on}，{listing.proposed_by}"),
            ("告知书文号", listing.notice_number or "尚未告知"),
            ("决定书文号", listing.decision_number or "尚未决定"),
            ("状态", S(listing.status).label + (f"（{over}）" if over else "")),
            ("规则版本", listing.edition),
            ("打印", f"{by.display_name}，{at:%Y-%m-%d %H:%M}，用途：{because.purpose}"),
        ],
        parts=[_course(listing), *_parts(listing), _done(events), _evidence(events)],
        watermark=f"{by.display_name}　{at:%Y-%m-%d %H:%M}　{listing.number}",
        warning="演示规则，不作依据" if pack.current().demo else "",
    )
