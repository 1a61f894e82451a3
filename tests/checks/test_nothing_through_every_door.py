"""没有查到的，从哪一扇门看都一样: to a system, in a sheet, on paper; and it costs the same statements."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from daoli_credit.accounts.models import User
from incentives.models import Check, MatterCase
from incentives.selectors import check_sets
from incentives.workflows import checking, checking_sets
from tests import make_checks
from tests.accounts import tries
from tests.accounts.test_service_keys import working
from tests.cast import Cast, browser, identity
from tests.checks.test_check_a_sheet import HEAD
from tests.checks.test_nothing_looks_the_same import HER, KNOWN, STRANGER
from tests.paper.test_sheet import said


@pytest.fixture(autouse=True)
def no_locks() -> None:
    tries.forget()


@pytest.fixture
def opened(cast: Cast) -> MatterCase:
    return make_checks.case(cast)


def _plain(text: str) -> str:
    """Without the numbers of the check and the look, the masked card, and the time of day."""
    return re.sub(r"HC\d{4}-\d{6}|\*+[\dX]{4}|T?\d\d:\d\d(:\d\d(\.\d+)?)?|查询记录\d+", "?", text)


def _to_a_system(key: str, opened: MatterCase, username: str, request_id: str) -> tuple[str, int]:
    who = identity(username)
    applicant = {"application": opened.case_number, "name": who.name, "number": who.id_number}
    with CaptureQueriesContext(connection) as asked:
        answer = Client().post(
            reverse("api-checks"),
            json.dumps({"case_number": opened.case_number, "applicants": [applicant]}),
            content_type="application/json",
            headers={"Authorization": f"Daoli {key}", "Idempotency-Key": request_id},
        )
    assert answer.status_code == 200, answer.content.decode()
    return _plain(answer.content.decode()), len(asked)


def _on_paper(cast: Cast, check: Check) -> str:
    answer: Any = browser(cast.clerk).post(reverse("check-certificate", args=[check.number]))
    return _plain(said(answer.content))


@pytest.mark.parametrize("what", KNOWN)
def test_to_a_system_on_paper_and_in_a_sheet(cast: Cast, opened: MatterCase, what: str) -> None:
    KNOWN[what](cast)
    key = working(cast, "checks")
    _to_a_system(key, opened, STRANGER, "warm-0000")  # whatever is read once and remembered
    stranger, known = (_to_a_system(key, opened, who, f"req-{who}") for who in (STRANGER, HER))
    assert stranger == known
    by = checking.By(user=cast.clerk)
    papers = [
        _on_paper(cast, checking.check(case_id=opened.pk, number=identity(who).id_number, by=by))
        for who in (STRANGER, HER)
    ]
    assert papers[0] == papers[1]
    lines = "".join(
        f"{opened.case_number}-{n},{identity(who).name},{identity(who).id_number}\n"
        for n, who in enumerate((STRANGER, HER))
    )
    made = checking_sets.upload(case_id=opened.pk, name="x.csv", data=(HEAD + lines).encode(), by=by)
    one = checking_sets.run(set_id=made.pk, actor=User.objects.system())
    first, second = check_sets.result(one)
    assert (first.says, first.check, first.above) == (second.says, second.check, second.above)
