"""成批读: a row made of the columns that were read is the framework's own, and reads the rest when somebody asks."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from daoli_credit.feeds import rows
from daoli_credit.feeds.models.delivery import Held
from daoli_credit.feeds.workflows import delivery as states
from daoli_credit.feeds.workflows.claiming import OWED, SAID
from tests import make_feeds
from tests.cast import Cast


def test_what_was_read_is_as_it_stands_and_nothing_more_is_asked(cast: Cast) -> None:
    whole = make_feeds.owed(cast)
    with CaptureQueriesContext(connection) as asked:
        (one,) = rows.read([whole.pk], own=OWED, record=SAID, revision="number kind")
        assert (one, one.key, one.lane, one.body) == (whole, whole.key, "ordinary", None)
        assert (one.revision.record is one.record, one.revision.number, one.number) == (True, 1, 1)
    assert len(asked) == 1


def test_what_was_not_read_is_read_when_somebody_asks(cast: Cast) -> None:
    whole = make_feeds.owed(cast)
    (one,) = rows.read([whole.pk], own="key", record="number", revision="kind")
    assert (one.lane, one.created_at, one.feed.code) == (whole.lane, whole.created_at, "hlj")
    assert (one.record.content, one.record.department) == (whole.record.content, whole.record.department)
    assert one.revision.day == whole.revision.day


def test_a_row_that_was_read_in_part_is_held_and_loses_nothing(cast: Cast) -> None:
    whole = make_feeds.owed(cast)
    (one,) = rows.read([whole.pk], own=OWED, record=SAID, revision="number kind")
    states.hold(one, Held.REJECTED, "对方退回")
    whole.refresh_from_db()
    assert (whole.state, whole.held_owner, whole.created_at) == ("held", whole.record.department, one.created_at)
