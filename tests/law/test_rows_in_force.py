"""施行期间、失效和继任."""

from datetime import date
from typing import Any

import pytest

from daoli_credit.law.assemble import build
from daoli_credit.law.pack import Pack, UnknownCode


def test_a_department_sees_its_items(rules: Pack) -> None:
    codes = {item.code for item in rules.items_for("human-resources", date(2026, 11, 22))}
    assert {"penalty-labour", "list-wage", "commitment"} <= codes
    assert "penalty-food" not in codes


def test_an_item_is_offered_only_between_its_days(content: dict[str, Any]) -> None:
    content["items"][0] |= {"effective_from": "2026-12-01", "effective_to": "2027-11-30"}
    pack = build(content)
    offered = {
        day: content["items"][0]["code"] in {item.code for item in pack.items_for("market-regulation", day)}
        for day in (date(2026, 11, 30), date(2026, 12, 1), date(2027, 11, 30), date(2027, 12, 1))
    }
    assert list(offered.values()) == [False, True, True, False]


def test_a_row_names_the_bases_that_have_lapsed(content: dict[str, Any]) -> None:
    old = next(basis for basis in content["bases"] if basis["code"] == "samr-order-44")
    old["effective_to"] = "2026-12-31"
    item = build(content).item("list-market")
    assert item.lapsed(date(2026, 12, 31)) == ()
    assert [c.basis.code for c in item.lapsed(date(2027, 1, 1))] == ["samr-order-44"]


def test_a_successor_says_what_it_replaces(content: dict[str, Any], rules: Pack) -> None:
    new = next(basis for basis in content["bases"] if basis["code"] == "ndrc-order-36")
    new["replaces"] = "ndrc-order-58"
    successor = build(content).successor("ndrc-order-58")
    assert successor is not None
    assert successor.code == "ndrc-order-36"
    assert rules.successor("penalty-law") is None


def test_the_repealed_repair_measures_are_not_in_force(rules: Pack) -> None:
    assert rules.basis("ndrc-order-58").in_force(date(2026, 3, 31))
    assert not rules.basis("ndrc-order-58").in_force(date(2026, 4, 1))


def test_an_unknown_code_is_named_in_chinese(rules: Pack) -> None:
    with pytest.raises(UnknownCode, match="现行规则包中没有目录事项 tea"):
        rules.item("tea")


def test_a_limit_that_is_not_known_has_no_years(rules: Pack) -> None:
    with pytest.raises(ValueError, match="不得申请修复"):
        _ = rules.limit("repair-false-bar").years
