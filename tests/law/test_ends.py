"""三个终点."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daoli_credit.law import ends
from daoli_credit.law.durations import Duration
from daoli_credit.law.pack import Pack

CODES = [
    *("penalty-food", "list-wage", "list-defence", "court-enforcement", "responsibility-ban", "commitment-breach"),
    *("permit-market", "title-teacher", "honour-volunteer", "commitment"),
]


@pytest.mark.parametrize(
    ("code", "until", "repair"),
    [
        ("minor", date(2026, 8, 31), date(2026, 5, 31)),
        ("general", date(2027, 5, 31), date(2026, 8, 31)),
        ("serious", date(2029, 5, 31), date(2027, 5, 31)),
    ],
)
def test_a_penalty_ends_with_its_class_and_is_never_public(demo: Pack, code: str, until: date, repair: date) -> None:
    found = ends.compute(demo.item("penalty-food"), code, determined_on=date(2026, 5, 31), pack=demo)
    assert (found.public_until, found.use_until, found.repair_from) == (None, until, repair)
    assert found.keep_until == date(2031, 5, 31)


def test_every_end_names_its_article(demo: Pack) -> None:
    found = ends.compute(demo.item("penalty-food"), "general", determined_on=date(2026, 5, 31), pack=demo)
    assert found.reasons["public_until"].startswith("不向社会公示：《中华人民共和国政府信息公开条例》第十五条")
    assert "《国务院办公厅关于进一步完善信用修复制度的实施方案》第（二）项" in found.reasons["use_until"]
    assert "第十九条" in found.reasons["keep_until"]
    assert found.reasons["repair_from"].startswith("一般类：自认定之日起满3个月")


def test_a_penalty_without_a_class_has_no_ends(demo: Pack) -> None:
    with pytest.raises(ends.NeedsClass, match="书面认定类别"):
        ends.compute(demo.item("penalty-food"), None, determined_on=date(2026, 5, 31), pack=demo)


def test_the_sooner_of_class_list_and_document_counts(demo: Pack) -> None:
    item = demo.item("court-enforcement")
    by_list = ends.compute(item, None, determined_on=date(2026, 5, 31), pack=demo)
    by_document = ends.compute(item, None, determined_on=date(2026, 5, 31), term_end=date(2027, 1, 1), pack=demo)
    assert by_list.use_until == date(2028, 5, 31)
    assert by_document.use_until == date(2027, 1, 1)


def test_old_conduct_stops_use_five_years_after_it(demo: Pack) -> None:
    found = ends.compute(
        demo.item("penalty-food"), "serious", determined_on=date(2026, 5, 31), conduct_on=date(2022, 1, 10), pack=demo
    )
    assert found.use_until == date(2027, 1, 10)
    assert found.repair_from is None
    assert "无须申请修复" in found.reasons["repair_from"]


def test_a_statutory_ban_outlives_the_cap_and_is_not_repaired(demo: Pack) -> None:
    found = ends.compute(
        demo.item("responsibility-ban"),
        "serious",
        determined_on=date(2026, 5, 31),
        term_end=date(2036, 5, 31),
        pack=demo,
    )
    assert (found.use_until, found.keep_until, found.repair_from) == (date(2036, 5, 31), date(2036, 5, 31), None)


def test_a_ban_without_an_end_in_the_document_is_open(demo: Pack) -> None:
    found = ends.compute(demo.item("responsibility-ban"), "serious", determined_on=date(2026, 5, 31), pack=demo)
    assert found.use_until is None
    assert found.reasons["use_until"].startswith("长期")


def test_a_list_is_public_only_where_the_pack_names_the_article(demo: Pack, rules: Pack) -> None:
    real = ends.compute(rules.item("list-wage"), None, determined_on=date(2026, 5, 31), pack=rules)
    shown = ends.compute(demo.item("list-wage"), None, determined_on=date(2026, 5, 31), pack=demo)
    assert real.public_until is None
    assert shown.public_until == shown.use_until == date(2029, 5, 31)


def test_an_honour_is_public_only_with_the_persons_consent(demo: Pack) -> None:
    item = demo.item("honour-volunteer")
    silent = ends.compute(item, None, determined_on=date(2026, 5, 31), pack=demo)
    agreed = ends.compute(item, None, determined_on=date(2026, 5, 31), public_consent=True, pack=demo)
    assert (silent.public_until, silent.use_until) == (None, date(2028, 5, 31))
    assert agreed.public_until == date(2028, 5, 31)


def test_an_honours_document_may_not_run_past_three_years(demo: Pack) -> None:
    found = ends.compute(
        demo.item("honour-volunteer"), None, determined_on=date(2026, 5, 31), term_end=date(2036, 1, 1), pack=demo
    )
    assert found.use_until == date(2029, 5, 31)


def test_a_record_ended_early_is_kept_sealed_for_two_years(demo: Pack) -> None:
    found = ends.compute(
        demo.item("penalty-food"), "general", determined_on=date(2026, 5, 31), ended_on=date(2026, 9, 10), pack=demo
    )
    assert (found.use_until, found.keep_until) == (date(2026, 9, 10), date(2028, 9, 10))


def test_a_certificate_is_kept_one_year_after_it_ended(demo: Pack) -> None:
    item = demo.item("title-teacher")
    live = ends.compute(item, None, determined_on=date(2020, 7, 1), pack=demo)
    ended = ends.compute(item, None, determined_on=date(2020, 7, 1), ended_on=date(2026, 7, 1), pack=demo)
    assert (live.use_until, live.keep_until) == (None, None)
    assert (ended.use_until, ended.keep_until) == (date(2026, 7, 1), date(2027, 7, 1))


@dataclass(frozen=True)
class Case:
    """A record's facts; the days are counted from the determination."""

    code: str
    found_class: str
    determined_on: date
    conduct_before: int
    term: int | None

    def ends(self, pack: Pack, *, later: int = 0) -> ends.Ends:
        return ends.compute(
            pack.item(self.code),
            self.found_class,
            determined_on=self.determined_on + timedelta(days=later),
            conduct_on=self.conduct_on,
            term_end=None if self.term is None else self.determined_on + timedelta(days=self.term),
            pack=pack,
        )

    @property
    def conduct_on(self) -> date:
        return self.determined_on - timedelta(days=self.conduct_before)


