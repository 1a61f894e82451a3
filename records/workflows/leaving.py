"""退出: an adult without full capacity, or the dead, is no credit subject. Their adverse records end, all at once."""

from daoli_credit.accounts.models import User
from daoli_credit.law import clock, pack
from daoli_credit.workflow import SYSTEM, Step, taking
from records.models import CreditRecord, Subject
from records.models.record import S
from records.models.subject import Left
from records.workflows.revisions import end_today

STEPS = {
    "leave": Step("record.left", "当事人不再是信用主体，终止", frozenset({S.EFFECTIVE}), S.ENDED, SYSTEM),
}


def adverse(subjects: list[int]) -> list[int]:
    """他们名下在效的不利记录; what the catalogue no longer knows counts as adverse. Locks every record of theirs."""
    # whoever is just approving one ends first: then it is effective and ends here, or it finds the person gone
    theirs = CreditRecord.objects.select_for_update(of=("self",)).filter(subject__in=subjects).order_by("pk")
    items = pack.current().items
    good = {code for code, item in items.items() if item.sign != "adverse"}
    return [one.pk for one in theirs if one.status == S.EFFECTIVE and one.item_id not in good]


def leave(subjects: list[Subject], why: Left) -> int:
    """退出: the caller has locked the subjects and has the decision. Returns how many records ended."""
    for one in subjects:
        one.left_on, one.left_why = clock.today(), why
        one.save(update_fields=["left_on", "left_why"])
    ended, system = adverse([one.pk for one in subjects]), User.objects.system()
    for pk in ended:
        _end(pk, why, system)
    return len(ended)


def _end(record_id: int, why: Left, actor: User) -> None:
    with taking(STEPS["leave"], CreditRecord, record_id, actor=actor) as record:
        end_today(record, str(why))


def come_back(subjects: list[Subject]) -> None:
    """恢复主体资格: what has ended stays ended; what comes later may be taken in again."""
    for one in subjects:
        one.left_on, one.left_why = None, ""
        one.save(update_fields=["left_on", "left_why"])
