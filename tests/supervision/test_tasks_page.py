"""任务清单."""

import pytest
from django.test import Client

from daoli_credit.accounts.models import Department
from daoli_credit.supervision.models import Assignment, Task


def task_rows(client: Client, query: str = "") -> int:
    return (
        client.get(f"/supervision/tasks/{query}").content.decode().count('<th scope="row"><a href="/supervision/tasks/')
    )


def test_without_a_filter_all_sixteen_are_listed(supervisor: Client) -> None:
    assert task_rows(supervisor) == 16


@pytest.mark.parametrize(("code", "count"), [("tax", 2), ("credit-office", 7), ("procuratorate", 1)])
def test_a_department_sees_its_own(supervisor: Client, code: str, count: int) -> None:
    assert task_rows(supervisor, f"?department={code}") == count


def test_the_figure_of_a_department_and_its_list_move_together(supervisor: Client) -> None:
    tax = Department.objects.get(code="tax")
    Assignment.objects.create(task=Task.objects.get(number="2.4"), department=tax)
    page = supervisor.get("/supervision/tasks/").content.decode()
    assert '<a href="?department=tax">3<span class="vh"> 项' in page
    assert task_rows(supervisor, "?department=tax") == 3


def test_an_unknown_department_has_no_tasks(supervisor: Client) -> None:
    assert task_rows(supervisor, "?department=nobody") == 0
