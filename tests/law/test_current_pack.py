"""现行规则包."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from pytest_django import DjangoAssertNumQueries, Settings

from daoli_credit.embedded import testbed
from daoli_credit.law import loader, pack
from daoli_credit.law.models import Edition


@pytest.mark.usefixtures("no_edition")
def test_before_the_first_load_it_says_what_to_run() -> None:
    with pytest.raises(pack.NoEdition, match="load_rulepack"):
        pack.current()


@pytest.mark.django_db
def test_between_two_looks_the_database_is_left_alone(
    settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    loader.load("demo-2026")
    settings.TESTING = False
    pack.forget()
    first = pack.current()
    with django_assert_num_queries(0):
        assert pack.current() is first


@pytest.mark.django_db
def test_a_look_costs_one_query_and_keeps_an_unchanged_pack(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    loader.load("demo-2026")
    first = pack.current()
    with django_assert_num_queries(1):
        assert pack.current() is first


@pytest.mark.django_db
def test_another_edition_is_seen_at_once_after_its_load() -> None:
    loader.load("2026-11")
    assert pack.current().edition == "2026-11"
    loader.load("demo-2026")
    assert pack.current().edition == "demo-2026"


@pytest.mark.usefixtures("committing_db")
def test_a_fresh_database_does_not_see_the_pack_of_another(settings: Settings) -> None:
    loader.load("demo-2026")
    settings.TESTING = False
    assert pack.current().demo
    with testbed.fresh_database():
        Edition.objects.update(active=False)
        with pytest.raises(pack.NoEdition):
            pack.current()


@pytest.mark.django_db
def test_a_demo_edition_in_the_database_is_not_used_in_production(settings: Settings) -> None:
    loader.load("demo-2026")
    pack.forget()
    settings.DEMO = settings.TESTING = False
    with pytest.raises(pack.DemoRefused):
        pack.current()


def test_production_does_not_start_on_a_demo_edition(settings: Settings) -> None:
    settings.DEMO = settings.TESTING = False
    settings.EDITION = "demo-2026"
    with pytest.raises(SystemCheckError, match=r"law\.E002"):
        call_command("check")


def test_nothing_starts_on_an_edition_that_does_not_exist(settings: Settings) -> None:
    settings.EDITION = "1999-01"
    with pytest.raises(SystemCheckError, match=r"law\.E001"):
        call_command("check")
