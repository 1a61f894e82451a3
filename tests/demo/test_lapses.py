"""演示的依据失效: one anchored by two people, one that waits for the legal officer, found again by nobody."""

from daoli_credit.accounts import roles
from daoli_credit.accounts.models import User
from daoli_credit.demo import lapses
from records.models import Lapse
from records.workflows import lapsing
from tests.cast import Cast, browser


def test_one_is_anchored_and_one_waits_for_the_legal_officer(cast: Cast) -> None:
    legal, _ = User.objects.get_or_create(username="yuanzheng", defaults={"display_name": "袁征", "face": "staff"})
    roles.grant(legal, cast.market, "legal")
    assert lapses.tell() == 2
    assert dict(Lapse.objects.values_list("item", "status")) == {
        "penalty-quality": "anchored",
        "penalty-ecommerce": "found",
    }
    assert lapsing.find() == 0
    waiting = Lapse.objects.get(item="penalty-ecommerce")
    page = browser(legal).get(f"/desk/lapses/{waiting.number}/").content.decode()
    assert "2026年版" in page
    assert "提出改挂" in page
    assert Lapse.objects.get(item="penalty-quality").successor == lapses.SUCCESSOR


def test_a_rule_says_until_when_what_it_rests_on_was_in_force(cast: Cast) -> None:
    page = browser(cast.legal).get("/rules/items/penalty-ecommerce/").content.decode()
    assert "这个依据施行到 <time>2026-11-20</time>" in page
    assert "这个依据施行到" not in browser(cast.legal).get("/rules/items/penalty-food/").content.decode()
