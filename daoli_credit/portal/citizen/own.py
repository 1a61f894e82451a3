"""本人的信息: what a person is shown about themselves, because of their own look."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from daoli_credit.accounts.models import Department, User
from daoli_credit.audit.acts import sentence
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.told import when
from daoli_credit.law import clock, pack
from daoli_credit.looks import matters
from daoli_credit.looks import selectors as looks
from daoli_credit.looks.models import Explanation
from daoli_credit.looks.selectors import Told
from daoli_credit.looks.workflows.explaining import ADMITTED
from daoli_credit.looks.workflows.judging import IMPROPER
from records import objections, repairs, selectors
from records.identity import NotThisPerson
from records.models import CreditRecord
from records.models.objection import RUNNING as DISPUTING
from records.models.record import Records
from records.models.repair import RUNNING
from records.rules.repairable import precheck

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


@dataclass(frozen=True)
class Open:
    """现在能做什么: which records the person may ask to be repaired today, and which are disputed already."""

    repairable: frozenset[int]
    disputed: frozenset[int]

    def acts(self, record: CreditRecord) -> list[tuple[str, str, str]]:
        """Buttons: words, address, kind."""
        found = []
        if record.pk in self.repairable:
            found.append(("申请信用修复", reverse("me-repair", args=[record.number]), "primary"))
        if record.pk not in self.disputed:
            found.append(("我认为有误", reverse("me-object", args=[record.number]), ""))
        return found

    def says(self, record: CreditRecord) -> str:
        """What runs already."""
        return "您提出的异议正在核实。" if record.pk in self.disputed else ""


def open_to(user: User, records: Iterable[CreditRecord]) -> Open:
    """对这些信息现在能做什么. What stands against a repair stands against the person, so it is asked once."""
    today = clock.today()
    running = set(repairs.of_person(user).filter(status__in=RUNNING).values_list("record_id", flat=True))
    due = [one for one in records if one.repair_from and one.repair_from <= today and one.pk not in running]
    may = bool(due) and precheck(due[0], today).may_apply
    disputes = objections.of_person(user).filter(status__in=DISPUTING).values_list("record_id", flat=True)
    return Open(frozenset(one.pk for one in due if may), frozenset(disputes))


def item(record: CreditRecord, because: LookUp, open_: Open) -> Item:
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
    href = reverse("me-record", args=[record.number])
    return Item(kind.title, href, _icon(kind.sign), tags, pairs, open_.says(record), open_.acts(record))


@dataclass(frozen=True)
class Seen:
    """谁看过的一条: what the look showed, what it led to, and what the person may do about it."""

    who: str
    at: str
    matter: str
    case_number: str
    saw: str
    outcome: str
    outcome_kind: str
    notes: Sequence[str]
    own: bool
    explanation: Explanation | None
    explain_href: str


def _outcome_kind(told: Told) -> str:
    results = set(told.outcomes)
    return "bad" if results & {sentence(IMPROPER), sentence(ADMITTED)} else "done" if results else "off"


def _seen(told: Told, departments: dict[str, str]) -> Seen:
    row = told.look
    own = row.kind == LookUp.Kind.OWN
    return Seen(
        who="本人" if own else f"{departments.get(row.department, '系统')} {row.actor_label}",
        at=when(row),
        matter="" if own else f"{matters.title(row.matter)}：{row.purpose}",
        case_number=row.case_number,
        saw="、".join(looks.SHOWN.get(code, code) for code in row.shown),
        outcome="" if own else "；".join(told.outcomes) or matters.nothing_yet(row.matter),
        outcome_kind=_outcome_kind(told),
        notes=told.notes,
        own=own,
        explanation=told.explanation,
        explain_href=reverse("me-look-explain", args=[row.pk]) if told.may_ask else "",
    )


def shown(user: User, *, by_others: bool = False) -> QuerySet[LookUp]:
    """谁看过, newest first, as the person is told of it; with `by_others` the person's own looks are left out."""
    rows = looks.shown(user.person_keys())
    return rows.exclude(kind=LookUp.Kind.OWN) if by_others else rows


def worded(user: User, rows: Iterable[LookUp]) -> list[Seen]:
    """这些查询 in plain words: only what a page shows, for somebody may have been looked at a thousand times."""
    departments = dict(Department.objects.values_list("code", "name"))
    return [_seen(one, departments) for one in looks.told_of(rows, user.person_keys())]
