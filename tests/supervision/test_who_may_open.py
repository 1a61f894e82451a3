"""Every page of /supervision/ is closed to all but the holders of the duty 督导."""

import pytest
from django.test import Client

PAGES = ("", "tasks/", "tasks/2.1.2/", "clauses/", "plan/", "evidence/", "rules/")


@pytest.mark.parametrize("page", PAGES)
def test_a_supervisor_may(supervisor: Client, page: str) -> None:
    assert supervisor.get(f"/supervision/{page}").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_clerk_may_not(clerk: Client, page: str) -> None:
    assert clerk.get(f"/supervision/{page}").status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_is_sent_to_the_sign_in(db: None, page: str) -> None:
    response = Client().get(f"/supervision/{page}")
    assert response.status_code == 302
    assert f"next=/supervision/{page}" in response["Location"]


def test_an_unknown_task_is_not_found(supervisor: Client) -> None:
    assert supervisor.get("/supervision/tasks/9.9/").status_code == 404
