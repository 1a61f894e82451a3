"""等另一人核定: whoever has proposed reads on whom it waits, and an undoing that waits is not offered again."""

from records.models.identity_case import K
from records.workflows import identity_opening
from tests import make, make_identity
from tests.cast import Cast, browser, identity

WAITS = "等区信用办另一人核定"


def test_the_window_reads_that_it_waits_for_the_other(cast: Cast) -> None:
    now, old = identity("linxiuyun"), make_identity.second_number()
    make.effective(cast, serial=1)
    make.effective(cast, who=old, serial=2)
    case = make_identity.opened(cast, K.SAME, now, other=old.id_number)
    there = f"/desk/identities/{case.number}/"
    assert WAITS in browser(cast.counter).get(there).content.decode()
    assert WAITS not in browser(cast.supervisor).get(there).content.decode()
    make_identity.settled(cast, case)
    assert "提出撤销" in browser(cast.counter).get(there).content.decode()
    undoing = identity_opening.undo(
        case_id=case.pk, grounds=make_identity.grounds(reason="认错了人"), actor=cast.counter
    )
    page = browser(cast.counter).get(there).content.decode()
    assert undoing.number in page
    assert "已经提出撤销这次认定" in page
    assert "认错了人，提出撤销" not in page
    make_identity.settled(cast, undoing)
    page = browser(cast.counter).get(there).content.decode()
    assert "已经提出撤销" not in page
    assert "认错了人，提出撤销" not in page
