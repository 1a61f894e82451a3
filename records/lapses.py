"""读依据失效件: what is paused, what waits for whom, and which records rest on the basis."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from records import leaves
from records.models import CreditRecord, Holding, Lapse
from records.models.record import Records


def standing_still() -> Exists:
    """暂停中 of a record, as a condition: its item and body have a paused lapse."""
    return Exists(Lapse.objects.paused().filter(item=OuterRef("item"), department=OuterRef("department")))


def to_confirm(user: User) -> QuerySet[Lapse]:
    """等第二人的: what another has proposed."""
    mine = Lapse.objects.visible_to(user).filter(department_id__in=user.departments("review_record"))
    return mine.filter(status="proposed").exclude(proposed_by=user)


def to_settle(user: User) -> QuerySet[Lapse]:
    """等法制审核人员的: a lapse that was found."""
    mine = Lapse.objects.visible_to(user).filter(department_id__in=user.departments("legal_review"))
    return mine.filter(status="found")


def resting(lapse: Lapse) -> Records:
    """依据着它的记录: of the item and the body, in force today. Whoever is told of a pause is told for these."""
    return CreditRecord.objects.in_force(on=clock.today()).filter(item=lapse.item_id, department=lapse.department_id)


# What of these records a pause touches: the name in the address, in words, and the condition.
PARTS = {
    "": "在效的",
    "public": "其中向社会公示的",
    "held": "其中信用平台或者别的部门持有的",
}


@dataclass(frozen=True)
class Part:
    """一个数: its name in the address, what it counts in words, and how many."""

    name: str
    title: str
    count: int


def part(lapse: Lapse, name: str) -> Records:
    """这个数的那些记录, exactly those that it counts. Raises KeyError for a name that there is not."""
    held = Holding.objects.filter(record=OuterRef("pk"), gone_at__isnull=True)
    which = {"": Q(), "public": Q(public_until__gte=clock.today()), "held": Exists(held)}
    return resting(lapse).filter(which[name])


def parts(lapse: Lapse) -> list[Part]:
    """有多少条依据着它: an extent, not a target; no figure has a colour."""
    return [Part(name, title, leaves.counted(part(lapse, name))) for name, title in PARTS.items()]
