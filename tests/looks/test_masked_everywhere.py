"""处处遮盖: one person goes through every procedure; afterwards their name and number stand nowhere in plain.

Not in a table, an event, a log, a task's arguments, an error page, a file, a message's title or a page without reveal.
"""

import base64
import logging
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import redis
from celery import current_app
from django.conf import settings as django_settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from daoli_credit import cipher
from daoli_credit.accounts.models import Message, User
from daoli_credit.demo import people
from daoli_credit.looks import tasks as look_tasks
from records import tasks
from records.identity import Identity
from records.rules.id_number import RESIDENT
from tests import make, make_exports, make_importing, make_listing, make_looks, make_repairs
from tests.cast import Cast, browser

WHO = Identity("欧阳靖宇轩", RESIDENT, people.number(date(1987, 6, 5), 957))
PLAIN = (WHO.name, WHO.id_number, WHO.id_number[-10:])


@dataclass(frozen=True)
class Lived:
    """What was done about this person."""

    person: User
    addresses: tuple[tuple[str, str], ...]


def _nowhere(text: str, where: str) -> None:
    for plain in PLAIN:
        assert plain not in text, f"{where}里有“{plain}”"
        assert plain.encode().hex() not in text, f"{where}里有“{plain}”的字节"


def live(cast: Cast) -> Lived:
    """By the true acts and pages: a record reviewed and revealed, a sheet, a listing, a repair, looks, exports."""
    person = User.objects.citizen(username="c-planted", person_key=cipher.person_keys(WHO.id_number)[0])
    record = make.submitted(cast, who=WHO, serial=901)
    desk = browser(cast.reviewer)
    desk.get(f"/desk/records/{record.number}/")
    shown = desk.post(f"/desk/records/{record.number}/reveal/", {"purpose": "对照决定书核对当事人"})
    assert WHO.name in shown.content.decode()  # the one page that opens it
    desk.post(f"/desk/records/{record.number}/approve/", {"seen": "1"})
    good = make_importing.row(902, WHO.name, WHO.id_number)
    wrong = make_importing.row(903, WHO.name, WHO.id_number[:-1] + "Z", 违法事实=f"{WHO.name}（{WHO.id_number}）被查实")
    batch = make_importing.checked(cast, make_importing.sheet([good, wrong]))
    listing = make_listing.notified(cast, who=WHO)
    repair = make_repairs.applied(cast, make_repairs.old(cast, who=WHO, serial=904), by=person)
    full = make_exports.made(cast, full_identity=True)
    look = make_looks.looked(cast, record)
    browser(person).post(f"/me/looks/{look.pk}/explain/", {"question": "为什么看？"})
    make_looks.odd(cast, look)
    make_looks.asked_delay(cast)
    look_tasks.watch_looks()
    tasks.tend_exports()
    named = [("clerk", name) for name in ("desk", "record-list", "record-new", "import-list", "export-list")]
    named += [("clerk", "look-desk"), ("clerk", "repair-list"), ("reviewer", "record-queue"), ("reviewer", "look-desk")]
    named += [("wage_clerk", "listing-list"), ("legal", "look-desk"), ("supervisor", "supervision")]
    named += [("audit_officer", "odd-look-list"), ("feed_operator", "feeds")]
    of_one = [("clerk", "record", record.number), ("clerk", "import", batch.number), ("clerk", "repair", repair.number)]
    of_one += [("reviewer", "export", full.number), ("wage_clerk", "listing", listing.number)]
    pages = [(who, reverse(name)) for who, name in named]
    pages += [(who, reverse(name, args=[number])) for who, name, number in of_one]
    pages += [
        ("clerk", f"/desk/imports/{batch.number}/?tab=wrong"),
        ("clerk", f"/desk/imports/{batch.number}/?tab=new"),
    ]
    own = [("", f"/me/{room}") for room in ("", "looks/", "cases/", "messages/", f"records/{record.number}/")]
    return Lived(person, (*pages, *own))


