"""信用核查: one applicant of one open case. The look is written in the transaction that answers, or nothing is said."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit import cipher
from daoli_credit.accounts.models import ServiceKey, User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock, pack
from daoli_credit.workflow import RuleBroken, noun
from incentives.models import Check, CheckAnswer, MatterCase
from incentives.models.check import OWN
from incentives.rules import applicants
from incentives.rules.good_record import Word
from incentives.selectors import check_answer, check_facts, check_volume, good_record, sharing
from incentives.selectors.check_answer import Asked
from incentives.workflows import check_numbering, check_sources
from records import identity
from records.models import CreditRecord, Subject
from records.rules.problem import Wrong
from records.workflows import holding_sets

MADE = register("check.made", "信用核查", duty="check_applicants")
SHOWN = ("measures",)
CHANNEL = "核查"
OTHER_NAME = "other-name"


@dataclass(frozen=True)
class By:
    """谁核查: an officer, or a bureau's system with the key that its department was given."""

    user: User | None = None
    key: ServiceKey | None = None

    @property
    def actor(self) -> events.Actor:
        """As the evidence names it."""
        found = self.user or self.key
        if found is None:
            raise ValueError("核查要有人提出")
        return found

    def may(self, department_id: int) -> bool:
        """有权: by duty, or because the key is this department's."""
        if self.user is not None:
            return self.user.may("check_applicants", department_id)
        return self.key is not None and self.key.department_id == department_id


def recipient(department: str) -> str:
    """收录方代码 of a department that has read an answer."""
    return f"check-{department}"[:40]


def demand_open(case: MatterCase, by: By, on: date) -> Asked:
    """办件可以核查: one's own, open, in a matter that may be used today. Raises PermissionDenied, RuleBroken."""
    if not by.may(case.department_id):
        raise PermissionDenied("您没有“核查申请人”这项职责")
    if not case.is_open(on):
        raise RuleBroken(f"办件 {case.case_number} 已经办结或者还没有受理，不能再核查；新的申请请登记新的办件")
    matter = pack.current().matters.get(case.matter)
    if matter is None:
        raise RuleBroken(f"现行规则里没有应用事项 {case.matter}，不能核查")
    if why_not := sharing.why_not_active(matter, on):
        raise RuleBroken(why_not)
    return check_answer.asked(case.matter, case.department, on)


def held(case_id: int) -> MatterCase:
    """办件 under lock, and what is shared with it: neither ends before this answer stands, or the answer is without it.

    Raises MatterCase.DoesNotExist.
    """
    case = MatterCase.objects.select_for_update(of=("self",)).select_related("department").get(pk=case_id)
    sharing.hold(case.matter, case.department_id)
    return case


def purpose(asked: Asked) -> str:
    """用途, filled in from the matter: nobody types it, and the person reads it."""
    return f"办理{asked.matter.title}，核对申请人可以或者应当适用的措施"


def check(*, case_id: int, number: str, by: By, name: str = "", application: str = "", request_id: str = "") -> Check:
    """核查一名申请人: its answer is kept with it. The same request again is the same check.

    Raises PermissionDenied, MatterCase.DoesNotExist, and RuleBroken for a closed case, what is no ID number, somebody
    under age, an application of another case, one by one more people than a matter lets through without a second
    person, or a name that is not the one registered under this number.
    """
    today = clock.today()
    told, kept = "", None
    with transaction.atomic():
        case = held(case_id)
        if kept := _before(case, request_id, number, by):
            return kept
        asked = demand_open(case, by, today)
        fit = _fit(number, today)
        _of_the_case(application, case, name)
        keys = cipher.person_keys(fit)
        _not_a_population(case, asked, keys)
        look = _look(case, asked, keys[0], by)
        subjects = check_facts.subjects_of(keys)
        known = Subject.objects.filter(pk=subjects[0] if subjects else 0).first() if name else None
        if known is not None and not identity.agrees(known, name):
            told = "姓名和证件号码对不上，请对照证件核对；这次查询已经记入日志"
        else:
            of = Request(case, by, application, request_id)
            kept = _answered(asked, fit, look, subjects, of, against=_against(asked, keys, look))
    if kept is None:
        raise RuleBroken(told)
    check_sources.ask_all([(kept, fit)])
    return kept


