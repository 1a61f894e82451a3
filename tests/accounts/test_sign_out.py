"""退出."""

from django.test import Client

from daoli_credit.audit.models import Event
from tests.cast import signs_in


def test_signing_out_ends_the_session_and_leaves_an_event(client: Client, db: None) -> None:
    user = signs_in("zhaomin", "")
    client.force_login(user)
    key = client.session.session_key
    assert client.post("/sign-out/").status_code == 302
    assert "_auth_user_id" not in client.session
    assert client.session.session_key != key
    assert Event.objects.get(act="user.signed-out").actor_id == user.audit_id


def test_a_link_cannot_sign_anybody_out(client: Client, db: None) -> None:
    client.force_login(signs_in("zhaomin", ""))
    assert client.get("/sign-out/").status_code == 405
    assert "_auth_user_id" in client.session


def test_signing_out_needs_the_forms_token(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(signs_in("zhaomin", ""))
    assert client.post("/sign-out/").status_code == 403
    assert "_auth_user_id" in client.session


def test_a_visitor_signing_out_is_harmless(client: Client, db: None) -> None:
    assert client.post("/sign-out/").status_code == 302
    assert not Event.objects.filter(act="user.signed-out").exists()
