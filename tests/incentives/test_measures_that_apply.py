"""措施适用: the rule alone, on the two editions we ship."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daoli_credit.law import editions
from daoli_credit.law.assemble import build
from daoli_credit.law.book import Pack
from incentives.rules import measures
from incentives.rules.measures import Applicable, RecordFact, Why

TODAY = date(2026, 11, 28)
REAL, DEMO = build(editions.read("2026-11")[0]), build(editions.read("demo-2026")[0])


def fact(item: str = "list-wage", **more: Any) -> RecordFact:
    given: dict[str, Any] = {"record": 1, "decided_on": date(2026, 6, 1), "use_until": date(2029, 6, 1)}
    return RecordFact(item=item, **(given | more))


def revoked(**more: Any) -> RecordFact:
    """A guide whose permit was revoked: shared for a year, barred for three."""
    content = {"penalty_kinds": ["罚款", "吊销许可证件"]}
    return fact("penalty-tourism", **({"use_until": date(2027, 6, 1), "content": content} | more))


def honour(**more: Any) -> RecordFact:
    return fact("honour-volunteer", **({"content": {"consent_scope": ["归集", "政务共享"]}} | more))


def ask(facts: list[RecordFact], matter: str, body: str, on: date = TODAY, rules: Pack = DEMO) -> list[Applicable]:
    return list(measures.applicable(facts, matter, body, on, rules=rules))


def codes(found: list[Applicable]) -> list[str]:
    return [one.measure.code for one in found]


def test_a_listed_employer_is_limited_by_the_body_that_the_law_names_in_the_matter_that_it_names() -> None:
    (one,) = ask([fact()], "gov-fund", "finance")
    assert (one.measure.code, one.record, one.must, one.firm, one.human) == ("m-wage-funds", 1, True, True, False)
    assert one.citation == "《保障农民工工资支付条例》第四十八条"
    assert (one.until, one.says) == (date(2029, 6, 1), f"应当：限制政府资金支持（{one.citation}）")
    assert ask([fact()], "gov-fund", "health") == []
    assert ask([fact()], "food-permit", "finance") == []
    assert ask([fact()], "no-such-matter", "finance") == []


def test_nothing_is_concluded_from_no_record() -> None:
    assert ask([], "gov-fund", "finance") == []


def test_rewards_stand_first_then_must_then_may() -> None:
    found = ask([fact(), honour(record=2)], "startup-fund", "human-resources")
    assert codes(found) == ["r-startup", "m-wage-funds"]
    assert [one.must for one in found] == [False, True]
    both = ask([fact("list-market", content={"list_type": "market-serious"}), fact()], "award-moral", "civility")
    assert codes(both) == ["m-wage-awards", "m-awards"]


def test_what_is_to_be_confirmed_is_listed_last_and_carries_nothing() -> None:
    found = ask([fact(), fact("court-enforcement")], "award-labour", "trade-union", rules=REAL)
    waiting = [one for one in found if not one.firm]
    assert found[-1] in waiting
    assert all(one.says.endswith("依据待确认，不得据以办理") for one in waiting)


def test_a_reward_may_rest_on_what_is_still_to_be_confirmed() -> None:
    facts = [honour()]
    found = {one.measure.code: one for one in ask(facts, "tour-guide-permit", "tourism", rules=REAL) if one.record}
    assert REAL.measures["r-tolerant"].status == "to-confirm"
    assert found["r-tolerant"].firm


def test_an_honour_counts_only_as_far_as_the_person_agreed() -> None:
    assert ask([honour(content={"consent_scope": ["归集"]})], "volunteer-benefit", "youth-league") == []
    assert codes(ask([honour()], "volunteer-benefit", "youth-league")) == ["r-volunteer-favour"]


def test_a_ban_by_law_outlives_shared_use_and_only_in_its_matter() -> None:
    (one,) = ask([revoked()], "tour-guide-permit", "tourism", date(2028, 1, 1))[-1:]
    assert (one.measure.code, one.until, one.beyond) == ("m-guide-ban", date(2029, 6, 1), True)
    assert one.human
    assert "m-guide-ban" not in codes(ask([revoked()], "tour-guide-permit", "tourism", date(2029, 6, 2)))
    assert "m-guide-ban" in codes(ask([revoked()], "tour-guide-permit", "tourism", date(2029, 6, 1)))


def test_the_condition_of_a_measure_is_asked_of_the_document() -> None:
    fined = revoked(content={"penalty_kinds": ["罚款"]})
    assert "m-guide-ban" not in codes(ask([fined], "tour-guide-permit", "tourism"))


def test_what_hangs_on_the_list_ends_with_it() -> None:
    assert codes(ask([fact()], "gov-fund", "finance", date(2029, 6, 1))) == ["m-wage-funds"]
    assert ask([fact()], "gov-fund", "finance", date(2029, 6, 2)) == []


def test_a_repair_lifts_what_it_may_lift_and_a_statutory_ban_goes_on() -> None:
    repaired: dict[str, Any] = {"ended_on": TODAY, "end_kind": "repaired", "use_until": TODAY}
    assert ask([fact(**repaired)], "gov-fund", "finance") == []
    one = ask([revoked(**repaired)], "tour-guide-permit", "tourism")[-1]
    assert (one.measure.code, one.beyond) == ("m-guide-ban", True)
    item = DEMO.item("list-wage")
    found = measures.lifted(DEMO.measures["m-wage-funds"], fact(**repaired), item)
    assert found == measures.Lift(TODAY, Why.REPAIRED)


@pytest.mark.parametrize("kind", ["wrong", "revoked", "undone", "corrected"])
def test_with_an_annulled_record_everything_falls_also_a_ban(kind: str) -> None:
    gone = revoked(ended_on=TODAY, end_kind=kind, use_until=TODAY)
    assert "m-guide-ban" not in codes(ask([gone], "tour-guide-permit", "tourism"))


def test_the_decisions_own_term_is_taken_from_it_or_asked_of_a_person() -> None:
    drug = {"penalty_kinds": ["限制从业"]}
    (one,) = ask([fact("penalty-drug", content=drug)], "drug-retail-permit", "market-regulation")
    assert (one.until, one.human) == (None, True)
    assert one.until_says.startswith("以决定书所载的期限为准")
    banned = fact("responsibility-ban", use_until=None, content={"ban_until": "2031-01-01"})
    found = ask([banned], "drug-retail-permit", "market-regulation")
    named = {one.measure.code: one for one in found}
    assert named["m-drug-ban"].until == date(2031, 1, 1)
    assert all(one.human for one in found)


def test_a_life_ban_has_no_last_day() -> None:
    banned = fact("responsibility-ban", use_until=None)
    found = {one.measure.code: one for one in ask([banned], "food-permit", "market-regulation")}
    assert (found["m-food-ban-life"].until, found["m-food-ban-life"].until_says[:2]) == (None, "终身")


def test_a_mark_of_objection_is_shown_with_the_measure() -> None:
    (one,) = ask([fact(disputed=True, contested=True)], "gov-fund", "finance")
    assert (one.disputed, one.contested) == (True, True)


def test_a_good_record_is_for_a_person_to_confirm_and_a_disputed_entry_does_not_count_against_it() -> None:
    found = ask([], "tour-guide-permit", "tourism")
    assert codes(found) == ["r-fast-lane", "r-tolerant"]
    assert all(one.record is None and one.human for one in found)
    assert "不等于" in found[0].human_says
    general = revoked(severity="general", content={})
    assert ask([general], "tour-guide-permit", "tourism") == []
    assert codes(ask([revoked(severity="general", content={}, disputed=True)], "tour-guide-permit", "tourism"))


days = st.dates(date(2021, 1, 1), date(2035, 1, 1))


@given(
    item=st.sampled_from(["list-wage", "penalty-tourism", "responsibility-ban", "court-enforcement", "penalty-food"]),
    decided=days,
    use_until=st.none() | days,
    kind=st.sampled_from(["", "expired", "repaired", "wrong"]),
    on=days,
    matter=st.sampled_from(sorted(DEMO.matters)),
)
def test_whatever_the_day_nothing_adverse_is_past_its_end_and_only_a_law_outlives_the_record(
    item: str, decided: date, use_until: date | None, kind: str, on: date, matter: str
) -> None:
    ended = {"ended_on": use_until, "end_kind": kind} if kind and use_until else {}
    content = {"penalty_kinds": ["吊销许可证件"]}
    one_fact = fact(item, decided_on=decided, use_until=use_until, content=content, **ended)
    for body in DEMO.departments:
        for one in ask([one_fact], matter, body, on):
            assert matter in one.measure.matters
            assert body in one.measure.body
            if one.reward:
                continue
            assert one.until is None or one.until >= on
            assert not one.beyond or one.measure.outlives_citation is not None
            assert kind != "wrong" or not use_until or use_until > on
