"""断行: every line fits, no character is lost, no line begins with a closing mark or ends with an opening one."""

from hypothesis import given
from hypothesis import strategies as st

from daoli_credit.paper.breaking import NOT_FIRST, NOT_LAST, lines

HAN = "依据行政处罚法公示的信息终止异议"


def ten(line: str) -> bool:
    return len(line) <= 10


def test_a_mark_stays_with_what_it_closes() -> None:
    assert lines("在这一条里按“申请修复”，由本单位办理", ten) == ["在这一条里按“申请修", "复”，由本单位办理"]


def test_words_and_numbers_stay_whole() -> None:
    assert lines("号码是道里2026年第DL20号", ten) == ["号码是道里2026年", "第DL20号"]


def test_what_is_longer_than_a_line_is_cut() -> None:
    assert "".join(lines("a" * 25, ten)) == "a" * 25


@given(st.text(alphabet=HAN + "，。（“”）a1 ", max_size=80))
def test_nothing_is_lost_and_every_line_fits(text: str) -> None:
    found = lines(text, ten)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    assert all(ten(line) for line in found)


@given(st.lists(st.sampled_from([*HAN, "，", "“修复”，", "（一）"]), max_size=60).map("".join))
def test_no_line_begins_or_ends_with_the_wrong_mark(text: str) -> None:
    found = lines(text, ten)
    marks = "，，，，，"
    if marks[:3] not in text and "）（" not in text:
        assert all(line[0] not in NOT_FIRST for line in found[1:])
        assert all(line[-1] not in NOT_LAST for line in found[:-1])
