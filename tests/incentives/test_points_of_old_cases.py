"""以前的案件: a statement or a hearing of before points were rows becomes one point, with the answer of its case."""

from importlib import import_module

from psycopg2 import extensions

from incentives.models import Point
from tests import make_listing
from tests.cast import assemble

BEFORE = import_module("incentives.migrations.0024_every_point_has_its_answer").BEFORE


def test_what_was_said_before_is_one_point_each(committing_db: str, owner_cursor: extensions.cursor) -> None:
    cast = assemble()
    old = make_listing.go_on(cast, make_listing.answered(cast), "legal-reviewed")
    new = make_listing.answered(cast, number="告2", who=make_listing.someone("甲"), by=make_listing.account("甲"))
    owner_cursor.execute("ALTER TABLE incentives_point DISABLE TRIGGER USER")
    owner_cursor.execute("DELETE FROM incentives_point")
    owner_cursor.execute(BEFORE)
    owner_cursor.execute("ALTER TABLE incentives_point ENABLE TRIGGER USER")
    first, second = (Point.objects.get(listing=one) for one in (old, new))
    assert (first.outcome, first.reply, first.replied_on) == ("in-words", old.legal_response, old.legal_reviewed_on)
    assert (second.outcome, second.place, second.ends) == ("", 1, None)
    assert make_listing.go_on(cast, new, "legal-reviewed").legal_response
