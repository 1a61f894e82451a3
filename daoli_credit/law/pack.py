"""现行规则包: the edition in use, read from the database and kept in the process."""

from dataclasses import dataclass, replace
from time import monotonic

from django.conf import settings
from django.db import connection

from daoli_credit.law.assemble import build
from daoli_credit.law.book import Pack, UnknownCode
from daoli_credit.law.build import Overlaid
from daoli_credit.law.citations import Basis, Citation
from daoli_credit.law.list_rows import Behaviour, ListType, Matter, Measure
from daoli_credit.law.models import Edition, Overlay
from daoli_credit.law.rows import ClassRule, EndRule, Field, Item, KeyDate, Limit, Prohibited, Row
from daoli_credit.law.status import Effect, Status, may

__all__ = [
    "Basis",
    "Behaviour",
    "Citation",
    "ClassRule",
    "DemoRefused",
    "Effect",
    "EndRule",
    "Field",
    "Item",
    "KeyDate",
    "Limit",
    "ListType",
    "Matter",
    "Measure",
    "NoEdition",
    "Pack",
    "Prohibited",
    "Row",
    "Status",
    "UnknownCode",
    "current",
    "forget",
    "held",
    "look_again",
    "may",
    "version",
]

VERSION = "SELECT digest, (SELECT max(id) FROM law_overlay) FROM law_edition WHERE active"
LOOK_AGAIN_AFTER = 2.0  # seconds; tests look every time, so that no pack outlives a rolled-back load


class NoEdition(RuntimeError):
    """尚未载入规则版本."""


class DemoRefused(RuntimeError):
    """演示规则不得用于正式环境."""


@dataclass(frozen=True)
class Held:
    pack: Pack
    version: tuple[str, int | None]
    looked_at: float


# By database: a test on a fresh clone must not see the pack of another.
_held: dict[str, Held] = {}


def current() -> Pack:
    """现行规则包: one cheap query every few seconds; read again only when the edition or the overlay changed.

    Raises NoEdition before the first load, DemoRefused for a demo edition outside demo and tests.
    """
    name = str(connection.settings_dict["NAME"])
    held = _held.get(name)
    now = monotonic()
    if held and now - held.looked_at < _patience():
        return held.pack
    version = _version()
    pack = held.pack if held and held.version == version else _read()
    _held[name] = Held(pack, version, now)
    return pack


def version() -> tuple[str, int | None]:
    """哪一版: what tells the pack that is in use from every other. Raises as `current` does."""
    current()
    return _held[str(connection.settings_dict["NAME"])].version


def held() -> Pack:
    """手里的规则包, without a look: for whoever has asked `version` for its key and may read no row after it."""
    there = _held.get(str(connection.settings_dict["NAME"]))
    return there.pack if there else current()


def look_again() -> None:
    """再看一眼: the next `current()` asks the database whether anything changed; what did not change stays as it is.

    Every act begins with it, so that a suspension closes at once in every process, whatever it held.
    """
    for name, held in list(_held.items()):
        _held[name] = replace(held, looked_at=float("-inf"))


def forget() -> None:
    """忘掉: the next `current()` asks the database. For the loader, for overlay acts and for tests."""
    _held.clear()


def refuse_demo(*, demo: bool) -> None:
    """演示规则不作依据. DemoRefused unless the process is the demo or a test run."""
    if demo and not (settings.DEMO or settings.TESTING):
        raise DemoRefused("演示规则，不作依据：正式环境不能载入或者使用演示版本")


def _patience() -> float:
    return 0 if settings.TESTING else LOOK_AGAIN_AFTER


def _version() -> tuple[str, int | None]:
    # every act and many a page begin with it: to compose the same words each time costs more than the answer
    with connection.cursor() as cursor:
        cursor.execute(VERSION)
        row = cursor.fetchone()
    if row is None:
        raise NoEdition("尚未载入规则版本，请先运行 manage.py load_rulepack")
    digest, overlay = row
    return digest, overlay


def _read() -> Pack:
    edition = Edition.objects.get(active=True)
    refuse_demo(demo=edition.demo)
    return build(edition.content, overlaid())


def overlaid() -> Overlaid:
    """叠加的现状: what the words on every kind and code come to, in the order in which they were said."""
    confirmed: dict[tuple[str, str], str] = {}
    suspended: set[tuple[str, str]] = set()
    for word in Overlay.objects.order_by("id"):
        row = (word.kind, word.code)
        if word.action == Overlay.Action.SUSPEND:
            suspended.add(row)
            continue
        suspended.discard(row)
        if word.action == Overlay.Action.CONFIRM:
            confirmed[row] = word.row_digest
    return Overlaid(
        confirmed=frozenset((*row, digest) for row, digest in confirmed.items()), suspended=frozenset(suspended)
    )
