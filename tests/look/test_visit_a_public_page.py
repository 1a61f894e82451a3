"""公众网站: open to anyone, in both type sizes, leaving nothing behind."""

import pytest
from django.test import Client
from pytest_django import Settings

from daoli_credit.law import pack
from tests.look.pages import PUBLIC


@pytest.mark.parametrize("address", PUBLIC)
def test_a_visitor_reads_a_public_page_without_being_marked(visitor: Client, address: str) -> None:
    answer = visitor.get(address)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.count("<h1>") == 1
    assert 'data-text="normal"' in text
    assert not answer.cookies


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_is_large_for_who_asked_for_it(visitor: Client, address: str) -> None:
    visitor.cookies["text"] = "large"
    text = visitor.get(address).content.decode()
    assert 'data-text="large"' in text
    assert "标准字号" in text


def test_the_front_page_says_that_there_is_no_score(visitor: Client) -> None:
    assert "本系统不给个人打分、不排名。" in visitor.get("/").content.decode()


def test_the_lists_page_explains_every_list_and_sends_the_reader_elsewhere(visitor: Client) -> None:
    text = visitor.get("/lists/").content.decode()
    rules = pack.current()
    assert all(one.title in text and one.decider in text for one in rules.lists.values())
    assert rules.publication_says in text
    six = [one for one in rules.behaviours.values() if one.kind == "behaviours"]
    assert len(six) == 6
    assert all(one.title in text and one.reason in text for one in six)
    assert "<form" not in text.split("<main")[1]


def test_the_catalogue_shows_one_department_only_its_own_items(visitor: Client) -> None:
    mine, others = (
        visitor.get("/catalogue/?department=tax").content.decode(),
        visitor.get("/catalogue/").content.decode(),
    )
    title = pack.current().item("penalty-food").title
    assert title in others
    assert title not in mine
    assert pack.current().item("penalty-tax").title in mine


def test_an_item_page_gives_its_articles_and_why_it_is_not_sent(visitor: Client) -> None:
    item = next(one for one in pack.current().items.values() if one.vertical_channel)
    text = visitor.get(f"/catalogue/{item.code}/").content.decode()
    assert all(str(citation) in text for citation in item.citations)
    assert item.may_push.why in text
    assert "不推送" in text


def test_an_unknown_item_is_not_found(visitor: Client) -> None:
    assert visitor.get("/catalogue/nothing-of-the-kind/").status_code == 404


def test_the_rights_page_takes_its_limits_and_articles_from_the_pack(visitor: Client) -> None:
    text = visitor.get("/rights/").content.decode()
    for code in ("objection-decide", "reconsider", "withdraw-changed-decision"):
        row = pack.current().limit(code)
        assert row.title in text
        assert str(row.citations[0]) in text
    assert "60 日" in text
    assert "提出异议不影响任何办理。" in text


def test_the_english_page_says_its_language(visitor: Client) -> None:
    assert '<html lang="en"' in visitor.get("/en/").content.decode()


def test_a_demo_edition_is_marked_on_every_page(visitor: Client) -> None:
    assert "演示规则，不作依据" in visitor.get("/accessibility/").content.decode()


def test_the_stories_are_shown_in_the_demo_only(visitor: Client, settings: Settings) -> None:
    settings.DEMO = True
    assert visitor.get("/ui/").status_code == 200
    assert visitor.get("/ui/?shell=1").status_code == 200
    settings.DEMO = False
    assert visitor.get("/ui/").status_code == 404


def test_an_empty_line_of_the_operator_is_hidden(visitor: Client, settings: Settings) -> None:
    settings.SITE = dict.fromkeys(settings.SITE, "") | {"operator": "区信用办"}
    text = visitor.get("/").content.decode()
    assert "承办单位：区信用办" in text
    assert not [word for word in ("主办单位", "网站标识码", "ICP", "公网安备", "咨询电话") if word in text]
    settings.SITE = settings.SITE | {"sponsor": "某区人民政府"}
    assert "主办单位：某区人民政府" in visitor.get("/").content.decode()
