"""已销毁的核查, on the department's page: that it was, when and how much, and nothing of whom."""

from datetime import timedelta

from django.urls import reverse

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from incentives.models import CheckDeletion
from incentives.workflows import check_retention
from tests.by_itself import stands_by_itself
from tests.cast import Cast, browser, identity
from tests.checks.test_deleted_in_time import until, used


def test_the_department_reads_that_it_was_deleted_and_no_other_does(cast: Cast) -> None:
    row = used(cast)
    before = browser(cast.clerk).get(reverse("check-list")).content.decode()
    assert "已经销毁" not in before
    with clock.at(until(row) + timedelta(days=1)):
        check_retention.delete_due(actor=User.objects.system())
    gone = CheckDeletion.objects.get()
    for reader in (cast.clerk, cast.reviewer):
        page = browser(reader).get(reverse("check-list")).content.decode()
        assert gone.certificate in page
        assert row.case_number in page
        assert f"{until(row):%Y-%m-%d}" in page
        who = identity("linxiuyun")
        for never in (who.name, who.id_number, "林*云"):
            assert never not in page
        assert not stands_by_itself(who.id_number[-4:], page)
    assert gone.certificate not in browser(cast.other_clerk).get(reverse("check-list")).content.decode()