CASES = st.builds(
    Case,
    code=st.sampled_from(CODES),
    found_class=st.sampled_from(["minor", "general", "serious"]),
    determined_on=st.dates(date(2015, 1, 1), date(2035, 12, 31)),
    conduct_before=st.integers(0, 3000),
    term=st.none() | st.integers(0, 9000),
)


@given(case=CASES)
def test_no_adverse_record_passes_five_years_unless_it_outlives_by_law(demo: Pack, case: Case) -> None:
    item, found = demo.item(case.code), case.ends(demo)
    if item.sign == "adverse" and not item.ends.use.outlives:
        assert found.use_until is not None
        assert found.use_until <= Duration(years=5).after(case.conduct_on)


@given(case=CASES)
def test_publicity_ends_no_later_than_use_and_use_no_later_than_keeping(demo: Pack, case: Case) -> None:
    found = case.ends(demo)
    if found.public_until is not None:
        assert found.use_until is not None
        assert found.public_until <= found.use_until
    if found.use_until is not None and found.keep_until is not None:
        assert found.use_until <= found.keep_until


@given(case=CASES)
def test_repair_opens_while_the_record_is_still_used_or_not_at_all(demo: Pack, case: Case) -> None:
    found = case.ends(demo)
    if found.repair_from is not None:
        assert found.use_until is not None
        assert case.determined_on <= found.repair_from <= found.use_until


@given(case=CASES, later=st.integers(1, 400))
def test_a_later_determination_never_ends_earlier(demo: Pack, case: Case, later: int) -> None:
    first, second = case.ends(demo).use_until, case.ends(demo, later=later).use_until
    if first is not None and second is not None:
        assert first <= second


@given(case=CASES)
def test_every_end_gives_its_reason(demo: Pack, case: Case) -> None:
    reasons = case.ends(demo).reasons
    assert set(reasons) == {"public_until", "use_until", "keep_until", "repair_from"}
    assert all(reasons.values())
