"""会话时限."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from daoli_credit.accounts import sitting
from daoli_credit.accounts.models import Sitting
from tests.accounts import tries
from tests.cast import signs_in

PASSWORD = "a-long-enough-password"


@pytest.fixture
def signed_in(client: Client, db: None) -> Client:
    tries.forget()
    signs_in("zhaomin", PASSWORD)
    client.post("/sign-in/", {"username": "zhaomin", "password": PASSWORD})
    return client


def left(client: Client) -> timedelta:
    end: datetime = Sitting.objects.get(pk=client.session.session_key).expire_date
    return end - timezone.now()


def let_pass(client: Client, span: timedelta) -> None:
    """As if the session had been used last `span` ago."""
    row = Sitting.objects.get(pk=client.session.session_key)
    data = row.get_decoded()
    data[sitting.SINCE] -= span.total_seconds()
    Sitting.objects.filter(pk=row.pk).update(
        session_data=sitting.SessionStore().encode(data), expire_date=row.expire_date - span
    )


def test_staff_have_thirty_idle_minutes(signed_in: Client) -> None:
    assert timedelta(minutes=29) < left(signed_in) <= timedelta(minutes=30)
    let_pass(signed_in, timedelta(minutes=31))
    assert signed_in.get("/desk/")["Location"].startswith("/sign-in/")


def test_each_use_begins_the_wait_anew(signed_in: Client) -> None:
    let_pass(signed_in, timedelta(minutes=25))
    assert signed_in.get("/desk/").status_code == 200
    assert left(signed_in) > timedelta(minutes=29)


def test_writing_in_a_form_is_a_use(signed_in: Client) -> None:
    let_pass(signed_in, timedelta(minutes=25))
    said = signed_in.get("/here/")
    assert (said.status_code, said.content) == (204, b"")
    assert left(signed_in) > timedelta(minutes=29)


def test_writing_begins_no_session_and_saves_no_ended_one(signed_in: Client) -> None:
    assert Client().get("/here/").cookies == {}
    let_pass(signed_in, timedelta(minutes=31))
    signed_in.get("/here/")
    assert signed_in.get("/desk/").status_code == 302


def test_who_comes_back_is_told_why_and_where_it_leads(signed_in: Client) -> None:
    let_pass(signed_in, timedelta(minutes=31))
    page = signed_in.get("/desk/records/new/", follow=True).content.decode()
    assert "超过 30 分钟没有操作" in page
    assert 'value="/desk/records/new/"' in page
    assert "这一页要先登录" not in Client().get("/sign-in/").content.decode()


def test_eight_hours_end_it_however_busy(signed_in: Client) -> None:
    for _ in range(19):
        let_pass(signed_in, timedelta(minutes=25))
        assert signed_in.get("/desk/").status_code == 200
    assert left(signed_in) < timedelta(minutes=6)
    let_pass(signed_in, timedelta(minutes=6))
    assert signed_in.get("/desk/").status_code == 302


def test_the_cookie_ends_with_the_browser_and_scripts_cannot_read_it(client: Client, db: None) -> None:
    tries.forget()
    signs_in("zhaomin", PASSWORD)
    cookie = client.post("/sign-in/", {"username": "zhaomin", "password": PASSWORD}).cookies["sessionid"]
    assert cookie["max-age"] == ""
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"


def test_reading_a_page_twice_in_a_minute_writes_nothing(signed_in: Client) -> None:
    before = left(signed_in)
    signed_in.get("/desk/")
    assert left(signed_in) <= before


def test_the_page_says_how_long(client: Client, db: None) -> None:
    assert "30 分钟没有操作自动退出" in client.get("/sign-in/").content.decode()
    assert "20 分钟没有操作自动退出" in client.get("/sign-in/citizen/").content.decode()
