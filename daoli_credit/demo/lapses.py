"""演示的依据失效: one item anchored to the successor in time by two people, one that nobody has anchored yet."""

from datetime import date, timedelta

from daoli_credit.accounts.models import Department, User
from daoli_credit.demo import people
from daoli_credit.demo.lived_in import checked, penalty
from daoli_credit.law import clock, workdays
from records.identity import Identity
from records.models import CreditRecord, Lapse
from records.rules.id_number import RESIDENT
from records.workflows import lapsing, opening
from records.workflows import record as acts

SERIAL = 3501
SUCCESSOR = "demo-market-rule-2026"
# What an invented sheet of the item says otherwise than one of food.
SAYS = {
    "penalty-ecommerce": ("未在首页公示营业执照信息", "《中华人民共和国电子商务法》第七十六条"),
    "penalty-quality": ("销售不合格产品", "《中华人民共和国产品质量法》第五十条"),
}
WHO = (
    ("penalty-ecommerce", Identity("庄晓晴", RESIDENT, people.number(date(1990, 2, 17), 961))),
    ("penalty-ecommerce", Identity("褚建业", RESIDENT, people.number(date(1981, 9, 5), 963))),
    ("penalty-quality", Identity("柳春兰", RESIDENT, people.number(date(1974, 5, 30), 964))),
)


def _in_force(item: str, who: Identity, clerk: User, reviewer: User, serial: int) -> CreditRecord:
    body = Department.objects.get(code="market-regulation")
    decided = clock.today() - timedelta(days=90)
    conduct, ground = SAYS[item]
    with clock.at(workdays.due(decided, 2).on):
        raw = penalty("penalty-food", who, body, decided=decided, serial=serial, severity="general")
        raw |= {"conduct_type": conduct, "facts": f"当事人被查实{conduct}。", "legal_ground": ground}
        record = acts.enter(department=body, checked=checked(item, raw, clock.today()), actor=clerk)
        acts.submit(record_id=record.pk, actor=clerk, seen=record.revision)
    with clock.at(workdays.due(decided, 4).on):
        opening.note([record], reviewer)
        return acts.approve(record_id=record.pk, actor=reviewer, opinion="", seen=record.revision)


def tell() -> int:
    """讲这一段. Returns how many lapses there are."""
    clerk, reviewer, legal = (User.objects.get(username=name) for name in ("zhaomin", "sunjianguo", "yuanzheng"))
    for place, (item, who) in enumerate(WHO):
        _in_force(item, who, clerk, reviewer, SERIAL + place)
    today = clock.today()
    with clock.at(workdays.before(today, 4).on):
        lapsing.find()
    anchored = Lapse.objects.get(item="penalty-quality")
    with clock.at(workdays.before(today, 3).on):
        words = "2026年版第四条沿用原来的种类、条件和期限，没有变得对本人不利。"
        lapsing.propose(lapse_id=anchored.pk, successor=SUCCESSOR, actor=legal, opinion=words, seen=anchored.revision)
    with clock.at(workdays.before(today, 2).on):
        lapsing.agree(lapse_id=anchored.pk, actor=reviewer, seen=2)
    for waiting in Lapse.objects.filter(item="penalty-ecommerce"):
        if waiting.is_due(today):
            lapsing.pause(lapse_id=waiting.pk, actor=User.objects.system())
    return Lapse.objects.count()