def _before(case: MatterCase, request_id: str, number: str, by: By) -> Check | None:
    """The same request sent again: a double click, or a system that heard no answer."""
    if not request_id or not by.may(case.department_id):
        return None
    made = Check.objects.filter(case=case, request_id=request_id).first()
    if made is None:
        return None
    if bytes(made.person_key) not in cipher.person_keys(number):
        raise RuleBroken("这个请求编号已经用在另一名申请人上，请重新打开核查页面")
    return made


def _fit(number: str, today: date) -> str:
    try:
        return applicants.valid(number, today=today, grown=pack.current().limit("age-min").years)
    except Wrong as why:
        raise RuleBroken(str(why.at("number"))) from why


def _of_the_case(application: str, case: MatterCase, name: str) -> None:
    """Where a system names the application, it is this case's: what is kept of it in plain names nobody."""
    if not application:
        return
    try:
        applicants.application(application, case=case.case_number, name=name)
    except Wrong as why:
        raise RuleBroken(f"{why}：{why.fix}") from why


def _not_a_population(case: MatterCase, asked: Asked, keys: list[bytes]) -> None:
    """One by one is no way around the second person of a sheet. The case is locked: two at once count each other."""
    if check_volume.alone(case.pk, apart=keys) < asked.matter.batch_max:
        return
    if check_volume.asked_before(case.case_number, keys):
        return
    raise RuleBroken(
        f"办件 {case.case_number} 没有经另一人同意核查的已有 {asked.matter.batch_max} 人（逐名的和申请人表合计）；"
        "申请人更多的，请用申请人表成批核查，由另一人同意"
    )


def _look(case: MatterCase, asked: Asked, person_key: bytes, by: By) -> LookUp:
    return events.look_up(
        actor=by.actor,
        person_key=person_key,
        matter=case.matter,
        case_number=case.case_number,
        purpose=purpose(asked),
        shown=shown(asked),
        department=case.department.code,
    )


@dataclass(frozen=True)
class Request:
    """一次请求: for which application of which case, by whom, under which number of theirs."""

    case: MatterCase
    by: By
    application: str
    request_id: str


def shown(asked: Asked) -> tuple[str, ...]:
    """答复什么: the measures, and in a permit matter that rewards it “守信三年”."""
    return (*SHOWN, good_record.SHOWN) if good_record.asks(asked.matter.code) else SHOWN


def _against(asked: Asked, keys: list[bytes], look: LookUp) -> bool | None:
    """“守信三年”答复“否”: asked of everything that may be used about the person today, and kept nowhere."""
    if not good_record.asks(asked.matter.code):
        return None
    return good_record.good_record(keys, asked.on, look).word is Word.NO


def _answered(
    asked: Asked, number: str, look: LookUp, subjects: tuple[int, ...], of: Request, *, against: bool | None
) -> Check:
    by_subject = check_facts.records_of(subjects, asked.items, asked.on)
    records = [one for subject in subjects for one in by_subject.get(subject, [])]
    lines = check_answer.lines(asked, records, check_answer.statements(records), against=against)
    made = Check.objects.create(
        number=check_numbering.next_numbers(asked.on, 1)[0],
        case=of.case,
        department=asked.department,
        matter=asked.matter.code,
        person_key=bytes(look.person_key),
        number_tail=identity.mask_number(number),
        application=of.application or of.case.case_number,
        look=look.pk,
        made_by=of.by.user,
        made_key=of.by.key,
        request_id=of.request_id,
        made_on=asked.on,
        made_at=clock.now(),
        edition=asked.rules.edition,
    )
    rows = check_sources.answers(made, lines, place=0, source=OWN, title="本系统", at=made.made_at)
    CheckAnswer.objects.bulk_create(rows)
    hold(asked, [line.record for line in lines if line.record is not None])
    act, where = of.by.actor, asked.department.code
    events.record(act=MADE, noun=noun(Check), object_id=made.pk, actor=act, department=where)
    return made


def hold(asked: Asked, records: list[CreditRecord]) -> None:
    """登记收录: the department that has read another department's record holds a copy from now on."""
    others = [one.pk for one in records if one.department_id != asked.department.pk]
    holding_sets.taken_many(
        record_ids=others,
        recipient=recipient(asked.department.code),
        title=asked.department.name,
        channel=CHANNEL,
        basis="；".join(str(one) for one in asked.matter.duty)[:500],
    )
