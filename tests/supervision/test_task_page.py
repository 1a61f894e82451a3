"""一项任务."""

from django.test import Client

from daoli_credit.supervision.models import Assignment


def test_it_names_departments_term_and_clauses(supervisor: Client) -> None:
    page = supervisor.get("/supervision/tasks/2.3.2/").content.decode()
    assert "二（三）2 加强隐私保护" in page
    assert "2019年年底前" in page
    assert "区工信局" in page
    assert "规范其个人信息采集、提供和使用等行为" in page


def test_a_term_that_the_plan_does_not_write_is_not_invented(supervisor: Client) -> None:
    assert "方案未写" in supervisor.get("/supervision/tasks/3.1/").content.decode()


def test_a_part_that_is_not_built_is_called_so(supervisor: Client) -> None:
    page = supervisor.get("/supervision/tasks/3.1/").content.decode()
    assert '督办与提示<span class="xs faint nowrap">（尚未启用）</span>' in page


def test_the_lead_is_shown_once_the_office_has_named_it(supervisor: Client) -> None:
    Assignment.objects.filter(task__number="2.3.2").update(role="lead")
    assert "牵头" in supervisor.get("/supervision/tasks/2.3.2/").content.decode()
