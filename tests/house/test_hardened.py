"""防护: what every page and every form of the map refuses, tried at each of them (docs/hardening.md)."""

import ast
import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import pytest
from django.apps import apps
from django.conf import settings as configured
from django.core.cache import cache
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import LookUp
from daoli_credit.portal import throttle
from daoli_credit.workflow import Stepped
from tests import make, make_feeds
from tests.cast import Cast, browser
from tests.house import sources
from tests.house.access_map import ACTORS, Line, read
from tests.house.asking import undone as _undone
from tests.house.conftest import Places

BODY = {"seen": "1", "opinion": "请核对", "purpose": "对照决定书核对当事人", "to": "large"}
# A forged switch changes the size of letters, no more; the platforms have no session and sign each word.
NO_TOKEN_WANTED = {
    "text-size",
    "theme",
    "feed-receipts",
    "api-whoami",
    "api-imports",
    "api-import",
    "api-checks",
    "api-check",
    "api-cases",
    "api-cases-closed",
}
ELSEWHERE = (
    "home",
    "x y",
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
)
PARTS = 4  # so that two workers share them
HOSTILE = (
    "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "\x00", "x\x00.png", "' OR '1'='1", "%", "𠮷" * 40, "a" * 400,
    "99999999999999999999", "a\r\nSet-Cookie: x=1",
)  # fmt: skip
# What nobody's form offers: who somebody is, whose something is, and what became of it.
SMUGGLED = {
    "status": "effective", "department": "credit-office", "department_id": "1", "is_superuser": "on", "is_staff": "on",
    "is_active": "", "officer": "audit", "face": "staff", "person_key": "x", "revision": "99", "username": "root",
    "entered_by": "1", "submitted_by": "1", "reviewed_by": "1", "approved_by": "1", "approved_on": "2020-01-01",
    "drafted_by": "1", "decided_by": "1", "proposed_by": "1", "uploaded_by": "1", "closed_by": "1", "number": "DL1",
    "effective_on": "2020-01-01", "use_until": "2099-01-01", "groups": "1", "user_permissions": "1", "subject_id": "1",
}  # fmt: skip


def _posts() -> list[Line]:
    return [line for line in read() if line.method == "POST"]


def _somebody(line: Line, actors: dict[str, User | None]) -> User | None:
    """Somebody for whom the form does something."""
    doing = [actor for actor in ACTORS if line.answers[actor] in {"200", "302", "422", "409"}]
    return actors[doing[0]] if doing else actors["经办"]


def _routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, before + str(pattern.pattern))
        elif pattern.name:
            yield pattern.name, before + str(pattern.pattern)


def test_every_form_refuses_without_its_token(places: Places) -> None:
    wrong, clients = [], {}
    for line in _posts():
        user = _somebody(line, places.actors)
        if user not in clients:
            clients[user] = Client(enforce_csrf_checks=True)
            if user:
                clients[user].force_login(user)
        answer = _undone(clients[user], "POST", places.addresses.get(line.name) or reverse(line.name), BODY)
        refused = answer.status_code == 403 and "表单" in answer.content.decode()
        if refused is (line.name in NO_TOKEN_WANTED):
            wrong.append(f"{line.name}：{answer.status_code}")
    assert not wrong, "\n".join(wrong)


def _facts() -> list[object]:
    """Who everybody is, and the standing of everything with steps; without the numbers that a sequence gives."""
    users = User.objects.order_by("pk").values_list(
        "pk", "username", "face", "officer", "is_active", "is_superuser", "home_department", "person_key"
    )
    groups = User.groups.through.objects.order_by("user_id", "group_id").values_list("user_id", "group_id")
    found: list[object] = [list(users), list(groups)]
    for model in apps.get_models():
        if issubclass(model, Stepped):
            names = [
                one.name
                for one in model._meta.concrete_fields
                if one.name in {"status", "revision", "department", "subject", "effective_on", "use_until"}
                or one.name.endswith(("_by", "_on"))
            ]
            found.append(sorted(map(str, model._default_manager.values_list(*names))))
    return found


