"""角色的组: one group per department and role, with the verbs of the table, in as many statements whatever it holds."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import Permission
from guardian.models import GroupObjectPermission
from pytest_django import DjangoAssertNumQueries

from daoli_credit.accounts import departments, roles
from daoli_credit.accounts.models import Department
from tests.cast import Cast


def held(group: object, department: Department) -> set[str]:
    rows = GroupObjectPermission.objects.filter(group=group, object_pk=str(department.pk))
    return set(rows.values_list("permission__codename", flat=True))


@pytest.mark.parametrize("role", roles.ROLES, ids=lambda role: role.code)
def test_a_group_holds_what_the_table_says_on_its_department_alone(cast: Cast, role: roles.Role) -> None:
    body = Department.objects.get(code="credit-office")
    group = roles.group(body, role)
    assert held(group, body) == set(role.verbs)
    assert not GroupObjectPermission.objects.filter(group=group).exclude(object_pk=str(body.pk)).exists()


def test_a_verb_that_the_table_gained_is_added_and_the_others_stay(cast: Cast) -> None:
    role = replace(roles.BY_CODE["lead"], code="made-up", verbs=("view_records",))
    first = roles.group(cast.market, role)
    kept = GroupObjectPermission.objects.get(group=first)
    assert roles.group(cast.market, replace(role, verbs=("view_records", "assign_review"))) == first
    assert held(first, cast.market) == {"view_records", "assign_review"}
    assert GroupObjectPermission.objects.filter(pk=kept.pk).exists()


def test_a_verb_that_nobody_declared_is_refused(cast: Cast) -> None:
    with pytest.raises(Permission.DoesNotExist, match="forgive"):
        roles.group(cast.market, roles.Role("made-up", "虚构", ("view_records", "forgive")))


def test_a_role_costs_as_many_statements_whatever_it_holds(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made_up = [roles.Role(f"made-up-{number}", "虚构", roles.BY_CODE["clerk"].verbs[:number]) for number in (1, 13)]
    roles.group(cast.market, roles.Role("made-up", "虚构", ()))
    for role in made_up:
        with django_assert_num_queries(7):  # the group with its savepoint, what it holds, the verbs, what is missing
            roles.group(cast.market, role)
    with django_assert_num_queries(2):
        roles.group(cast.market, made_up[1])


def test_loading_the_departments_again_gives_nothing_twice(cast: Cast) -> None:
    before = GroupObjectPermission.objects.count()
    departments.load()
    assert GroupObjectPermission.objects.count() == before
