"""演示的信用核查: one that found a ban and was answered for, one that still owes its feedback, one of somebody unknown.

And two sheets of applicants: one waits for its second person, one was turned back with its mistakes.
"""

from datetime import date

from daoli_credit.accounts.models import Department, User
from daoli_credit.demo import people
from daoli_credit.demo.lived_in import checked, penalty
from daoli_credit.demo.prior_notices import a_case
from daoli_credit.law import clock, workdays
from incentives.models import Check, MatterCase
from incentives.workflows import checking, checking_sets, feeding_back, matter_case
from records.identity import Identity
from records.models import CreditRecord
from records.rules.id_number import RESIDENT
from records.workflows import opening
from records.workflows import record as record_acts

MATTER, SERIAL = "food-permit", 3501
BANNED = (
    Identity("窦立新", RESIDENT, people.number(date(1977, 4, 9), 961)),
    Identity("章玉梅", RESIDENT, people.number(date(1984, 10, 2), 963)),
)
UNKNOWN = people.number(date(1990, 1, 15), 965)
HEAD = "申请编号,姓名,证件号码\n"
APPLICANTS = 56
LAST_MONTH, OTHER = 34, "drug-retail-permit"


def _staff(username: str) -> User:
    return User.objects.get(username=username)


def _ban(who: Identity, serial: int, market: Department, today: date) -> CreditRecord:
    """A food penalty that revoked a permit: five years by 食品安全法 135."""
    clerk, reviewer = _staff("zhaomin"), _staff("sunjianguo")
    decided = workdays.before(today, 60).on
    with clock.at(workdays.due(decided, 3).on):
        raw = penalty("penalty-food", who, market, decided=decided, serial=serial, severity="general")
        raw |= {
            "penalty_kinds": "罚款；吊销许可证件",
            "penalty_content": f"{raw['penalty_content']}，吊销食品经营许可证",
        }
        facts = checked("penalty-food", raw, clock.today())
        record = record_acts.enter(department=market, checked=facts, actor=clerk)
        record = record_acts.submit(record_id=record.pk, actor=clerk, seen=record.revision)
        opening.note([record], reviewer)
        return record_acts.approve(record_id=record.pk, actor=reviewer, opinion="", seen=record.revision)


def _ask(case: MatterCase, number: str, name: str = "") -> Check:
    return checking.check(case_id=case.pk, number=number, name=name, by=checking.By(user=_staff("zhaomin")))


def _sheet(case: MatterCase, *, spoilt: bool, count: int = APPLICANTS) -> str:
    rows = []
    for n in range(count):
        number = people.number(date(1985 + n % 12, 1 + n % 12, 1 + n % 27), n)
        application = "" if spoilt and n % 9 == 0 else f"{case.case_number}-{n + 1:03d}"
        number = number[:-1] + ("1" if number[-1] != "1" else "2") if spoilt and n % 14 == 3 else number
        rows.append(f"{application},申请人{n + 1},{number}\n")
    return HEAD + "".join(rows)


def _set(case: MatterCase, name: str, text: str) -> None:
    by = checking.By(user=_staff("zhaomin"))
    made = checking_sets.upload(case_id=case.pk, name=name, data=text.encode(), by=by)
    checking_sets.run(set_id=made.pk, actor=User.objects.system())


def _last_month(market: Department, today: date) -> None:
    """A month that is over, for the public count: a sheet of a permit, and a few of another one by one."""
    day = workdays.before(today.replace(day=1), 6).on
    clerk = _staff("zhaomin")
    with clock.at(day):
        permit = matter_case.register(
            matter=MATTER, body=market, case_number=f"食许〔{day.year}〕96号", opened_on=day, actor=clerk
        )
        _set(permit, "从业人员核对.csv", _sheet(permit, spoilt=False, count=LAST_MONTH))
        drugs = a_case(OTHER, market, f"药零许〔{day.year}〕8号", clerk)
        for n in range(3):
            _ask(drugs, people.number(date(1978 + n, 5, 6 + n), 970 + n))
        for one in (permit, drugs):
            matter_case.close(case_id=one.pk, actor=clerk, closed_on=day)


def tell() -> None:
    """讲这一段. The cases are those of the matters (daoli_credit.demo.matters)."""
    today, market = clock.today(), Department.objects.get(code="market-regulation")
    for serial, who in enumerate(BANNED, SERIAL):
        _ban(who, serial, market, today)
    _last_month(market, today)
    cases = MatterCase.objects.open(today).filter(department=market, matter=MATTER).order_by("pk")
    first, second, *_ = cases
    with clock.at(workdays.before(today, 2).on):
        done = _ask(first, BANNED[0].id_number, BANNED[0].name)
        waits = {one.pk: feeding_back.Decided("applied") for one in feeding_back.waiting(done)}
        feeding_back.give(check_id=done.pk, decided=waits, actor=_staff("zhaomin"))
        _ask(first, UNKNOWN)
    with clock.at(workdays.before(today, 1).on):
        _ask(second, BANNED[1].id_number, BANNED[1].name)
        _set(second, "从业人员核对.csv", _sheet(second, spoilt=False))
        _set(second, "从业人员核对（初稿）.csv", _sheet(second, spoilt=True))
