"""方案条款落实对照."""

import pytest
from django.test import Client

from daoli_credit.law.models import Edition


def clauses(client: Client, query: str = "") -> str:
    return client.get(f"/supervision/clauses/{query}").content.decode()


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 86),
        ("?treatment=carried-out", 37),
        ("?treatment=adjusted", 40),
        ("?treatment=declined", 9),
        ("?task=2.1.4", 4),
        ("?treatment=declined&task=2.5.2", 5),
        ("?treatment=declined&department=education", 2),
        ("?department=nobody", 0),
    ],
)
def test_filters_narrow_the_table(supervisor: Client, query: str, count: int) -> None:
    page = clauses(supervisor, query)
    assert page.count('<tr id="c') == count
    assert f'<span class="small faint">{count} 条</span>' in page


def test_a_declined_clause_gives_the_reason_and_the_article(supervisor: Client) -> None:
    page = clauses(supervisor, "?treatment=declined&task=2.2.1")
    assert "持续开展居民身份证登记指纹信息工作" in page
    assert "本系统不归集、不接收、不比对" in page
    assert "《中华人民共和国居民身份证法》第三条" in page
    assert "《中华人民共和国个人信息保护法》第二十八条" in page


def test_every_clause_not_carried_out_as_written_shows_a_basis(supervisor: Client) -> None:
    for treatment in ("adjusted", "declined"):
        rows = clauses(supervisor, f"?treatment={treatment}").split('<tr id="c')[1:]
        assert rows
        assert all("<li>《" in row or "还没有收入规则库" in row for row in rows)


def test_a_reference_outside_the_edition_is_counted_openly(supervisor: Client) -> None:
    edition = Edition.objects.get(active=True)
    kept = [row for row in edition.content["bases"] if row["code"] != "education-law"]
    Edition.objects.filter(pk=edition.pk).update(content={**edition.content, "bases": kept}, digest="without")
    page = clauses(supervisor, "?task=2.5.1&treatment=adjusted")
    assert "另有 1 处依据还没有收入规则库" in page


def test_without_an_edition_no_basis_is_claimed(supervisor: Client) -> None:
    Edition.objects.update(active=False)
    page = clauses(supervisor, "?task=2.2.1&treatment=declined")
    assert "另有 2 处依据还没有收入规则库" in page
    assert "<li>《" not in page


def test_the_whole_text_of_the_plan_can_be_read(supervisor: Client) -> None:
    page = supervisor.get("/supervision/plan/").content.decode()
    assert "哈里政办规〔2018〕9号" in page
    assert "（三）加强教育宣传。积极组织开展诚信主题实践活动" in page
