"""守信三年: yes, no or a person; asked in a permit matter on its day; of what may be used today; kept nowhere."""

from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from daoli_credit.audit import events
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock, editions
from daoli_credit.law.assemble import build
from incentives.rules.good_record import COUNTED, Answer, Fact, Word, answer
from incentives.selectors import good_record
from records.identity import NotThisPerson
from records.models import CreditRecord
from records.rules.objectable import WHOLE
from tests import make, make_objections, make_repairs
from tests.cast import Cast, identity

TODAY = date(2026, 11, 28)
LIMIT = build(editions.read("2026-11")[0]).limit("good-record-years")


def _fact(severity: str = "general", ago: int = 100, *, disputed: bool = False) -> Fact:
    return Fact("DL1", "某项", severity, TODAY - timedelta(days=ago), disputed)


def _asked(*facts: Fact) -> Word:
    return answer(facts, LIMIT, on=TODAY).word


FACTS = st.builds(
    _fact,
    st.sampled_from(["minor", "general", "serious", ""]),
    st.integers(0, 3000),
    disputed=st.booleans(),
)


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ([], Word.YES),
        ([_fact()], Word.NO),
        ([_fact("serious")], Word.NO),
        ([_fact("minor")], Word.YES),
        ([_fact("")], Word.YES),
        ([_fact(ago=1096)], Word.YES),
        ([_fact(ago=1094)], Word.NO),
        ([_fact(disputed=True)], Word.HUMAN),
        ([_fact(disputed=True), _fact("serious")], Word.NO),
        ([_fact(disputed=True), _fact("minor")], Word.HUMAN),
    ],
)
def test_the_answer(facts: list[Fact], word: Word) -> None:
    assert _asked(*facts) == word


@given(st.lists(FACTS, max_size=6))
def test_a_no_always_rests_on_an_undisputed_record_of_three_years_and_a_class_that_counts(facts: list[Fact]) -> None:
    got = answer(facts, LIMIT, on=TODAY)
    counted = [one for one in facts if one.severity in COUNTED and LIMIT.years.after(one.determined_on) > TODAY]
    assert (got.word is Word.YES) == (not counted)
    assert (got.word is Word.NO) == any(not one.disputed for one in counted)
    assert got.word is not Word.NO or all(not one.disputed for one in got.facts)


@given(st.lists(FACTS, max_size=6), FACTS)
def test_one_record_more_never_makes_the_answer_better(facts: list[Fact], more: Fact) -> None:
    order = [Word.YES, Word.HUMAN, Word.NO]
    before, after = answer(facts, LIMIT, on=TODAY).word, answer([*facts, more], LIMIT, on=TODAY).word
    assert order.index(after) >= order.index(before)


def _look(cast: Cast, *, matter: str = "food-permit", case: str = "食许〔2026〕1号") -> LookUp:
    return events.look_up(
        actor=cast.clerk,
        person_key=cast.citizen.person_keys()[0],
        matter=matter,
        case_number=case,
        purpose="核对许可申请人",
        shown=[good_record.SHOWN],
        department="market-regulation",
    )


def _ask(cast: Cast, because: LookUp | None = None) -> Answer:
    return good_record.good_record(cast.citizen.person_keys(), clock.today(), because or _look(cast))


def test_general_and_serious_records_of_today_count(cast: Cast) -> None:
    assert _ask(cast).word == Word.YES
    record = make.effective(cast)
    got = _ask(cast)
    assert (got.word, [one.number for one in got.facts]) == (Word.NO, [record.number])
    assert "照常办理" in got.says


def test_what_is_minor_ended_repaired_or_only_drafted_does_not_count(cast: Cast) -> None:
    make.effective(cast, severity="minor", serial=2)
    make.submitted(cast, serial=3)
    assert _ask(cast).word == Word.YES
    record = make.effective(cast, serial=4)
    CreditRecord.objects.filter(pk=record.pk).update(suspended_on=clock.today())
    assert _ask(cast).word == Word.YES
    CreditRecord.objects.filter(pk=record.pk).update(
        suspended_on=None, status="ended", end_kind="expired", ended_on=clock.today()
    )
    assert _ask(cast).word == Word.YES


def test_a_repaired_record_does_not_count(cast: Cast) -> None:
    make_repairs.decided(cast)
    assert _ask(cast).word == Word.YES


def test_an_objection_makes_it_a_matter_for_a_person(cast: Cast) -> None:
    record = make.effective(cast)
    make_objections.raised(cast, record, points={WHOLE: "不是我"})
    assert _ask(cast).word == Word.HUMAN


def test_a_record_of_somebody_else_does_not_count(cast: Cast) -> None:
    make.effective(cast, who=identity("linxiuyun2"))
    assert _ask(cast).word == Word.YES


def test_it_is_asked_in_a_permit_matter_on_its_day_about_this_person(cast: Cast) -> None:
    today, keys = clock.today(), cast.citizen.person_keys()
    for matter in ("civil-servant-recruit", "award-moral", "drug-retail-permit", "nonsense"):
        with pytest.raises(good_record.NotAskedHere, match="许可事项"):
            good_record.good_record(keys, today, _look(cast, matter=matter))
    with pytest.raises(good_record.NotAskedHere, match="当天"):
        good_record.good_record(keys, today - timedelta(days=1), _look(cast))
    with pytest.raises(NotThisPerson):
        good_record.good_record(cast.namesake.person_keys(), today, _look(cast))
    own = events.own_look(actor=cast.citizen, person_key=keys[0], shown=[good_record.SHOWN])
    assert good_record.good_record(keys, today, own).word == Word.YES


def test_nothing_is_stored_but_that_it_was_asked(cast: Cast) -> None:
    make.effective(cast)
    because = _look(cast)

    def counts() -> dict[str, int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename !~ '_20[0-9]{2}_|_default$'"
            )
            names = [name for (name,) in cursor.fetchall()]
            found = {}
            for name in names:
                cursor.execute(f'SELECT count(*) FROM "{name}"')  # noqa: S608
                found[name] = cursor.fetchone()[0]
        return found

    before = counts()
    _ask(cast, because)
    assert counts() == before
