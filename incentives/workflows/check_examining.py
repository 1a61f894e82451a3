"""核对一张申请人表: who asks, for which case, every row. Nobody's record is looked at here, and nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from django.core.exceptions import PermissionDenied

from daoli_credit import cipher
from daoli_credit.law import clock, pack
from daoli_credit.workflow import RuleBroken
from incentives import sealed_checks
from incentives.models import CheckSet, MatterCase
from incentives.rules import applicants
from incentives.selectors import check_facts
from incentives.selectors.check_answer import Asked
from incentives.workflows import set_answers
from incentives.workflows.checking import By, demand_open
from records import identity
from records.models import Subject
from records.reading.sheet import MOST_ROWS, Unreadable, read

NO_DUTY = "提出人已经没有核查申请人的职责"


@dataclass
class Examined:
    """核对的结果: what the sheet holds, or why nothing of it is asked."""

    by: By
    failure: str = ""
    causes: tuple[applicants.Cause, ...] = ()
    strangers: Sequence[int] = ()
    scope: Asked | None = None
    sheet: applicants.Sheet | None = None
    numbers: Sequence[str] = ()
    keys: list[list[bytes]] = field(default_factory=list)
    known: list[check_facts.Known] = field(default_factory=list)

    @property
    def count(self) -> int:
        """行数."""
        return len(self.sheet.lines) if self.sheet else 0

    @property
    def most(self) -> int:
        """不须第二人的上限, of the matter."""
        return self.asked().matter.batch_max

    def asked(self) -> Asked:
        """问的范围. Raises ValueError where there is none."""
        if self.scope is None:
            raise ValueError("这张表没有通过核对")
        return self.scope

    def applicants(self) -> set_answers.Applicants:
        """通过核对的申请人."""
        if self.sheet is None:
            raise ValueError("这张表没有通过核对")
        return set_answers.Applicants(self.by, self.sheet.applications, self.numbers, self.keys, self.known)


def examined(one: CheckSet) -> Examined:
    """核对一张表: who asks, for which case, every row; nobody's record is looked at yet."""
    found, today = Examined(By(one.asked_by, one.asked_key)), clock.today()
    try:
        found.scope = demand_open(one.case, found.by, today)
        sheet = read(sealed_checks.sheet(one, result=False))
        top = list(islice(sheet.rows, applicants.LOOK_DOWN))
        head = applicants.columns([cells for _, cells in top])
        body = list(islice(chain(top[head.at + 1 :], sheet.rows), MOST_ROWS + 1))
    except PermissionDenied:
        found.failure = NO_DUTY
    except (RuleBroken, Unreadable, applicants.NotApplicants, sealed_checks.NotKept) as why:
        found.failure = str(why)
    else:
        judge(found, one.case, head, body)
    return found


def judge(found: Examined, case: MatterCase, head: applicants.Found, body: Sequence[tuple[int, Sequence[str]]]) -> None:
    """逐列核对, and compare the names with those that are registered under these numbers."""
    if not body:
        found.failure = "表头下面没有内容；请核对选对了文件"
        return
    if len(body) > MOST_ROWS:
        found.failure = f"超过 {MOST_ROWS} 行；成批核查只收本办件的申请人"
        return
    today, sheet = clock.today(), applicants.taken(head, body)
    found.sheet = sheet
    others = MatterCase.objects.open(today).filter(department=case.department_id, matter=case.matter)
    judged = applicants.judge(
        sheet,
        case=case.case_number,
        open_cases=frozenset(others.values_list("case_number", flat=True)),
        today=today,
        grown=pack.current().limit("age-min").years,
    )
    found.numbers, found.causes = judged.numbers, judged.causes
    if found.causes:
        return
    found.keys = cipher.person_keys_of(found.numbers)
    found.known = check_facts.known_among(found.keys)
    subjects = Subject.objects.in_bulk([one.subjects[0] for one in found.known])
    found.strangers = [
        one.place for one in found.known if not identity.agrees(subjects[one.subjects[0]], sheet.names[one.place])
    ]
    if found.strangers:
        found.causes = applicants.causes(sheet, {"other-name": found.strangers})
