"""没有明文，较新的各室也一样: checks, sheets, notices, honours, registrations, requests, answers from above, exports.

Every column that is registered as an envelope must have held something by the end, so that a new one cannot be left
out of the story; what the workers were told by the broker is read too.
"""

from pathlib import Path

import pytest
from django.apps import apps
from psycopg2 import extensions
from pytest_django import Settings

from daoli_credit import sealed
from daoli_credit.audit import sealer
from incentives.models import Check, Nomination, PreAdverseStatement
from records.tasks import journal_removals
from tests import make_feeds
from tests.cast import Cast, assemble, browser
from tests.production import rooms
from tests.production.test_nobody_in_plain import (
    ENTERED,
    IMPORTED,
    LISTED,
    TYPED,
    WRONG,
    _enter_and_repair,
    _import,
    _push,
    broker,
    files,
    places,
    seen_in,
    tables,
)

__all__ = ["places"]
pytestmark = pytest.mark.whole
# Kept elsewhere or by another story: the rule pack's text is a law's, an attachment is made of every registration.
NOT_PERSONS = {"rulepack.RuleText.envelope"}


def _story(cast: Cast, settings: Settings, folder: Path) -> None:
    _enter_and_repair(cast)
    _import(cast)
    _push(cast)
    rooms.check_and_tell(cast, ENTERED, WRONG)
    rooms.ask_above(cast, LISTED, settings, folder)
    rooms.register(LISTED)
    rooms.request_and_open(cast, IMPORTED)
    rooms.file_an_original(cast, LISTED)
    rooms.serve_electronically(cast, ENTERED)
    rooms.say_and_end(cast)
    rooms.honour(cast, TYPED)
    rooms.export_and_correct(cast, ENTERED, TYPED)
    for who in (cast.audit_officer, cast.supervisor, cast.feed_operator, cast.operator):
        for address in ("/desk/", "/desk/calendar/", "/desk/calendar/file/", "/desk/evidence/", "/desk/odd-looks/"):
            browser(who).get(address)


def test_no_planted_name_or_number_is_left_in_plain_by_the_newer_rooms(
    committing_db: str, owner_cursor: extensions.cursor, places: dict[str, Path], settings: Settings, tmp_path: Path
) -> None:
    from daoli_credit import celery  # noqa: F401, PLC0415  tasks really go to the broker

    settings.FEEDS = make_feeds.CONNECTED
    settings.MEDIA_ROOT = str(tmp_path / "media")
    (tmp_path / "above").mkdir()
    _story(assemble(), settings, tmp_path / "above")
    assert journal_removals()
    assert sealer.seal()
    assert Check.objects.count() >= 3
    assert PreAdverseStatement.objects.exists()
    assert Nomination.objects.filter(subject__isnull=False).exists()
    empty = [
        f"{one.model}.{one.name}"
        for one in sealed.envelopes()
        if not apps.get_model(one.model).objects.exclude(**{one.name: b""}).exists()
    ]
    assert set(empty) <= NOT_PERSONS, f"故事里没有用到，明文测试就照不到：{empty}"
    found = [f"表 {name}：{text}" for name, data in tables(owner_cursor) for text in seen_in(data)]
    found += [f"Valkey {name}：{text}" for name, data in broker() for text in seen_in(data)]
    for folder in (places["temporary"], places["log"], Path(settings.EVIDENCE_DIR), Path(settings.MEDIA_ROOT)):
        found += [f"文件 {name}：{text}" for name, data in files(folder) if folder.exists() for text in seen_in(data)]
    assert found == []
    assert any(b"run_check_set" in data for name, data in broker() if name == "celery"), "成批核查没有进队列"
