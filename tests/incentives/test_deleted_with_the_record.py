"""保存期满: checks, feedback, notices, measures, honours, benefits, registrations and exits go with their record."""

from datetime import timedelta

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from incentives.models import Listing
from incentives.workflows import feeding_back
from records import reach
from records.models import Deletion
from records.tasks import end_what_ended
from records.workflows import archiving, proving, retention
from tests import make_honours, make_listing, make_measures, make_notices, make_registration
from tests.cast import Cast

YEAR = timedelta(days=366)


def test_everything_of_these_rooms_that_hangs_on_a_record_goes_with_it(cast: Cast) -> None:
    notice = make_notices.answered(cast)
    waiting = {one.pk: feeding_back.Decided("applied", "依法适用") for one in feeding_back.waiting(notice.check_made)}
    feeding_back.give(check_id=notice.check_made_id, decided=waiting, actor=cast.clerk)
    make_listing.scanned(Listing.objects.get(record=make_measures.arrears(cast)))
    make_registration.asked_to_leave(make_listing.desk(make_registration.court()))
    make_honours.effective(cast.citizen)
    make_honours.reported(cast)
    make_measures.pull()

    reached = {one.table: one.model for one in reach.hanging() if one.table.startswith("incentives_")}
    del reached["incentives_registrationpaper"]  # it becomes the record's own attachment when it is confirmed
    assert not [table for table, model in reached.items() if not model._default_manager.exists()], "每一种都要有一件"
    system = User.objects.system()
    with clock.at(clock.today() + 12 * YEAR):
        end_what_ended()
        archiving.seal_ended(actor=system)
    with clock.at(clock.today() + 40 * YEAR):
        assert retention.delete_due(actor=system) >= 4
    gone = {table for one in Deletion.objects.all() for table in one.rows}
    assert gone >= reached.keys()
    assert proving.faults() == []
    assert not [table for table, model in reached.items() if model._default_manager.exists()]
