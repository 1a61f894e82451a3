"""拒收."""

from datetime import date
from typing import Any

import pytest

from daoli_credit.law.assemble import build
from daoli_credit.law.build import Overlaid
from daoli_credit.law.pack import Pack
from daoli_credit.law.prohibited import Finding, findings

TODAY = date(2026, 11, 22)
ADULT = date(1990, 1, 1)


def actions(found: list[Finding]) -> dict[str, str]:
    return {finding.code: finding.action for finding in found}


def test_an_ordinary_penalty_passes(rules: Pack) -> None:
    assert not findings(
        rules,
        today=TODAY,
        fields_present=["行政处罚决定书文号", "违法事实", "处罚决定日期"],
        penalty_kinds=["罚款"],
        legal_ground="《中华人民共和国食品安全法》第一百二十四条",
        texts=["经营标签不符合规定的食品"],
        conduct_on=date(2026, 5, 1),
        determined_on=date(2026, 6, 1),
        birth_date=ADULT,
        party_type="自然人",
        document_number="哈里市监罚〔2026〕1号",
    )


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"legal_ground": "《治安管理处罚法》第四十九条"}, "sealed-public-security"),
        ({"penalty_kinds": ["行政拘留"]}, "administrative-detention"),
        ({"fields_present": ["逾期金额"]}, "financial-credit"),
        ({"fields_present": [" 指 纹 "]}, "biometrics"),
        ({"fields_present": ["宗教信仰"]}, "religion"),
        ({"fields_present": ["血型"]}, "genes-health"),
        ({"fields_present": ["志愿时长"]}, "volunteer-hours"),
        ({"fields_present": ["学籍号"]}, "pupils"),
        ({"fields_present": ["信用评级"]}, "personal-score"),
        ({"legal_ground": "《道路交通安全法》第九十九条"}, "traffic-violation"),
        ({"lacks_capacity": True}, "no-full-capacity"),
        ({"document_number": "  "}, "mediation-complaint"),
        ({"is_simplified": True}, "simplified-penalty"),
    ],
)
def test_what_the_law_forbids_is_refused_with_where_to_turn(rules: Pack, facts: dict[str, Any], code: str) -> None:
    found = findings(rules, today=TODAY, birth_date=ADULT, **facts)
    assert actions(found) == {code: "refuse"}
    assert found[0].turn_to


@pytest.mark.parametrize(
    ("header", "code"), [("民族", "ethnicity-politics"), ("配偶", "kin"), ("手机", "address-contact")]
)
def test_a_needless_column_is_dropped_by_name(rules: Pack, header: str, code: str) -> None:
    (found,) = findings(rules, today=TODAY, birth_date=ADULT, fields_present=["备注", header])
    assert (found.code, found.action, found.fields) == (code, "drop-field", (header,))


def test_a_refusal_on_an_unconfirmed_basis_says_how_to_have_it_confirmed(rules: Pack, demo: Pack) -> None:
    (waiting,) = findings(rules, today=TODAY, birth_date=ADULT, fields_present=["指纹"])
    (confirmed,) = findings(demo, today=TODAY, birth_date=ADULT, fields_present=["指纹"])
    assert waiting.action == confirmed.action == "refuse"
    assert "第二人同意后确认。办理入口：/rules/prohibited/biometrics/" in waiting.message
    assert "规则确认" not in confirmed.message


@pytest.mark.parametrize(
    ("birth", "conduct", "action"),
    [
        (date(2008, 5, 2), date(2026, 5, 1), "refuse"),
        (date(2008, 5, 1), date(2026, 5, 1), "refuse"),
        (date(2008, 4, 30), date(2026, 5, 1), None),
        (date(2008, 2, 29), date(2026, 2, 28), "refuse"),
        (date(2008, 2, 29), date(2026, 3, 1), None),
    ],
)
def test_a_person_is_an_adult_from_the_day_after_the_eighteenth_birthday(
    rules: Pack, birth: date, conduct: date, action: str | None
) -> None:
    found = findings(rules, today=TODAY, birth_date=birth, conduct_on=conduct, determined_on=date(2026, 6, 1))
    assert actions(found).get("minor-person") == action


def test_without_the_day_of_conduct_a_young_person_goes_to_a_human(rules: Pack) -> None:
    young = findings(rules, today=TODAY, birth_date=date(2004, 1, 1), determined_on=date(2026, 6, 1))
    grown = findings(rules, today=TODAY, birth_date=date(2000, 1, 1), determined_on=date(2026, 6, 1))
    assert actions(young) == {"minor-person": "hold"}
    assert not grown


def test_without_a_birth_date_a_human_looks(rules: Pack) -> None:
    (found,) = findings(rules, today=TODAY, determined_on=date(2026, 6, 1))
    assert (found.code, found.action) == ("minor-person", "hold")
    assert "出生日期" in found.message


def test_free_text_only_ever_holds(rules: Pack) -> None:
    texts = ["该人曾被治安拘留，贷款逾期，患有疾病，其妻子张某，电话13800005678，闯红灯"]
    found = findings(rules, today=TODAY, birth_date=ADULT, texts=texts)
    assert len(found) >= 6
    assert {finding.action for finding in found} == {"hold"}


def test_a_company_row_is_set_apart_and_no_error(rules: Pack) -> None:
    found = findings(rules, today=TODAY, birth_date=ADULT, party_type="法人及非法人组织")
    assert actions(found) == {"non-person-row": "not-a-person"}


def test_a_row_from_before_the_first_catalogue_waits_for_a_legal_officer(rules: Pack) -> None:
    before = findings(rules, today=TODAY, birth_date=ADULT, determined_on=date(2020, 12, 31))
    after = findings(rules, today=TODAY, birth_date=ADULT, determined_on=date(2021, 1, 1))
    assert actions(before) == {"legacy-row": "hold"}
    assert not after


def test_a_suspended_prohibition_only_asks_a_human(content: dict[str, Any]) -> None:
    pack = build(content, Overlaid(suspended=frozenset({("prohibited", "biometrics")})))
    found = findings(pack, today=TODAY, birth_date=ADULT, fields_present=["指纹"])
    assert actions(found) == {"biometrics": "hold"}
