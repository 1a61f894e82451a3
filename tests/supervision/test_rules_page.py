"""规则与目录."""

import re

from django.test import Client

from daoli_credit.law import loader, pack
from daoli_credit.law.models import Edition
from daoli_credit.supervision import rules


def page(client: Client, query: str = "") -> str:
    return client.get(f"/supervision/rules/{query}").content.decode()


def test_it_names_the_edition_and_says_that_it_is_a_demonstration(supervisor: Client) -> None:
    edition = Edition.objects.get(active=True)
    assert edition.title in page(supervisor)
    assert "演示规则，不作依据" in page(supervisor)


def test_every_row_of_the_pack_is_counted_once(supervisor: Client) -> None:
    rows = [*pack.current().bases.values(), *pack.current().rows()]
    assert sum(file.total for file in rules.files()) == len(rows)


def test_each_figure_opens_as_many_rows_as_it_says(supervisor: Client) -> None:
    loader.load("2026-11")
    links = re.findall(r'href="(\?file=[a-z]+&amp;status=[a-z-]+)#rows">(\d+)<', page(supervisor))
    assert len(links) > 10
    for link, count in links:
        assert f'<span class="small faint">{count} 行</span>' in page(supervisor, link.replace("&amp;", "&"))


def test_the_real_edition_has_more_to_confirm_than_the_demonstration(supervisor: Client) -> None:
    demo = rules.standing()
    loader.load("2026-11")
    real = rules.standing()
    assert demo
    assert real
    assert real.waiting > demo.waiting


def test_without_an_edition_the_page_says_what_to_do(supervisor: Client) -> None:
    Edition.objects.update(active=False)
    assert "还没有装入规则版本" in page(supervisor)


def test_nothing_can_be_changed_here(supervisor: Client) -> None:
    assert "<form" not in page(supervisor).partition("<main")[2].partition("</main>")[0]
