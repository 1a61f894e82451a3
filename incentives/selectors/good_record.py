"""问守信三年: inside one permit matter, or by the person about themselves; because of a look-up of the same day."""

from collections.abc import Sequence
from datetime import date

from daoli_credit.audit.models import LookUp
from daoli_credit.law import pack
from incentives.rules.good_record import COUNTED, Answer, Fact, Word, answer
from incentives.selectors.check_facts import about_any
from records.identity import NotThisPerson
from records.models import CreditRecord

LIMIT, TARGET, PERMIT = "good-record-years", "good-record", "permit"
# What the look-up row says was shown; `looks` has the words for the person.
SHOWN = "good-record"


class NotAskedHere(Exception):
    """不是在许可事项里、当时问的: the question exists in a permit matter that has such a reward, and nowhere else."""


def _demand(because: LookUp, person_keys: Sequence[bytes], on: date) -> None:
    if because.kind not in {LookUp.Kind.LOOK, LookUp.Kind.OWN} or bytes(because.person_key) not in person_keys:
        raise NotThisPerson("查询记录与当事人不符")
    if because.day != on:
        raise NotAskedHere("只回答当天的情况：请在办理的当时查询")
    if because.kind == LookUp.Kind.OWN:
        return
    if not asks(because.matter) or not because.case_number.strip():
        raise NotAskedHere("“守信三年”只在许可事项的办件里、规则有这项激励时回答")


def asks(matter_code: str) -> bool:
    """这个事项问不问守信三年: a permit, and one of its rewards hangs on it."""
    edition = pack.current()
    matter = edition.matters.get(matter_code)
    if matter is None or matter.matter_kind != PERMIT:
        return False
    rewards = (edition.measures[code] for code in matter.looks_at if code in edition.measures)
    return any(TARGET in reward.target and reward.sign == "reward" for reward in rewards)


def good_record(person_keys: Sequence[bytes], on: date, because: LookUp) -> Answer:
    """守信三年: 是、否 or 需人工核实, made up anew each time from what may be used today.

    Raises NotThisPerson when the look-up is about somebody else, NotAskedHere outside a permit matter or its day.
    """
    keys = [bytes(key) for key in person_keys]
    _demand(because, keys, on)
    usable = CreditRecord.objects.about(keys).provided(on=on).filter(severity__in=COUNTED)
    facts = [_fact(record) for record in usable.select_related("item").order_by("determined_on", "pk")]
    return answer(facts, pack.current().limit(LIMIT), on=on)


def against(subjects: Sequence[int], on: date) -> frozenset[int]:
    """答复“否”的主体, of those of a sheet whose looks are written in the same transaction: no word, and no record."""
    usable = CreditRecord.objects.provided(on=on).filter(about_any(subjects), severity__in=COUNTED)
    columns = ("subject_id", "number", "item__title", "severity", "determined_on", "disputed_on", "contested_on")
    facts: dict[int, list[Fact]] = {}
    for pk, number, title, severity, day, disputed, contested in usable.order_by("pk").values_list(*columns):
        doubtful = disputed is not None or contested is not None
        facts.setdefault(pk, []).append(Fact(number, title, severity, day, doubtful))
    limit = pack.current().limit(LIMIT)
    return frozenset(pk for pk, rows in facts.items() if answer(rows, limit, on=on).word is Word.NO)


def _fact(record: CreditRecord) -> Fact:
    return Fact(
        number=record.number,
        title=record.item.title,
        severity=record.severity,
        determined_on=record.determined_on,
        disputed=record.disputed_on is not None or record.contested_on is not None,
    )