def test_a_form_takes_nothing_that_it_does_not_offer(places: Places) -> None:
    wrong = []

    def after(line: Line, body: dict[str, str]) -> tuple[int, list[object]]:
        client = places.browsers[_somebody(line, places.actors)]
        address = places.addresses.get(line.name) or reverse(line.name)
        facts: list[object] = []
        answer = _undone(client, "POST", address, body, lambda: facts.extend(_facts()))
        return answer.status_code, facts

    for line in _posts():
        offered = {"department"} if line.name in {"campaign-none", "no-news", "campaign-new"} else set()
        smuggled = {name: value for name, value in SMUGGLED.items() if name not in offered}
        if after(line, {**smuggled, **BODY}) != after(line, BODY):
            wrong.append(line.name)
    assert not wrong, f"这些表单收下了它们没有的栏目：{wrong}"


def test_no_form_is_made_from_a_model_and_no_row_from_a_request() -> None:
    wrong = sources.saying("ModelForm") + sources.saying("modelform_factory")
    for name, path in sources.modules():
        for node in ast.walk(sources.tree(path)):
            spread = [word.value for word in getattr(node, "keywords", []) if word.arg is None]
            wrong += [
                f"{name}:{one.lineno}"
                for one in spread
                if re.search(r"\brequest\.(POST|GET|FILES|data)", ast.unparse(one))
            ]
    assert not wrong, wrong


def _readers(cast: Cast, route: str) -> list[User]:
    """Those who have the most to open there."""
    rooms = {"me/": [cast.citizen], "desk/feeds/": [cast.feed_operator], "desk/campaigns/": [cast.organiser],
             "supervision/": [cast.supervisor, cast.operator], "desk/listings/": [cast.wage_clerk]}  # fmt: skip
    return next((who for room, who in rooms.items() if route.startswith(room)), [cast.both])


@pytest.mark.parametrize("part", range(PARTS))
def test_no_hostile_argument_opens_or_breaks_anything(cast: Cast, part: int) -> None:
    wrong, signed_in = [], dict[User, Client]()
    with_object = [(name, route) for name, route in _routes(get_resolver().url_patterns) if "<" in route]
    for name, route in with_object[part::PARTS]:
        readers = _readers(cast, route)
        signed_in |= {user: browser(user) for user in readers if user not in signed_in}
        clients = [signed_in[user] for user in readers]
        for value in HOSTILE:
            address = "/" + re.sub(r"<[^>]+>", quote(value, safe="/%" if "%2f" in value else "/"), route)
            for client in clients:
                for method in ("GET", "POST"):
                    code = _undone(client, method, address, BODY if method == "POST" else None).status_code
                    if code not in {301, 302, 400, 401, 403, 404, 405, 410, 422}:
                        wrong.append(f"{method} {name} {value[:20]!r}：{code}")
    assert not wrong, "\n".join(sorted(set(wrong))[:30])


@pytest.mark.parametrize("value", ["x%00", "%0d%0aSet-Cookie:%20x=1", "%F0%28%8C%28%27", "99999999999999999999"])
def test_no_hostile_question_breaks_a_page(cast: Cast, value: str, settings: Settings) -> None:
    settings.FEEDS = make_feeds.CONNECTED
    names = (
        "page", "state", "status", "reason", "year", "department", "light", "treatment", "task", "key", "next", "q",
        "subject", "domain", "occupation",
    )  # fmt: skip
    asked = "&".join(f"{name}={value}" for name in names)
    with_object = {name for name, route in _routes(get_resolver().url_patterns) if "<" in route}
    plain = {line.name for line in read() if line.method == "GET"} - with_object - {"sign-in-citizen-back"}
    for user in (None, cast.both, cast.supervisor, cast.operator, cast.organiser, cast.citizen):
        client = browser(user)
        for name in plain:
            answer = _undone(client, "GET", f"{reverse(name)}?{asked}")
            assert answer.status_code < 500, f"{name}?{value[:20]} {answer.status_code}"
            assert "x" not in answer.cookies


