"""本人的信息: what a person is shown about themselves, because of their own look."""

from dataclasses import dataclass

from daoli_credit.accounts import letters
from daoli_credit.accounts.models import Department, User
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.selectors import Look, looks_at
from daoli_credit.law import clock, pack
from incentives.models.status import MATTER
from records import objections, outgoing, repairs, selectors
from records.identity import NotThisPerson
from records.models import CreditRecord
from records.models.record import Records

# 应用事项 of the house itself; the others are named by the pack.
HOUSE_MATTERS = {
    selectors.HANDLING: "信用记录办理（录入、报送、复核）",
    MATTER: "列入案件办理（告知、审核、决定、送达）",
    repairs.HANDLING: "信用修复办理",
    objections.HANDLING: "异议申诉办理",
    outgoing.PUSH: "推送到信用平台",
    letters.MATTER: "窗口核对身份",
}
SHOWN = {
    "record": "记录内容",
    "records": "本人的全部信息",
    "identity": "完整姓名和证件号码",
    "identity-masked": "遮盖后的姓名和证件号码",
    "looks": "谁看过",
    "listing": "列入案件",
    "cases": "正在办理的事",
    "repair": "修复申请",
    "objection": "异议和陈述",
    "card": "身份证件（当面核对，没有留存）",
}
DISCLOSURE_KIND = {"社会公开": "warn", "授权查询": "p", "政务共享": "p", "不予公开": ""}


def records(user: User) -> Records:
    """与本人有关、今天在效的信用记录. What has ended is gone, on its day, here as everywhere."""
    return CreditRecord.objects.about(user.person_keys()).in_force(on=clock.today())


@dataclass(frozen=True)
class Item:
    """我的信息的一条."""

    title: str
    href: str
    icon: str
    tags: list[tuple[str, str]]
    pairs: list[tuple[str, str]]
    says: str
    acts: list[tuple[str, str, str]]


def _icon(sign: str) -> str:
    return {"adverse": "file-alert", "positive": "award"}.get(sign, "certificate")


def item(record: CreditRecord, because: LookUp, href: str) -> Item:
    """一条信息 in plain words. Raises NotThisPerson when the look is about somebody else."""
    if bytes(because.person_key) not in record.person_keys():
        raise NotThisPerson("查询记录与信用主体不符")
    kind = pack.current().item(record.item_id)
    tags = [(kind.disclosure, DISCLOSURE_KIND.get(kind.disclosure, ""))]
    if record.severity:
        tags.append((f"{record.get_severity_display()}类", ""))
    pairs = [
        ("来源", record.department.name),
        ("文书号", record.document_number),
        *((title, day) for title, day, _ in selectors.ends(record)),
    ]
    return Item(kind.title, href, _icon(kind.sign), tags, pairs, "", [])


@dataclass(frozen=True)
class Seen:
    """谁看过的一条."""

    who: str
    at: str
    matter: str
    case_number: str
    saw: str
    outcome: str
    outcome_kind: str


def _seen(look: Look, departments: dict[str, str]) -> Seen:
    row = look.look
    own = row.kind == LookUp.Kind.OWN
    edition = pack.current()
    matter = edition.matters.get(row.matter)
    named = matter.title if matter else HOUSE_MATTERS.get(row.matter, row.matter)
    return Seen(
        who="本人" if own else f"{departments.get(row.department, '系统')} {row.actor_label}",
        at=f"{row.at.astimezone(clock.CHINA):%Y-%m-%d %H:%M}",
        matter="" if own else f"{named}：{row.purpose}",
        case_number=row.case_number,
        saw="、".join(SHOWN.get(code, code) for code in row.shown),
        outcome=look.outcomes[-1].result if look.outcomes else "",
        outcome_kind="off",
    )


def seen(user: User, *, by_others: bool = False) -> list[Seen]:
    """谁看过, newest first, in plain words; with `by_others` the person's own looks are left out."""
    departments = dict(Department.objects.values_list("code", "name"))
    looks = looks_at(user.person_keys())
    return [_seen(one, departments) for one in looks if not (by_others and one.look.kind == LookUp.Kind.OWN)]
