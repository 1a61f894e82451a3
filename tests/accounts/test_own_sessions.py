"""在用的登录: found by user, seen, and ended."""

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client
from django.utils import timezone

from daoli_credit.accounts import sitting, tasks
from daoli_credit.accounts.models import Sitting, User
from tests.cast import signs_in


def open_session(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def two(db: None) -> tuple[User, User]:
    return signs_in("zhaomin", ""), signs_in("lijing", "")


def test_a_session_knows_its_user_and_a_visitors_knows_nobody(db: None) -> None:
    user, _ = two(db)
    open_session(user)
    visitor = Client()
    session = visitor.session
    session["anything"] = 1
    session.save()
    assert list(Sitting.objects.order_by("user_id").values_list("user_id", flat=True)) == [user.pk, None]


def test_the_page_ends_the_others_and_leaves_this_one_and_other_people(db: None) -> None:
    user, other = two(db)
    here, there, theirs = open_session(user), open_session(user), open_session(other)
    page = here.get("/account/").content.decode()
    assert "共 2 个" in page
    assert page.count("就是这里") == 1
    assert here.post("/account/sessions/end/").status_code == 302
    assert [one.get("/desk/").status_code for one in (here, there, theirs)] == [200, 302, 200]
    assert here.post("/account/sessions/end/").status_code == 302


def test_end_all_ends_every_session_of_the_one_user(db: None) -> None:
    user, other = two(db)
    clients, theirs = [open_session(user) for _ in range(3)], open_session(other)
    assert sitting.end_all(user) == 3
    assert [one.get("/desk/").status_code for one in [*clients, theirs]] == [302, 302, 302, 200]


def test_what_has_ended_is_swept_and_the_rest_stays(db: None) -> None:
    user, other = two(db)
    open_session(user)
    theirs = open_session(other)
    Sitting.objects.filter(user_id=user.pk).update(expire_date=timezone.now())
    tasks.clear_sessions()
    assert list(Sitting.objects.values_list("user_id", flat=True)) == [other.pk]
    assert theirs.get("/desk/").status_code == 200


def test_a_request_under_way_does_not_bring_an_ended_session_back(db: None) -> None:
    user, _ = two(db)
    client = open_session(user)
    under_way = client.session
    under_way["x"] = 1
    sitting.end_all(user)
    with pytest.raises(UpdateError):
        under_way.save()
    assert not Sitting.objects.filter(user_id=user.pk).exists()
