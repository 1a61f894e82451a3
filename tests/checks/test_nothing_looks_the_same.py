"""没有查到的，一样的页面、语句和查询记录: unknown, known for something else, ended, paused, without a measure here.

“守信三年” alone may answer 否 where nothing is shown (tests/checks/test_rewards_first.py): of nobody here it does.
"""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from incentives.models import Check, MatterCase
from incentives.workflows import checking
from tests import make, make_checks, make_matters
from tests.cast import Cast, browser, identity

STRANGER = "guchanglin"  # of whom nothing is registered
HER = "linxiuyun"


def _ended(cast: Cast) -> None:
    record = make_checks.ban(cast, ago=40, severity="minor")
    record.use_until = clock.today() - timedelta(days=1)
    record.public_until = None
    record.save(update_fields=["use_until", "public_until"])


def _paused(cast: Cast) -> None:
    record = make_checks.ban(cast, severity="minor")
    record.suspended_on = record.disputed_on = clock.today()
    record.save(update_fields=["suspended_on", "disputed_on"])


def _elsewhere(cast: Cast) -> None:
    make_matters.assess()
    record = make_checks.ban_elsewhere(cast)
    record.disputed_on = clock.today()
    record.save(update_fields=["disputed_on"])


KNOWN: dict[str, Callable[[Cast], object]] = {
    "a fine without a measure here": lambda cast: make.effective(cast, severity="minor"),
    "an item outside the matter": lambda cast: make.effective(cast, item="penalty-market-other", severity="minor"),
    "another department's, not shared": _elsewhere,
    "ended": _ended,
    "paused": _paused,
}


@pytest.fixture
def opened(cast: Cast) -> MatterCase:
    return make_checks.case(cast)


def _shape(opened: MatterCase, cast: Cast, username: str) -> list[str]:
    """The statements of one check, without what they carry."""
    who = identity(username)
    with CaptureQueriesContext(connection) as caught:
        checking.check(case_id=opened.pk, number=who.id_number, name=who.name, by=checking.By(user=cast.clerk))
    # what the statement asks, without the person: the values and however many of them there are
    return [re.sub(r"'(?:[^']|'')*'(?:::\w+)?|\d+", "?", one["sql"]) for one in caught.captured_queries]


def _page(cast: Cast, opened: MatterCase, username: str) -> str:
    who = identity(username)
    officer = browser(cast.clerk)
    sent = {"number": who.id_number, "name": who.name}
    answer = officer.post(reverse("check-new", args=[opened.pk]), sent, follow=True)
    assert answer.status_code == 200
    # the number of the check and of the look, the masked number of the card, and the time
    text = re.sub(r'class="code">\d+</dd>|HC\d{4}-\d{6}|\*+[\dX]{4}|\d\d:\d\d(:\d\d)?', "?", answer.content.decode())
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"|name="request_id" value="\w+"', "?", text)


def _looked(username: str) -> dict[str, object]:
    last = LookUp.objects.filter(kind="look").order_by("-id")[0]
    return {"matter": last.matter, "case": last.case_number, "purpose": last.purpose, "shown": last.shown}


@pytest.mark.parametrize("what", KNOWN)
def test_whatever_cannot_be_used_here_answers_as_nothing_does(cast: Cast, opened: MatterCase, what: str) -> None:
    KNOWN[what](cast)
    _shape(opened, cast, STRANGER)  # whatever is read once and remembered
    assert _shape(opened, cast, STRANGER) == _shape(opened, cast, HER)
    assert _page(cast, opened, STRANGER) == _page(cast, opened, HER)
    assert _looked(STRANGER) == _looked(HER)
    assert not Check.objects.filter(answers__record__isnull=False).exists()
