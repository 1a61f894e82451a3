"""异议、修复的案卷: the same binding as a listing case, because of a look; of what has ended only how it went."""

from collections.abc import Iterator, Mapping
from typing import Any

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.selectors import history
from daoli_credit.law import clock
from daoli_credit.paper.bound import BoundFile, Part
from daoli_credit.workflow import Step, Stepped, noun
from records import contests, file_parts, identity, objections, papers, promises, record_page, repairs
from records.identity import NotThisPerson
from records.models import CreditRecord, Holding, Objection, Repair, Undoing
from records.models.repair import IN_HAND

ENDED = "已经终止，不再显示"
OWN, HELD, HOLDERS = "本人的陈述", "这条信息的内容", "收录方和它们的确认"
OVERTURNED = "变更、撤销的决定"
FALSE = "承诺不实的认定"


def stands(record: CreditRecord) -> bool:
    """Whether anything of the record may still be bound."""
    return record.is_in_force(clock.today())


def letters(name: str, row: Any) -> Iterator[Part]:
    """文书, each with the text that was sent and how it was served."""
    for one in papers.letters(name, row):
        paper = getattr(one, "paper", None)
        told = getattr(paper, "service", None)
        served = file_parts.service(told.get_how_display(), told.served_on, told.proof) if told else []
        digest = bytes(paper.digest) if paper else None
        yield file_parts.letter(one.title, papers.number_of(name, row, one), one, digest, served)


def _points(objection: Objection) -> Part:
    lines = []
    for place, one in enumerate(objections.points(objection), 1):
        said, answer = one.point, one.answer
        lines.append(f"{place}. {said['title']}")
        lines += [f" 记的是：{said['held']}"] if said.get("held") else []
        lines += [f" 本人认为应当是：{said['should']}"] if said.get("should") else []
        if answer:
            word = "异议成立" if answer["upheld"] else "异议不成立"
            lines.append(f" {word}{'，更正为：' + str(answer['now']) if answer.get('now') else ''}")
            lines += [f" 理由：{answer['reason']}"] if answer.get("reason") else []
    return Part("异议的项目和逐项答复", objection.answer_number, lines)


def index_of_objection(objection: Objection) -> list[str]:
    """卷内目录的题名."""
    if not stands(objection.record):
        return list(file_parts.ALWAYS)
    titles = [one.title for one in papers.letters("objection", objection)]
    return ["异议的项目和逐项答复", OWN, HELD, *titles, *file_parts.ALWAYS]


def _of_objection(objection: Objection, because: LookUp) -> Iterator[Part]:
    yield _points(objection)
    own = [f"{message.sent_at:%Y-%m-%d}：{text}" for message, text in objections.words(objection, because)]
    yield Part(OWN, "", own)
    yield file_parts.pairs(HELD, objection.record.number, record_page.page(objection.record, because).content)
    yield from letters("objection", objection)


def _cover(row: Objection | Repair | Undoing, because: LookUp, *, whole: bool) -> list[tuple[str, object]]:
    record = row.record
    if bytes(because.person_key) not in row.person_keys():
        raise NotThisPerson("查询记录与当事人不符")
    said = ENDED
    if stands(record):
        subject = record.subject
        who = identity.reveal(subject, because=because) if whole else identity.masked(subject)
        said = f"{who.name}（{who.id_type} {who.id_number}）"
    return [
        ("系统编号", row.number),
        ("办理机关", record.department.name),
        ("当事人", said),
        ("信用记录", record.number),
        ("状态", row.get_status_display()),
    ]


def of_objection(
    objection: Objection, because: LookUp, *, by: User, whole: bool, steps: Mapping[str, Step]
) -> BoundFile:
    """异议的案卷. Raises NotThisPerson when the look-up is about somebody else."""
    cover = [
        *_cover(objection, because, whole=whole),
        ("提出", objection.raised_on),
        ("答复", f"{objection.answered_on}，{objection.answered_by}" if objection.answered_on else "尚未答复"),
        ("答复书文号", objection.answer_number or "–"),
    ]
    parts = list(_of_objection(objection, because)) if stands(objection.record) else []
    bound = [*parts, *_course(objection, steps)]
    title = objection.record.item.title
    return file_parts.file("异议申诉案卷", title, objection.number, cover, bound, by=by, because=because)


def _course(row: Stepped, steps: Mapping[str, Step], begins: str = "person") -> list[Part]:
    """The person begins each of them, where nobody else is named."""
    events = list(history(noun(type(row)), row.pk))
    return [file_parts.done(events, file_parts.duty_of(steps, begins)), file_parts.evidence(events)]


def _shows(repair: Repair) -> bool:
    return repair.status in IN_HAND and stands(repair.record)


def index_of_repair(repair: Repair) -> list[str]:
    """卷内目录的题名; after the decision only how it went, and who has taken it down."""
    if not _shows(repair):
        return [HOLDERS, *([FALSE] if promises.of(repair) else []), *file_parts.ALWAYS]
    titles = [one.title for one in papers.letters("repair", repair)]
    more = ["已告知的未满足条件"] if repair.unmet else []
    return ["当事人的申请", HELD, *more, *titles, HOLDERS, *file_parts.ALWAYS]


