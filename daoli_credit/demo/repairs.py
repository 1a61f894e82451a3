"""演示的信用修复: a public record that can be repaired, and what waits for acceptance and for decision."""

from datetime import date, timedelta

from daoli_credit import cipher
from daoli_credit.accounts.models import Department, User
from daoli_credit.demo import people
from daoli_credit.demo.lived_in import checked, penalty
from daoli_credit.demo.story import identity
from daoli_credit.law import clock, workdays
from records.identity import Identity
from records.models import CreditRecord, Repair
from records.rules.id_number import RESIDENT
from records.workflows import opening, publicity
from records.workflows import record as acts
from records.workflows import repair as repair_acts

AGO = 200
SERIAL = 3001
WAITING = (
    Identity("郭亚楠", RESIDENT, people.number(date(1984, 4, 9), 981)),
    Identity("彭志刚", RESIDENT, people.number(date(1979, 11, 23), 983)),
)


def in_force(item: str, who: Identity, clerk: User, reviewer: User, serial: int) -> CreditRecord:
    """在效的处罚: a general-class penalty of the clerk's department, some two hundred days old, told and in force."""
    body, decided = _body(clerk), clock.today() - timedelta(days=AGO)
    with clock.at(workdays.due(decided, 2).on):
        raw = penalty(item, who, body, decided=decided, serial=serial, severity="general")
        record = acts.enter(department=body, checked=checked(item, raw, clock.today()), actor=clerk)
        acts.submit(record_id=record.pk, actor=clerk, seen=record.revision)
    with clock.at(workdays.due(decided, 4).on):
        opening.note([record], reviewer)
        return acts.approve(record_id=record.pk, actor=reviewer, opinion="", seen=record.revision)


def _body(user: User) -> Department:
    if user.home_department is None:
        raise ValueError(f"演示人物 {user} 没有部门")
    return user.home_department


def _applied(record: CreditRecord, who: Identity, days_ago: int) -> Repair:
    """The person applies; the login is invented, its identity is not signed in by anybody."""
    person = User.objects.citizen(
        username=f"demo-{record.number.lower()}", person_key=cipher.person_keys(who.id_number)[0]
    )
    with clock.at(workdays.before(clock.today(), days_ago).on):
        return repair_acts.apply(
            record_id=record.pk,
            actor=person,
            paid=True,
            corrected=True,
            promised=True,
            statement="罚款当月已缴清，过期食品已全部下架。",
        )


def tell() -> int:
    """讲这一段. Returns how many it has made."""
    staff = {name: User.objects.get(username=name) for name in ("zhaomin", "sunjianguo", "hemei", "luojian")}
    clerk, reviewer = staff["zhaomin"], staff["sunjianguo"]
    in_force("penalty-tourism", identity("fangxiaoyan"), staff["hemei"], staff["luojian"], SERIAL)
    made = [
        _applied(in_force("penalty-food", who, clerk, reviewer, SERIAL + 1 + place), who, days_ago)
        for place, (who, days_ago) in enumerate(zip(WAITING, (1, 5), strict=True))
    ]
    with clock.at(workdays.before(clock.today(), 3).on):
        repair_acts.accept(repair_id=made[1].pk, actor=clerk, seen=made[1].revision)
    publicity.open_pages()
    return len(made)
