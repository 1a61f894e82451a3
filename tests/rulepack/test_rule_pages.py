"""看规则: every kind and every row opens, for anybody; the list before going live opens the confirmation."""

import re

import pytest
from django.urls import reverse

from daoli_credit.law import loader, pack
from daoli_credit.law.checklist import to_confirm
from daoli_credit.law.doors import door
from daoli_credit.law.entries import entries, entry
from daoli_credit.portal.templatetags.ui.marks import doors
from daoli_credit.rulepack import selectors, words
from daoli_credit.rulepack.models.change import Action
from tests import make, make_rules
from tests.cast import Cast, browser


def test_no_kind_of_row_is_left_out_and_none_is_invented(db: None) -> None:
    for edition in ("2026-11", "demo-2026"):
        loader.load(edition)
        there = {row.kind for row in entries(pack.current())}
        assert there <= set(words.KINDS)
    assert {part.kind for part in selectors.parts(pack.current())} == there


def test_every_row_says_its_terms_and_its_page_is_where_refusals_point(db: None) -> None:
    loader.load("2026-11")
    rules = pack.current()
    for row in entries(rules):
        assert all(isinstance(value, str) for _, value in words.says(rules, row)), row.code
        assert reverse("rule", args=[row.kind, row.code]) == door(row.kind, row.code)


def test_an_items_page_says_all_that_the_pack_knows_of_it(db: None) -> None:
    edition = pack.current()
    for item in edition.items.values():
        said = dict(words.says(edition, entry(edition, "items", item.code)))
        assert {"失信行为分类", "垂直渠道", "公示", "共享使用", "留存", "报送节奏", "栏目"} <= said.keys(), item.code
        assert ("方案的领域" in said) == bool(item.domains), item.code
        assert ("方案的职业人群" in said) == bool(item.occupations), item.code
        assert not re.search("[a-z]", said["垂直渠道"] + said["报送节奏"] + said["失信行为分类"]), item.code


@pytest.mark.parametrize("kind", list(words.KINDS))
def test_the_pages_of_a_kind_open_for_a_visitor(db: None, kind: str) -> None:
    loader.load("2026-11")
    visitor = browser(None)
    rows = selectors.rows(pack.current(), kind)
    assert visitor.get(f"/rules/{kind}/").status_code == 200
    for row in rows[:3]:
        page = visitor.get(door(row.kind, row.code)).content.decode()
        assert "今天能做什么" in page
        assert row.status.label in page


def test_a_visitor_reads_status_and_article_but_not_who_confirmed(cast: Cast) -> None:
    loader.load("2026-11")
    make_rules.agreed(cast, Action.CONFIRM, "bases", "national-catalogue-2024")
    page = browser(None).get("/rules/bases/national-catalogue-2024/").content.decode()
    assert "已确认" in page
    assert cast.legal.display_name not in page
    assert not re.search(r"GB20\d\d-", page)
    assert cast.legal.display_name in browser(cast.clerk).get("/rules/bases/national-catalogue-2024/").content.decode()


def test_a_row_that_waits_for_its_basis_says_which(db: None) -> None:
    loader.load("2026-11")
    page = browser(None).get("/rules/items/penalty-food/").content.decode()
    assert "/rules/bases/national-catalogue-2024/" in page
    assert "不能</b>：不利的办理" in page


def test_the_list_before_going_live_opens_every_confirmation(cast: Cast) -> None:
    loader.load("2026-11")
    page = browser(cast.legal).get("/desk/rules/").content.decode()
    rules = pack.current()
    for rows in to_confirm(rules).values():
        for one in rows:
            assert reverse("rule-propose", args=[one.kind, one.code, "confirm"]) in page
    answer = browser(cast.legal).get(reverse("rule-propose", args=["publication", "wage-arrears", "confirm"]))
    assert answer.status_code == 404  # the real edition names no article that lets it be public: nothing to confirm
    change = make_rules.proposed(cast, Action.CONFIRM, "bases", "national-catalogue-2024")
    assert change.number in browser(cast.clerk).get("/desk/rules/").content.decode()


def test_a_confirmation_form_opens_for_each_row_of_the_list(cast: Cast) -> None:
    loader.load("2026-11")
    officer = browser(cast.legal)
    for rows in to_confirm(pack.current()).values():
        one = rows[0]
        page = officer.get(reverse("rule-propose", args=[one.kind, one.code, "confirm"])).content.decode()
        assert "提出确认" in page
        assert one.title in page


def test_a_refusal_opens_the_confirmation(cast: Cast) -> None:
    draft = make.draft(cast)
    make_rules.agreed(cast, Action.SUSPEND, "items", "penalty-food")
    clerk = browser(cast.clerk)
    there = f"/desk/records/{draft.number}/"
    page = clerk.post(f"{there}submit/", {"seen": draft.revision}, follow=True).content.decode()
    assert '<a href="/rules/items/penalty-food/">' in page


def test_a_sentence_is_escaped_but_for_its_door() -> None:
    said = str(doors("<b>依据待确认</b>。办理入口：/rules/items/penalty-food/，再试"))
    assert said == (
        '&lt;b&gt;依据待确认&lt;/b&gt;。办理入口：<a href="/rules/items/penalty-food/">打开这条规则</a>，再试'
    )
    assert str(doors("没有入口")) == "没有入口"


def test_the_menu_counts_what_waits_for_the_second_person(cast: Cast) -> None:
    assert selectors.waiting_for(cast.supervisor).count() == 0
    make_rules.proposed(cast, Action.SUSPEND, "items", "penalty-food")
    assert [selectors.waiting_for(one).count() for one in (cast.supervisor, cast.legal)] == [1, 0]


def test_invented_addresses_are_not_found(cast: Cast) -> None:
    visitor, officer = browser(None), browser(cast.legal)
    for address in ("/rules/nothing/", "/rules/items/nothing/", "/rules/nothing/penalty-food/"):
        assert visitor.get(address).status_code == 404
    for address in ("/desk/rules/items/penalty-food/delete/", "/desk/rules/items/nothing/confirm/"):
        assert officer.get(address).status_code == 404
    assert officer.get("/desk/rules/changes/GZ1999-000001/").status_code == 404


def test_a_rule_is_found_by_what_it_says_and_by_what_it_rests_on(db: None) -> None:
    loader.load("2026-11")
    visitor = browser(None)
    rules = pack.current()
    found = selectors.found(rules, "工资")
    assert found
    page = visitor.get("/rules/", {"q": "工资"}).content.decode()
    for title, rows in found:
        assert title in page
        assert all(row.title in page for row in rows)
    one = found[0][1][0]
    assert selectors.found(rules, one.code.upper()) != []
    some = selectors.rows(rules, "items", q="信用修复管理办法")
    assert all("信用修复管理办法" in "".join([row.title, row.note, *map(str, row.citations)]) for row in some)
    assert "没有写着这几个字的规则" in visitor.get("/rules/", {"q": "没有这几个字"}).content.decode()
    listed = visitor.get("/rules/items/", {"q": "没有这几个字"}).content.decode()
    assert "这一类里没有这样的规则" in listed