@pytest.fixture
def lived(cast: Cast, caplog: pytest.LogCaptureFixture) -> Lived:
    with caplog.at_level(logging.DEBUG):
        return live(cast)


def test_no_page_but_a_reveal_shows_it(cast: Cast, lived: Lived) -> None:
    for who, address in lived.addresses:
        answer = browser(getattr(cast, who) if who else lived.person).get(address)
        assert answer.status_code == 200, address
        _nowhere(answer.content.decode(), address)


def test_no_table_holds_it_in_plain(lived: Lived) -> None:
    with connection.cursor() as cursor:
        # the months of evidence are read through their parent
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
            " AND has_table_privilege(oid, 'SELECT')"
        )
        tables = [name for (name,) in cursor.fetchall()]
        assert {"audit_event", "audit_lookup", "records_exportfile", "records_sealedsheet"} <= set(tables)
        for name in tables:
            cursor.execute(f'SELECT t::text FROM "{name}" t')  # noqa: S608  names come from the catalogue
            _nowhere("\n".join(row for (row,) in cursor.fetchall()), f"表 {name} ")


def test_no_log_line_and_no_title_says_it(lived: Lived, caplog: pytest.LogCaptureFixture) -> None:
    _nowhere(caplog.text, "日志")
    _nowhere("\n".join(Message.objects.values_list("title", flat=True)), "消息标题")


def test_no_file_holds_it(lived: Lived) -> None:
    for folder in (Path(django_settings.EVIDENCE_DIR), Path(django_settings.MEDIA_ROOT or "nowhere")):
        for file in folder.rglob("*") if folder.is_dir() else ():
            if file.is_file():
                _nowhere(file.read_bytes().decode("utf-8", "replace"), str(file))


def test_a_tasks_arguments_are_numbers_of_rows(
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    monkeypatch.setattr(current_app.conf, "broker_url", django_settings.CELERY_BROKER_URL)
    current_app._after_fork()  # type: ignore[attr-defined]  # an earlier test may have connected elsewhere
    broker = redis.Redis.from_url(django_settings.REDIS_URL)
    before = broker.llen("celery")
    make.effective(cast, who=WHO, serial=905)
    with django_capture_on_commit_callbacks(execute=True):
        make_exports.asked(cast)
        make_importing.uploaded(cast, make_importing.sheet([make_importing.row(906, WHO.name, WHO.id_number)]))
    waiting = broker.lrange("celery", 0, -1)
    assert len(waiting) >= int(before) + 2
    for text in (str(message, "utf-8") for message in waiting if isinstance(message, bytes)):
        _nowhere(text, "任务")
        body = text.partition('"body": "')[2].partition('"')[0]
        _nowhere(base64.b64decode(body).decode(), "任务参数")
    broker.ltrim("celery", 0, 0)
    broker.lpop("celery")
    current_app._after_fork()  # type: ignore[attr-defined]


def broken(request: HttpRequest) -> HttpResponse:
    """A page that fails while it holds somebody's identity."""
    known = Identity(request.POST["name"], RESIDENT, request.POST["id_number"])
    raise RuntimeError(f"页面出错：{len(known.name)}")


urlpatterns = [path("broken/", broken), path("", include("daoli_credit.urls"))]
handler500 = "daoli_credit.portal.public.errors.server_error"


def test_an_error_page_and_its_log_say_nothing_of_what_was_sent(
    cast: Cast, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ROOT_URLCONF, settings.DEBUG = __name__, False
    client = Client(raise_request_exception=False)
    client.force_login(cast.clerk)
    answer = client.post("/broken/", {"name": WHO.name, "id_number": WHO.id_number})
    assert answer.status_code == 500
    assert "追踪号" in caplog.text
    _nowhere(answer.content.decode(), "错误页")
    _nowhere(caplog.text, "错误日志")
