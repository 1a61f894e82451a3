"""同时: two workers over one sheet, two clicks on one button; real connections, real commits."""

import pytest

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import LookUp
from incentives.models import Check, CheckSet
from incentives.workflows import checking, checking_sets
from tests import make_checks
from tests.cast import assemble
from tests.checks.test_check_a_sheet import HEAD, rows
from tests.together import together


def test_two_workers_over_one_sheet_answer_it_once(committing_db: str) -> None:
    cast = assemble()
    opened = make_checks.case(cast)
    made = checking_sets.upload(
        case_id=opened.pk, name="x.csv", data=(HEAD + rows(opened, 30)).encode(), by=checking.By(user=cast.clerk)
    )

    def work() -> None:
        checking_sets.run(set_id=made.pk, actor=User.objects.system())

    assert "done" in together(work, work)
    assert CheckSet.objects.get().status == "done"
    assert LookUp.objects.filter(case_number=opened.case_number, kind="look").count() == 30


@pytest.mark.parametrize("times", [3])
def test_a_double_click_is_one_check(committing_db: str, times: int) -> None:
    cast = assemble()
    opened = make_checks.case(cast)

    def ask() -> None:
        make_checks.ask(cast, opened, request_id="one-request")

    assert together(*[ask] * times) == ["done"] * times
    assert Check.objects.count() == 1
