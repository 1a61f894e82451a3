"""演示里的应用事项: each stage of a sharing stands there, and there are cases to check in."""

from daoli_credit.demo import matters
from daoli_credit.law import clock
from incentives.models import MatterCase, Sharing
from incentives.selectors.sharing import usable_items
from incentives.selectors.sharings import lines
from tests.cast import Cast


def test_every_stage_of_a_sharing_stands_in_the_demo(cast: Cast) -> None:
    matters.tell()

    assert set(Sharing.objects.values_list("status", flat=True)) == {"asked", "agreed", "active", "refused"}
    assert any(one.overdue for one in lines(Sharing.objects.filter(status="asked")))
    assert usable_items("food-permit", cast.market, clock.today()) >= {"penalty-food", "responsibility-ban"}
    assert "honour-volunteer" in usable_items("startup-fund", cast.wages, clock.today())
    opened = MatterCase.objects.open(clock.today())
    assert opened.filter(case_number__endswith="118号", department=cast.market).exists()
    assert MatterCase.objects.filter(status="closed").count() == 1
