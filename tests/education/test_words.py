"""活动文字: nothing by which anybody is known."""

import pytest

from education.rules.words import link_problem, problem


@pytest.mark.parametrize(
    "text", ["电话13800001234", "１３８-0000-1234", "证件999999198803120028", "黑名单公示", "曝光老赖"]
)
def test_numbers_and_unkind_words_are_refused(text: str) -> None:
    assert problem(text)


@pytest.mark.parametrize("text", ["当事人（男，42岁）未付工资", "家住某小区", "就读于某校"])
def test_a_case_that_points_at_somebody_is_refused_where_cases_are_told(text: str) -> None:
    assert problem(text, cases=True)
    assert not problem(text)


@pytest.mark.parametrize("text", ["咨询电话 12345", "发放读本 200 册", "某企业拖欠工资后履行了义务", ""])
def test_an_event_may_be_told(text: str) -> None:
    assert not problem(text, cases=True)


@pytest.mark.parametrize(
    "link",
    ["http://example.com/a", "https://", "https://localhost/a", "https://a:b@example.com/", "javascript:alert(1)",
     "https://example.com/13800001234", "https://example.com/" + "a" * 300],
)  # fmt: skip
def test_a_wrong_link_is_refused(link: str) -> None:
    assert link_problem(link)


def test_a_public_report_may_be_linked() -> None:
    assert not link_problem("https://www.harbin.gov.cn/news/1.html")