def test_a_nul_in_a_form_is_an_answer_and_not_an_accident(places: Places) -> None:
    wrong = []
    fields = (*BODY, *SMUGGLED, "next", "key", "week", "party_name", "id_number", "what", "reason", "how", "when", "to")
    for line in _posts():
        body = dict.fromkeys(fields, "x\x00y")
        client = places.browsers[_somebody(line, places.actors)]
        code = _undone(client, "POST", places.addresses.get(line.name) or reverse(line.name), body).status_code
        if code >= 500 and line.answers["经办"] != "502":
            wrong.append(f"{line.name}：{code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("there", ELSEWHERE)
def test_no_page_sends_its_reader_elsewhere(places: Places, there: str) -> None:
    wrong = []
    for line in read():
        address = places.addresses.get(line.name) or reverse(line.name)
        asked = {"next": there, "then": there, "to": there, "url": there, "back": there}
        client = places.browsers[_somebody(line, places.actors)]
        answer = _undone(client, line.method, address, {**BODY, **asked})
        gone = answer.headers.get("Location", "")
        if gone and (urlsplit(gone).netloc not in {"", "testserver"} or "\\" in urlsplit(gone).path):
            wrong.append(f"{line.name} → {gone}")
    assert not wrong, wrong


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "127.0.0.1:1"])
def test_another_host_is_refused(db: None, host: str) -> None:
    assert Client().get("/sign-in/", headers={"host": host}).status_code == 400
    answer = Client().get("/sign-in/", headers={"x-forwarded-host": host})
    assert host not in answer.content.decode()


def test_every_page_carries_every_header(places: Places, standing: Cast) -> None:
    wrong = []
    for user in (None, standing.both, standing.supervisor, standing.operator, standing.citizen):
        client = places.browsers[user]
        for line in read():
            if line.method != "GET":
                continue
            answer = _undone(client, "GET", places.addresses.get(line.name) or reverse(line.name))
            policy = answer.headers.get("Content-Security-Policy", "")
            wanted = {
                "X-Frame-Options": "DENY",
                "X-Content-Type-Options": "nosniff",
                "Referrer-Policy": "same-origin",
                "Cross-Origin-Opener-Policy": "same-origin",
                "Cross-Origin-Resource-Policy": "same-origin",
            }
            missing = [name for name, value in wanted.items() if answer.headers.get(name) != value]
            missing += [] if "camera=()" in answer.headers.get("Permissions-Policy", "") else ["Permissions-Policy"]
            closed = ("default-src 'self'" in policy or "default-src 'none'" in policy) and "unsafe" not in policy
            missing += [] if closed else ["CSP"]
            if user is not None and answer.headers.get("Cache-Control") != "private, no-store":
                missing.append("Cache-Control")
            if missing:
                wrong.append(f"{line.name} {user}：{missing}")
    assert not wrong, "\n".join(wrong[:20])


def test_the_cookies_are_for_the_browser_alone(cast: Cast) -> None:
    client = browser(cast.clerk)
    client.get("/desk/imports/new/")
    cookie = client.cookies[configured.CSRF_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["domain"]) == (True, "Lax", "")
    assert (configured.SESSION_COOKIE_HTTPONLY, configured.SESSION_COOKIE_SAMESITE) == (True, "Lax")


def test_beyond_the_limit_there_is_a_page_and_nothing_is_done(cast: Cast, settings: Settings) -> None:
    settings.THROTTLE = True
    record, client = make.effective(cast), browser(cast.clerk)
    rate, address = throttle.RATES[("record-reveal", "POST")], reverse("record-reveal", args=[record.number])
    cache.set(f"throttle:{rate.name}:user:{cast.clerk.pk}", rate.times - 1, 60)
    assert client.post(address, BODY).status_code == 200
    looked = LookUp.objects.count()
    answer = client.post(address, BODY)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, str(rate.minutes * 60))
    assert "分钟后再试" in answer.content.decode()
    assert LookUp.objects.count() == looked
    assert browser(cast.reviewer).post(address, BODY).status_code == 200  # somebody else is not kept waiting


def test_visitors_are_counted_by_address(db: None, settings: Settings) -> None:
    settings.THROTTLE = True
    rate = throttle.RATES[("public-record", "GET")]
    cache.set(f"throttle:{rate.name}:address:10.9.8.7", rate.times, 60)
    assert Client(REMOTE_ADDR="10.9.8.7").get("/public/x/").status_code == 429
    assert Client(REMOTE_ADDR="10.9.8.6").get("/public/x/").status_code == 410


def test_every_limit_is_of_an_address_that_exists() -> None:
    names = {name for name, _ in _routes(get_resolver().url_patterns)}
    assert {name for name, _ in throttle.RATES} | throttle.SIGNED <= names


def test_no_model_has_a_file_that_the_web_could_serve() -> None:
    held = [f"{model.__name__}.{one.name}" for model in apps.get_models() for one in model._meta.get_fields()
            if isinstance(one, models.FileField)]  # fmt: skip
    assert not held, f"上传的内容只以密文留在数据库里：{held}"
    assert not configured.MEDIA_URL.strip("/")
