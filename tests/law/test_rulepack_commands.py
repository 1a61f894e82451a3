"""manage.py load_rulepack and rules_to_confirm."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from daoli_credit.law import pack

pytestmark = pytest.mark.usefixtures("no_edition")


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_loading_says_what_it_added_and_a_second_time_that_nothing_changed() -> None:
    assert "增加 items（54）：penalty-food、" in run("load_rulepack", "2026-11")
    assert "与现行版本相同，未改动" in run("load_rulepack", "2026-11")


def test_a_dry_run_loads_nothing() -> None:
    assert "只作比较，未载入" in run("load_rulepack", "2026-11", "--dry-run")
    with pytest.raises(pack.NoEdition):
        pack.current()


def test_a_dry_run_over_another_edition_names_what_each_row_said_and_says_now() -> None:
    run("load_rulepack", "2026-11")
    lines = run("load_rulepack", "demo-2026", "--dry-run").splitlines()
    assert [one for one in lines if one.startswith("改写 items list-wage ") and " → " in one]


def test_an_unknown_edition_is_an_error_in_words() -> None:
    with pytest.raises(CommandError, match="没有这个版本"):
        run("load_rulepack", "1999-01")


def test_the_list_of_what_to_confirm_is_by_module_and_names_the_weak_basis() -> None:
    run("load_rulepack", "2026-11")
    listed = run("rules_to_confirm")
    assert "\n归集（" in listed
    assert "[待确认] 食品生产经营行政处罚（自然人）（items penalty-food）" in listed
    assert "先确认依据：全国公共信用信息基础目录" in listed
    assert "penalty-traffic" not in listed


def test_the_demo_edition_leaves_nothing_to_confirm() -> None:
    run("load_rulepack", "demo-2026")
    assert "共 0 行" in run("rules_to_confirm")


def test_without_an_edition_the_list_says_what_to_run() -> None:
    with pytest.raises(CommandError, match="load_rulepack"):
        run("rules_to_confirm")
