"""登记、事先告知和荣誉推荐的案卷: the same binding as a listing case, because of a look-up."""

from collections.abc import Iterator, Mapping

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.selectors import history
from daoli_credit.paper.bound import BoundFile, Part
from daoli_credit.workflow import Step, noun
from incentives.models import Nomination, PreAdverseNotice, Registration
from incentives.rules.nomination_steps import STEPS as HONOUR_STEPS
from incentives.rules.notice_steps import STEPS as NOTICE_STEPS
from incentives.selectors import nominations, notice_page, outside
from records import file_parts, identity
from records.case_files import letters
from records.identity import Identity, NotThisPerson
from records.models import Subject


def _who(subject: Subject, because: LookUp, *, whole: bool) -> str:
    who: Identity = identity.reveal(subject, because=because) if whole else identity.masked(subject)
    return f"{who.name}（{who.id_type} {who.id_number}）"


def index_of_registration(made: Registration) -> list[str]:
    """卷内目录的题名."""
    more = [f"提前移出 {one.number}" for one in made.record.early_exits.all()] if made.record else []
    return ["决定", "告知", "期限、救济和移出", *more, *file_parts.ALWAYS]


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
    return [*(() if notice_page.gone(notice) else (part.title for part in _of_notice(notice))), *file_parts.ALWAYS]


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


def _of_nomination(row: Nomination) -> Iterator[Part]:
    facts = [
        ("来源", row.get_source_display()),
        ("文件名称", row.document_title),
        ("荣誉名称", row.honour_title),
        ("认定单位", row.authority),
        ("认定日期", row.determined_on),
        ("文件载明的有效期至", row.valid_until),
    ]
    yield file_parts.pairs("来源文件", row.document_number, facts)
    if row.consented_on:
        agreed = f"{row.public_on}" if row.public_on else "没有同意"
        said = [("同意登记", row.consented_on), ("另外同意公开", agreed), ("撤回公开的同意", row.public_ended_on)]
        yield file_parts.pairs("本人的同意", "", said)
    if row.subject is not None:
        yield from letters("nomination", row)
    if row.served_on:
        served = file_parts.service(row.get_service_display(), row.served_on, row.service_proof)
        yield Part("决定书的送达", row.decision_number, served)
    if row.dropped_on:
        yield Part("不予登记", "", [f"{row.dropped_on}", row.dropped_why])


def index_of_nomination(row: Nomination) -> list[str]:
    """卷内目录的题名."""
    return [*(part.title for part in _of_nomination(row)), *file_parts.ALWAYS]


def of_nomination(row: Nomination, because: LookUp | None, *, by: User, whole: bool, purpose: str) -> BoundFile:
    """荣誉推荐的案卷. While nobody is known there is nobody on it, and no look. Raises NotThisPerson."""
    nominations.masked(row, because)
    subject, who = row.subject, "还没有人：本人同意以前，或者没有登记的，不保存是谁"
    if subject is not None and because is not None:
        who = _who(subject, because, whole=whole)
    events = list(history(noun(Nomination), row.pk))
    duty = file_parts.duty_of(HONOUR_STEPS, "nominate_honour", {"honour.publicity-ended": "person"})
    cover = [
        ("系统编号", row.number),
        ("推荐单位", row.department.name),
        ("本人", who),
        ("推荐", f"{row.invited_on}，{row.invited_by}"),
        ("核实", f"{row.verified_on}，{row.verified_by}" if row.verified_on else "尚未核实"),
        ("决定", f"{row.decided_on}，{row.decided_by}" if row.decided_on else "尚未决定"),
        ("决定文号", row.decision_number or "–"),
        ("状态", row.get_status_display()),
    ]
    bound = [*_of_nomination(row), file_parts.done(events, duty), file_parts.evidence(events)]
    title = row.honour_title
    return file_parts.file("荣誉推荐案卷", title, row.number, cover, bound, by=by, because=because, purpose=purpose)
