"""到期和一年不用: written by the system, in favour of the person, harmless twice."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from daoli_credit import cipher
from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken
from incentives.models import Sharing
from incentives.models.sharing import H
from incentives.tasks import tend_sharing
from incentives.workflows import sharing_ends
from tests import make_matters
from tests.cast import Cast, identity


def _begun(cast: Cast, ago: int) -> Sharing:
    make_matters.assess(make_matters.FUND)
    today = clock.today()
    with clock.at(today - timedelta(days=ago)):
        return make_matters.active(cast, until=today + timedelta(days=30))


def _look(cast: Cast, day: date, *, matter: str = make_matters.FUND, department: str = "human-resources") -> None:
    with clock.at(day):
        events.look_up(
            actor=cast.wage_clerk,
            person_key=cipher.person_keys(identity("linxiuyun").id_number)[0],
            matter=matter,
            case_number="创补〔2026〕31号",
            purpose="核对申请人",
            shown=["check"],
            department=department,
        )


def test_what_was_not_used_for_a_year_is_closed_once(cast: Cast) -> None:
    row = _begun(cast, 400)

    assert tend_sharing() == 1
    assert tend_sharing() == 0

    row.refresh_from_db()
    assert (row.status, row.over_why) == (H.CLOSED, "一年没有用过，不再保留")
    assert not Sharing.objects.active(clock.today()).exists()


def test_a_look_in_the_matter_within_the_year_keeps_it(cast: Cast) -> None:
    row = _begun(cast, 400)
    _look(cast, clock.today() - timedelta(days=100))

    assert tend_sharing() == 0
    with pytest.raises(RuleBroken, match="一年之内用过"):
        sharing_ends.close(sharing_id=row.pk, actor=User.objects.system())


def test_looks_in_another_matter_or_by_another_department_do_not_keep_it(cast: Cast) -> None:
    _begun(cast, 400)
    _look(cast, clock.today(), matter="gov-fund")
    _look(cast, clock.today(), department="finance")

    assert tend_sharing() == 1


def test_what_began_less_than_a_year_ago_stays(cast: Cast) -> None:
    _begun(cast, 300)

    assert tend_sharing() == 0


def test_what_has_run_out_is_written_down_as_run_out(cast: Cast) -> None:
    row = _begun(cast, 100)
    assert row.active_until is not None

    with clock.at(row.active_until + timedelta(days=1)):
        assert tend_sharing() == 1

    row.refresh_from_db()
    assert row.status == H.EXPIRED


def test_no_officer_closes_by_hand(cast: Cast) -> None:
    row = _begun(cast, 400)
    with pytest.raises(PermissionDenied):
        sharing_ends.close(sharing_id=row.pk, actor=cast.supervisor)
