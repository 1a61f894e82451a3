"""演示的终止: what expired, what was repaired elsewhere, what waits to be checked, a copy that may be opened once, and
one record whose keeping is over."""

from datetime import date, timedelta

from daoli_credit.accounts.models import Department, User
from daoli_credit.demo import people, staff
from daoli_credit.demo.lived_in import checked, penalty
from daoli_credit.law import clock, workdays
from records.identity import Identity
from records.models import ArchiveCopy, CreditRecord
from records.rules.id_number import RESIDENT
from records.workflows import archive_opening, archiving, noticing, opening, retention
from records.workflows import record as acts

SERIAL, ITEM = 7001, "penalty-labour"
PEOPLE = tuple(
    Identity(name, RESIDENT, people.number(date(1976 + place, 5, 10 + place), 940 + place))
    for place, name in enumerate(("范立新", "贾秀兰", "邹国华", "石小红"))
)
SOURCE = "信用中国（黑龙江）"


def _in_force(place: int, ago: int, severity: str, pair: tuple[User, User], item: str = ITEM) -> CreditRecord:
    clerk, reviewer = pair
    body, decided = clerk.home_department, clock.today() - timedelta(days=ago)
    if body is None:
        raise ValueError(f"演示人物 {clerk} 没有部门")
    with clock.at(decided + timedelta(days=4)):
        raw = penalty(item, PEOPLE[place], body, decided=decided, serial=SERIAL + place, severity=severity)
        record = acts.enter(department=body, checked=checked(item, raw, clock.today()), actor=clerk)
        acts.submit(record_id=record.pk, actor=clerk, seen=record.revision)
        opening.note([record], reviewer)
        return acts.approve(record_id=record.pk, actor=reviewer, opinion="", seen=record.revision)


def _noted(record: CreditRecord, clerk: User, ago: int, number: str) -> int:
    day = clock.today() - timedelta(days=ago)
    with clock.at(day):
        return noticing.note(
            record=record, cause="elsewhere", source=SOURCE, document_number=number, document_on=day, actor=clerk
        ).pk


def _ended(place: int, old: int, ago: int, pair: tuple[User, User], number: str) -> CreditRecord:
    """Repaired elsewhere so many days ago, and sealed."""
    clerk, reviewer = pair
    record = _in_force(place, old, "serious", pair)
    notice = _noted(record, clerk, ago, number)
    with clock.at(clock.today() - timedelta(days=ago)):
        noticing.confirm(notice_id=notice, actor=reviewer, seen=1)
        archiving.seal_ended(actor=User.objects.system())
    return record


def tell() -> int:
    """讲这一段. Returns how many copies lie under seal."""
    system = User.objects.system()
    pair = staff.pair(Department.objects.get(code="human-resources"))
    legal, head, zhao, sun = (
        User.objects.get(username=name) for name in ("gaoyuan", "dengguodong", "zhaomin", "sunjianguo")
    )
    # kept for two years from its end, which are over today: deleted for good, with a certificate
    _ended(0, 760, 740, pair, "修复告知〔2024〕41号")
    retention.delete_due(actor=system)
    needed = _ended(1, 150, 20, pair, "修复告知〔2026〕57号")
    expired = _in_force(2, 100, "minor", pair)
    with clock.at((expired.use_until or clock.today()) + timedelta(days=1)):
        acts.expire(record_id=expired.pk, actor=system)
        archiving.seal_ended(actor=system)
    _noted(_in_force(3, 60, "general", (zhao, sun), "penalty-food"), zhao, 1, "修复告知〔2026〕63号")
    with clock.at(workdays.before(clock.today(), 2).on):
        asked = archive_opening.ask(
            archive=ArchiveCopy.objects.get(record=needed),
            purpose="reconsideration",
            case_number="哈里政复〔2026〕19号",
            authority="道里区人民政府（示例）",
            article="行政复议法关于被申请人提交作出行政行为的证据、依据的规定",
            document_number="哈里政复调〔2026〕19号",
            actor=legal,
        )
    archive_opening.approve(opening_id=asked.pk, actor=head, seen=asked.revision)
    return ArchiveCopy.objects.count()
