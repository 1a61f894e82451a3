"""现在能做什么: the acts that are open stand where the person first sees the record, and only those."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from daoli_credit.portal.citizen import own
from records.models import CreditRecord
from tests import make, make_objections, make_repairs
from tests.cast import Cast, browser


def mine(cast: Cast) -> str:
    return browser(cast.citizen).get("/me/").content.decode()


def doors(record: CreditRecord) -> list[str]:
    """Where one asks for the repair, and where one says that it is wrong."""
    return [f'href="{reverse(name, args=[record.number])}"' for name in ("me-repair", "me-object")]


def test_what_may_be_repaired_and_disputed_today_says_so_in_the_list_and_on_top(cast: Cast) -> None:
    repair, dispute = doors(record := make_repairs.old(cast))
    page = mine(cast)
    assert repair in page
    assert dispute in page
    top = (
        browser(cast.citizen).get(reverse("me-record", args=[record.number])).content.decode().split("<h2>内容</h2>")[0]
    )
    assert repair in top
    assert dispute in top


def test_what_is_too_early_or_runs_already_is_not_offered(cast: Cast) -> None:
    repair, dispute = doors(make.effective(cast, serial=1))
    assert repair not in mine(cast)
    assert dispute in mine(cast)
    repair, dispute = doors(record := make_repairs.old(cast, serial=2))
    make_repairs.applied(cast, record)
    make_objections.raised(cast, record)
    page = mine(cast)
    assert repair not in page
    assert dispute not in page
    assert "您提出的异议正在核实" in page


def test_what_is_open_is_asked_once_for_all_records(cast: Cast) -> None:
    for serial in (1, 2, 3):
        make_repairs.old(cast, serial=serial)
    held = list(own.records(cast.citizen))
    with CaptureQueriesContext(connection) as caught:
        found = own.open_to(cast.citizen, held)
    assert found.repairable == {one.pk for one in held}
    with CaptureQueriesContext(connection) as once:
        own.open_to(cast.citizen, held[:1])
    assert len(caught.captured_queries) == len(once.captured_queries)
