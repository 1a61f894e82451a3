"""演示的异议申诉: one that waits for an answer, one that stood and was corrected, one that nobody answered in time."""

from datetime import date, timedelta

from daoli_credit import cipher
from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.demo import people
from daoli_credit.demo.repairs import in_force
from daoli_credit.law import clock, workdays
from records import objections
from records.identity import Identity
from records.models import Objection
from records.rules.id_number import RESIDENT
from records.workflows import objection as acts
from records.workflows.settling import Answer

SERIAL = 3101
WHO = (
    Identity("罗海燕", RESIDENT, people.number(date(1987, 5, 2), 985)),
    Identity("江志远", RESIDENT, people.number(date(1976, 9, 17), 987)),
    Identity("施丽娟", RESIDENT, people.number(date(1990, 1, 30), 988)),
)
WORDS = ("罚款是一千元，收据在我手里。", "违法事实写的不是我经营的门店。", "处罚内容写错了，没有责令停业。")
FIELDS = ("fine", "facts", "penalty_content")


def _raised(who: Identity, place: int, clerk: User, reviewer: User, days_ago: int) -> Objection:
    record = in_force("penalty-food", who, clerk, reviewer, SERIAL + place)
    person = User.objects.citizen(
        username=f"demo-{record.number.lower()}", person_key=cipher.person_keys(who.id_number)[0]
    )
    with clock.at(workdays.before(clock.today(), days_ago).on):
        return acts.raise_(record_id=record.pk, actor=person, points={FIELDS[place]: ""}, words=WORDS[place])


def tell() -> int:
    """讲这一段. Returns how many it has made."""
    clerk, reviewer = (User.objects.get(username=name) for name in ("zhaomin", "sunjianguo"))
    ages = (2, 12, 9)
    waiting, answered, late = (_raised(who, place, clerk, reviewer, ages[place]) for place, who in enumerate(WHO))
    with clock.at(workdays.before(clock.today(), 10).on):
        look = events.look_up(
            actor=reviewer,
            person_key=answered.person_keys()[0],
            matter=objections.HANDLING,
            case_number=answered.number,
            purpose="答复异议，核对更正的内容",
            shown=["record", "identity"],
            department=answered.record.department.code,
        )
        acts.answer(
            objection_id=answered.pk,
            actor=reviewer,
            number="哈里市监异〔2026〕1号",
            answers=[Answer("facts", upheld=True, now="当事人被查实在经纬街门店经营超过保质期的食品。")],
            seen=answered.revision,
            because=look,
        )
    if late.due_on is not None:
        with clock.at(late.due_on + timedelta(days=1)):
            acts.pause(objection_id=late.pk, actor=User.objects.system())
    return len((waiting, answered, late))
