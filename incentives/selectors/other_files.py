"""登记和事先告知的案卷: the same binding as a listing case, because of a look-up."""

from collections.abc import Iterator, Mapping

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.selectors import history
from daoli_credit.paper.bound import BoundFile, Part
from daoli_credit.workflow import Step, noun
from incentives.models import PreAdverseNotice, Registration
from incentives.rules.notice_steps import STEPS as NOTICE_STEPS
from incentives.selectors import file_parts, notice_page, outside
from records import identity
from records.identity import Identity, NotThisPerson
from records.models import Subject

ALWAYS = ["办理经过", "存证"]


def _who(subject: Subject, because: LookUp, *, whole: bool) -> str:
    who: Identity = identity.reveal(subject, because=because) if whole else identity.masked(subject)
    return f"{who.name}（{who.id_type} {who.id_number}）"


def index_of_registration(made: Registration) -> list[str]:
    """卷内目录的题名."""
    more = [f"提前移出 {one.number}" for one in made.record.early_exits.all()] if made.record else []
    return ["决定", "告知", "期限、救济和移出", *more, *ALWAYS]


def of_registration(
    made: Registration, because: LookUp, *, by: User, whole: bool, steps: Mapping[str, Step]
) -> BoundFile:
    """名单登记的案卷. The decision itself lies sealed: its digest stands here. Raises NotThisPerson."""
    page = outside.page(made, because)
    events = list(history(noun(Registration), made.pk))
    digest = f" 决定文书摘要（SHA-256）：{bytes(made.document_digest).hex()}"
    decision = file_parts.pairs("决定", made.document_number, page.facts)
    parts = [
        Part(decision.title, decision.number, [*decision.lines, digest]),
        file_parts.pairs("告知", "", page.told),
        file_parts.pairs("期限、救济和移出", "", page.ways),
    ]
    for one in page.exits:
        lines = [f"{one.asked_on} {one.asked_by} 提出：{'、'.join(one.conditions)}（{one.article}）"]
        lines += [f"{one.decided_on} {one.get_status_display()}：{one.decision_number or one.refused_why}"]
        parts.append(Part(f"提前移出 {one.number}", one.document_number, lines if one.decided_on else lines[:1]))
    duty = file_parts.duty_of(steps, "propose_listing", {"registration.document-seen": "decide_listing"})
    cover = [
        ("系统编号", made.number),
        ("登记机关", made.department.name),
        ("当事人", _who(made.subject, because, whole=whole)),
        ("登记", f"{made.registered_on}，{made.registered_by}"),
        ("确认", f"{made.confirmed_on}，{made.confirmed_by}" if made.confirmed_on else "尚未确认"),
        ("决定文书号", made.document_number),
        ("信用记录", made.record.number if made.record else "没有产生"),
        ("状态", made.get_status_display()),
        ("规则版本", made.edition),
    ]
    bound = [*parts, file_parts.done(events, duty), file_parts.evidence(events)]
    return file_parts.file("名单登记案卷", page.kind.title, made.number, cover, bound, by=by, because=because)


def _of_notice(notice: PreAdverseNotice) -> Iterator[Part]:
    facts = [
        ("应用事项", notice_page.matter_title(notice)),
        ("办件编号", notice.check_made.case.case_number),
        ("拟作出的决定", notice.proposed),
        ("依据", notice.legal_ground),
        ("裁量理由", notice.discretion),
        ("直接规定的条文", notice.outright_basis),
    ]
    yield file_parts.pairs("拟作出的决定和依据", "", facts)
    if notice.notice_message is not None:
        served = file_parts.service(notice.get_notice_service_display(), notice.notice_served_on, notice.notice_proof)
        yield file_parts.letter("拟作出不利决定事先告知书", notice.notice_number, notice.notice_message, None, served)
    for one in notice.statements.select_related("message"):
        came = [f"途径：{one.get_channel_display()}；交邮或者提交：{one.posted_on}；收到：{one.received_on}"]
        yield file_parts.letter("陈述申辩", "", one.message, bytes(one.digest), came)
    if notice.response:
        yield Part("对陈述申辩的逐条回应", "", [notice.response])
    if notice.decision_message is not None:
        served = file_parts.service(
            notice.get_decision_service_display(), notice.decision_served_on, notice.decision_proof
        )
        yield file_parts.letter("决定告知", notice.decision_number, notice.decision_message, None, served)


def index_of_notice(notice: PreAdverseNotice) -> list[str]:
    """卷内目录的题名; after the record's end only how it went."""
    return [*(() if notice_page.gone(notice) else (part.title for part in _of_notice(notice))), *ALWAYS]


def of_notice(notice: PreAdverseNotice, because: LookUp, *, by: User, whole: bool) -> BoundFile:
    """事先告知的案卷. What has ended since is bound no more, only how it went. Raises NotThisPerson."""
    if bytes(because.person_key) not in notice.person_keys():
        raise NotThisPerson("查询记录与当事人不符")
    events = list(history(noun(PreAdverseNotice), notice.pk))
    duty = file_parts.duty_of(NOTICE_STEPS, "check_applicants")
    cover = [
        ("系统编号", notice.number),
        ("办理机关", notice.department.name),
        ("当事人", _who(notice.subject, because, whole=whole)),
        ("拟稿", f"{notice.drafted_on}，{notice.drafted_by}"),
        ("告知书文号", notice.notice_number or "尚未告知"),
        ("决定文号", notice.decision_number or "没有作出"),
        ("状态", notice.get_status_display()),
        ("规则版本", notice.edition),
    ]
    parts = [] if notice_page.gone(notice) else list(_of_notice(notice))
    bound = [*parts, file_parts.done(events, duty), file_parts.evidence(events)]
    title = notice_page.matter_title(notice)
    return file_parts.file("事先告知案卷", title, notice.number, cover, bound, by=by, because=because)
