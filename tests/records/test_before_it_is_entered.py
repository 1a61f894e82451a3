"""录入以前: the choice says which item can only be drafted, and the consequences say the basis once it is firm."""

from daoli_credit.law import pack
from daoli_credit.rulepack.models.change import Action
from records import consequences
from records.models import CreditRecord
from tests import make_rules
from tests.cast import Cast, browser

ITEM = "penalty-market-other"


def test_a_suspended_item_says_so_where_it_is_chosen(cast: Cast) -> None:
    assert "现在只能存草稿" not in browser(cast.clerk).get("/desk/records/new/").content.decode()
    make_rules.agreed(cast, Action.SUSPEND, "items", ITEM)
    page = browser(cast.clerk).get("/desk/records/new/").content.decode()
    assert page.count("现在只能存草稿") == 1
    assert f'href="/rules/items/{ITEM}/"' in page


def receivers(cast: Cast) -> consequences.Consequence:
    record = CreditRecord(department=cast.market, item_id=ITEM)
    return consequences._receivers(record)


def test_what_is_sent_says_its_basis_and_no_condition_that_is_met(cast: Cast) -> None:
    said = receivers(cast)
    assert "自动推送" in said.words
    assert said.why.startswith("依据：《")
    assert "确认" not in said.why
    assert all(str(one) in said.why for one in pack.current().item(ITEM).may_push.citations)
