"""载入规则版本."""

from pathlib import Path
from shutil import copytree

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from daoli_credit.law import clock, loader, pack
from daoli_credit.law.editions import PACKS, BadPack
from daoli_credit.law.models import Edition
from daoli_credit.law.rewritten import columns

pytestmark = pytest.mark.usefixtures("no_edition")


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    return copytree(PACKS, tmp_path / "packs")


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_first_load_adds_everything_and_puts_it_into_use() -> None:
    report = loader.load("2026-11")
    assert report.written
    assert len(report.added["items"]) == 54
    assert not report.changed
    assert not report.removed
    assert pack.current().digest == report.digest


def test_a_second_load_changes_nothing() -> None:
    loader.load("2026-11")
    editions = Edition.objects.count()
    report = loader.load("2026-11")
    assert report.is_same
    assert not report.written
    assert Edition.objects.count() == editions


def test_a_dry_run_says_what_would_change_and_writes_nothing() -> None:
    loader.load("2026-11")
    report = loader.load("demo-2026", dry_run=True)
    assert "list-wage" in report.changed["items"]
    assert "penalty-traffic" in report.changed["items"]
    assert pack.current().edition == "2026-11"


def test_what_is_rewritten_is_named_column_by_column_with_what_it_said_before(packs: Path) -> None:
    loader.load("2026-11")
    limits = packs / "2026-11" / "limits.yaml"
    rewrite(limits, "says: 较大数额罚款、吊销许可证件", "says: 吊销许可证件")
    report = loader.load("2026-11", dry_run=True, packs=packs)
    (one,) = report.rewritten
    assert (one.code, one.column) == ("hint-serious", "says")
    assert one.before.startswith("较大数额罚款、吊销")
    assert one.after.startswith("吊销许可证件、")


def test_a_row_that_changed_has_at_least_one_column_that_did() -> None:
    loader.load("2026-11")
    report = loader.load("demo-2026", dry_run=True)
    named = {(one.kind, one.code) for one in report.rewritten}
    assert named == {(kind, code) for kind, codes in report.changed.items() for code in codes}
    assert all(one.before != one.after or one.before.endswith("…") for one in report.rewritten)


def test_a_column_that_came_or_went_says_so() -> None:
    found = list(columns("items", "x", {"a": 1, "b": ["甲"]}, {"a": 1, "c": "乙  丙\n丁" + "长" * 90}))
    assert [(one.column, one.before, one.after[:6]) for one in found] == [
        ("c", "（没有）", "乙 丙 丁长"),
        ("b", '["甲"]', "（没有）"),
    ]
    assert found[0].after.endswith("长…")
    assert [(one.column, one.after) for one in columns("years", "2027", 1, 2)] == [("", "2")]


def test_going_back_to_an_earlier_edition_uses_its_row_again() -> None:
    first = loader.load("2026-11")
    loader.load("demo-2026")
    editions = Edition.objects.count()
    assert loader.load("2026-11").written
    assert Edition.objects.get(active=True).digest == first.digest
    assert Edition.objects.count() == editions


def test_the_report_names_what_was_added_changed_and_removed(packs: Path) -> None:
    loader.load("2026-11", packs=packs)
    rewrite(packs / "2026-11/keydates.yaml", "code: credit-consumption", "code: credit-shopping")
    rewrite(packs / "2026-11/keydates.yaml", "before: 7, after: 3", "before: 8, after: 3")
    report = loader.load("2026-11", packs=packs)
    assert report.added == {"extra": ("credit-shopping",)}
    assert report.changed == {"keydates": ("consumer-rights",)}
    assert report.removed == {"extra": ("credit-consumption",)}


def test_an_edition_with_errors_is_not_loaded_and_all_errors_are_told(packs: Path) -> None:
    rewrite(packs / "2026-11/limits.yaml", "unit: workday", "unit: fortnight")
    rewrite(packs / "2026-11/catalogue.yaml", "providers: [market-regulation]", "providers: [tea-house]")
    with pytest.raises(BadPack) as caught:
        loader.load("2026-11", packs=packs)
    assert "catalogue.yaml：items penalty-food：单位 tea-house 不存在" in caught.value.errors
    assert "limits.yaml：limits defence-general：unit 不能是 fortnight" in caught.value.errors
    assert not Edition.objects.filter(active=True).exists()


def test_the_demo_edition_is_refused_in_production(settings: Settings) -> None:
    settings.DEMO = settings.TESTING = False
    with pytest.raises(pack.DemoRefused, match="演示规则，不作依据"):
        loader.load("demo-2026")


def test_a_real_edition_may_not_call_itself_confirmed_by_others(packs: Path) -> None:
    rewrite(packs / "demo-2026/edition.yaml", "demo: true", "demo: false")
    with pytest.raises(BadPack, match="只有演示版本可以叠加"):
        loader.load("demo-2026", packs=packs)


def test_an_override_of_a_row_that_is_not_there_is_an_error(packs: Path) -> None:
    rewrite(packs / "demo-2026/edition.yaml", "    defence-general:", "    defence-tea:")
    with pytest.raises(BadPack, match="limits 中没有 defence-tea"):
        loader.load("demo-2026", packs=packs)


def test_an_edition_that_does_not_exist_is_named() -> None:
    with pytest.raises(BadPack, match="1999-01：没有这个版本"):
        loader.load("1999-01")


def test_the_database_allows_one_edition_in_use() -> None:
    loader.load("2026-11")
    with pytest.raises(IntegrityError, match="law_only_one_edition_in_use"), transaction.atomic():
        Edition.objects.create(
            code="x", title="另一版", demo=True, digest="x", content={}, loaded_at=clock.now(), active=True
        )
