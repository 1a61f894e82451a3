"""可否推送、可否公示."""

from datetime import date
from typing import Any

import pytest

from daoli_credit.law import ends
from daoli_credit.law.assemble import build
from daoli_credit.law.pack import Pack


def test_a_confirmed_item_of_a_district_body_may_be_pushed(demo: Pack) -> None:
    assert demo.may_push(demo.item("penalty-food"))


def test_what_a_vertical_channel_carries_is_never_pushed(demo: Pack) -> None:
    (why,) = demo.push_refusals(demo.item("list-market"))
    assert "垂直系统" in why


def test_what_the_catalogue_does_not_push_stays_here(demo: Pack) -> None:
    (why,) = demo.push_refusals(demo.item("permit-market"))
    assert "只在办理事项时核对" in why


def test_an_unconfirmed_basis_holds_the_push_back(rules: Pack) -> None:
    (why,) = rules.push_refusals(rules.item("penalty-food"))
    assert "待确认" in why


def test_nothing_is_public_in_the_real_edition(rules: Pack) -> None:
    assert not [item.code for item in rules.items.values() if rules.may_publish(item)]


def test_a_public_item_without_the_bodys_article_is_not_shown(content: dict[str, Any]) -> None:
    for item in content["items"]:
        item["disclosure"] = "社会公开"
    pack = build(content)
    assert not pack.may_publish(pack.item("list-wage"))


def test_the_demo_shows_one_list_and_one_penalty_and_nothing_else(demo: Pack) -> None:
    assert [item.code for item in demo.items.values() if demo.may_publish(item)] == ["penalty-tourism", "list-wage"]


def test_the_end_rule_for_public_penalties_is_used_by_no_item_of_the_real_edition(
    rules: Pack, content: dict[str, Any]
) -> None:
    assert "penalty-public" in {row["code"] for row in content["end_rules"]}
    assert "penalty-public" not in {item.ends.code for item in rules.items.values()}


@pytest.mark.parametrize(
    ("severity", "until"), [("minor", None), ("general", date(2027, 5, 31)), ("serious", date(2029, 5, 31))]
)
def test_a_public_penalty_is_public_by_its_class_and_a_minor_one_never(
    demo: Pack, severity: str, until: date | None
) -> None:
    found = ends.compute(demo.item("penalty-tourism"), severity, determined_on=date(2026, 5, 31), pack=demo)
    assert found.public_until == until
    assert ("轻微类不公示" in found.reasons["public_until"]) == (until is None)
