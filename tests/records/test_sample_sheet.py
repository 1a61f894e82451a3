"""A bureau's penalty sheet as it is sent (543 rows): every bad row has its own message, every good one passes."""

import csv
from collections import Counter
from datetime import date

import pytest

from daoli_credit.embedded.places import CLONE
from daoli_credit.law import clock, pack
from records.rules import intake

SHEET = CLONE / "daoli_credit" / "demo" / "sheets" / "penalties-gb18030.csv"
DAY = date(2026, 11, 22)
# What the sheet does not hold: the bureau states it for the whole sheet.
STATED = {"severity": "general", "severity_basis": "行政处罚裁量基准（示例）"}


@pytest.fixture
def rows(db: None) -> dict[str, intake.Verdict]:
    """Verdicts by sheet line; the header's words are the pack's."""
    edition = pack.current()
    item = edition.item("penalty-market-other")
    names = {field.zh: field.name for field in (*edition.identity, *item.fields)}
    with clock.at(DAY), SHEET.open(encoding="gb18030", newline="") as text:
        table = csv.DictReader(text)
        raw = [{names[title]: value for title, value in line.items()} for line in table]
        return {str(n): intake.check(item.code, {**line, **STATED}, today=DAY) for n, line in enumerate(raw, start=2)}


def _causes(verdict: intake.Verdict) -> set[str]:
    return {problem.cause for problem in verdict.problems}


def test_the_sheet_divides_into_good_wrong_and_not_a_person(rows: dict[str, intake.Verdict]) -> None:
    assert len(rows) == 543
    assert sum(1 for verdict in rows.values() if verdict.apart) == 2
    wrong = {line: verdict for line, verdict in rows.items() if not verdict.checked and not verdict.apart}
    assert all(verdict.problems for verdict in wrong.values())
    assert Counter(cause for verdict in wrong.values() for cause in _causes(verdict)) == {
        "id-check-digit": 1,
        "prohibited:minor-person": 1,
        "id-scientific": 1,
        "date-impossible": 1,
        "date-future": 1,
        "prohibited:sealed-public-security": 1,
        "prohibited:administrative-detention": 1,
        "missing": 2,
        "formula": 1,
        "amount-form": 1,
    }


def test_every_problem_says_what_to_do(rows: dict[str, intake.Verdict]) -> None:
    said = [str(problem) for verdict in rows.values() for problem in verdict.problems]
    assert all(len(text) > 10 for text in said)
    assert len(set(said)) >= 9


def test_harmless_spellings_in_the_sheet_pass_as_the_same_values(rows: dict[str, intake.Verdict]) -> None:
    numbers = {v.checked.document_number: v.checked for v in rows.values() if v.checked}
    assert numbers["哈里市监罚〔2026〕0604号"].identity.id_number.endswith("X")
    assert numbers["哈里市监罚〔2026〕0605号"].identity.name == "郑强强"
    assert numbers["哈里市监罚〔2026〕0605号"].identity.id_number.isascii()
    for serial, day in (("0606", date(2026, 3, 5)), ("0607", date(2026, 3, 6)), ("0608", date(2026, 3, 7))):
        assert numbers[f"哈里市监罚〔2026〕{serial}号"].determined_on == day
    assert numbers["哈里市监罚〔2026〕0620号"].identity.name == "䶮𠮷·买买提"


def test_a_typed_end_of_publicity_is_never_taken_over(rows: dict[str, intake.Verdict]) -> None:
    typed = [v.checked for v in rows.values() if v.checked and v.checked.document_number.endswith("0617号")]
    assert typed
    assert "publicity_until_typed" not in typed[0].content