def _of_repair(repair: Repair, because: LookUp) -> Iterator[Part]:
    said = [
        ("申请日", repair.applied_on),
        ("款项", "本人说明已经缴清（或者决定书没有这一项）"),
        ("纠正", "本人说明已经纠正"),
        ("说明", repair.statement),
        ("信用承诺", repair.promise),
        ("“信用中国”受理编号", repair.credit_china_number),
        ("在“信用中国”申请", repair.credit_china_on),
        ("等本人补充", repair.asked_for),
    ]
    yield file_parts.pairs("当事人的申请", "", said)
    yield file_parts.pairs(HELD, repair.record.number, record_page.page(repair.record, because).content)
    if repair.unmet:
        yield Part("已告知的未满足条件", "", [str(one) for one in repair.unmet])
    yield from letters("repair", repair)


def _false(repair: Repair) -> Iterator[Part]:
    found = promises.of(repair)
    if found is None:
        return
    said = [
        ("状态", found.get_status_display()),
        ("查明的事实", found.facts),
        ("认定", f"{found.found_on}，{found.found_by}"),
        ("确认或者不予确认", f"{found.over_on}，{found.decided_by}" if found.over_on else "尚未确认"),
        ("后果", f"{found.barred_until} 以前不能申请信用修复（{found.article}）" if found.barred_until else "没有"),
    ]
    said += [
        (one.said, f"{one.at}，{one.who}{'，意见：' + one.opinion if one.opinion else ''}")
        for one in promises.told(found)
    ]
    yield file_parts.pairs(FALSE, found.document, said)


def _holder(one: Holding) -> str:
    gone = f"已确认撤下 {one.gone_at:%Y-%m-%d}" if one.gone_at else "收录中"
    return f"{one.recipient_title}：{gone}"


def of_repair(repair: Repair, because: LookUp, *, by: User, whole: bool, steps: Mapping[str, Step]) -> BoundFile:
    """修复的案卷. Raises NotThisPerson when the look-up is about somebody else."""
    cover = [
        *_cover(repair, because, whole=whole),
        ("申请", repair.applied_on),
        ("受理", f"{repair.accepted_on}，{repair.handled_by}" if repair.accepted_on else "尚未受理"),
        ("决定", f"{repair.decided_on}，{repair.decided_by}" if repair.decided_on else "尚未决定"),
    ]
    parts = list(_of_repair(repair, because)) if _shows(repair) else []
    lines = [_holder(one) for one in repairs.holdings(repair)]
    holders = Part(HOLDERS, "", lines or ["没有收录方"])
    bound = [*parts, holders, *_false(repair), *_course(repair, steps)]
    return file_parts.file(
        "信用修复案卷", repair.record.item.title, repair.number, cover, bound, by=by, because=because
    )


def index_of_undoing(undoing: Undoing) -> list[str]:
    """卷内目录的题名; of an ended record only what overturned it, how it went, and who has taken it down."""
    if not stands(undoing.record):
        return [OVERTURNED, HOLDERS, *file_parts.ALWAYS]
    titles = [one.title for one in papers.letters("undoing", undoing)]
    return [OVERTURNED, HELD, *titles, HOLDERS, *file_parts.ALWAYS]


def _of_undoing(undoing: Undoing, because: LookUp) -> Iterator[Part]:
    decision = [
        ("原决定", f"已经{undoing.get_kind_display()}"),
        ("作出单位", undoing.issuer),
        ("作出日", undoing.changed_on),
        ("期限的依据", undoing.due_why),
    ]
    yield file_parts.pairs(OVERTURNED, undoing.document, decision)
    if stands(undoing.record):
        yield file_parts.pairs(HELD, undoing.record.number, record_page.page(undoing.record, because).content)
        yield from letters("undoing", undoing)
    yield Part(HOLDERS, "", [_holder(one) for one in contests.holdings(undoing)] or ["没有收录方"])


def of_undoing(undoing: Undoing, because: LookUp, *, by: User, whole: bool, steps: Mapping[str, Step]) -> BoundFile:
    """原决定变更、撤销的案卷. Raises NotThisPerson when the look-up is about somebody else."""
    settled = f"{undoing.over_on}，{undoing.settled_by or '记录已经另行终止'}" if undoing.over_on else "尚未处理"
    cover = [
        *_cover(undoing, because, whole=whole),
        ("登记", f"{undoing.registered_on}，{undoing.registered_by}"),
        ("最晚处理", undoing.due_on or "规则未载明天数"),
        *([("逾期暂停提供", undoing.paused_on)] if undoing.paused_on else []),
        ("处理", settled),
    ]
    bound = [*_of_undoing(undoing, because), *_course(undoing, steps, "submit_record")]
    title = undoing.record.item.title
    return file_parts.file("原决定变更、撤销案卷", title, undoing.number, cover, bound, by=by, because=because)
