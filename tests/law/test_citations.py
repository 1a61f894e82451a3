"""法源引用."""

import pytest

from daoli_credit.law.citations import numeral
from daoli_credit.law.pack import Pack, UnknownCode


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (10, "十"), (16, "十六"), (20, "二十"), (48, "四十八"), (101, "一百零一"), (110, "一百一十"),
     (136, "一百三十六"), (178, "一百七十八"), (1001, "一千零一"), (1029, "一千零二十九"), (1260, "一千二百六十")],
)  # fmt: skip
def test_article_numbers_are_written_in_chinese(number: int, text: str) -> None:
    assert numeral(number) == text


def test_a_number_no_act_has_is_refused() -> None:
    with pytest.raises(ValueError, match="条号"):
        numeral(0)


@pytest.mark.parametrize(
    ("ref", "text"),
    [
        ("penalty-law#48", "《中华人民共和国行政处罚法》第四十八条"),
        ("penalty-law", "《中华人民共和国行政处罚法》"),
        ("gbf-2020-49#六", "《国务院办公厅关于进一步完善失信约束制度构建诚信建设长效机制的指导意见》第（六）项"),
        ("daoli-plan-2018#二（五）1", "《道里区个人诚信体系建设实施方案》二（五）1"),
    ],
)
def test_a_citation_reads_as_an_official_would_write_it(rules: Pack, ref: str, text: str) -> None:
    citation = rules.cite(ref)
    assert str(citation) == text
    assert citation.ref == ref


def test_a_citation_says_in_one_sentence_what_the_article_holds(rules: Pack) -> None:
    assert "三日内撤回" in rules.cite("penalty-law#48").says


def test_an_unknown_basis_is_named(rules: Pack) -> None:
    with pytest.raises(UnknownCode, match="法律依据 tea-law"):
        rules.cite("tea-law#1")
