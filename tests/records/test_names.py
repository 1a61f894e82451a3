"""姓名: what stands where a name should, and is none, is told; no character of a real one is lost."""

import pytest

from records.rules import names, values
from records.rules.problem import Wrong


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("林 秀　云", "林秀云"),
        ("爱新觉罗．玄烨", "爱新觉罗·玄烨"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("Smith, John", "Smith,John"),
        ("O'Brien", "O'Brien"),
        ("李〇", "李〇"),
        ("三", "三"),
        ("\U00020bb7田", "\U00020bb7田"),
        ("示例\U0002ebf0", "示例\U0002ebf0"),  # newer than Python's tables
        ("示例\U00030edd", "示例\U00030edd"),
        ("欧阳医生", "欧阳医生"),
    ],
)
def test_a_name_is_kept_to_its_last_character(typed: str, read: str) -> None:
    assert names.read(values.tidy(typed)) == read


@pytest.mark.parametrize(
    ("typed", "cause"),
    [
        ("", "missing"),
        ("不详", "missing"),
        ("/", "missing"),
        ("=A1", "formula"),
        ("长" * 51, "too-long"),
        ("林秀\ue863", "name-made"),
        ("林*云", "name-whole"),
        ("林**", "name-whole"),
        ("林某", "name-whole"),
        ("林某某", "name-whole"),
        ("林XX", "name-whole"),
        ("999999198803120028", "name-form"),
        ("林秀云13800000000", "name-form"),
        ("林秀云、王新民", "name-several"),
        ("林秀云/王新民", "name-several"),
        ("<b>林秀云</b>", "name-several"),
        ("林秀\ufffd", "name-form"),
        ("林\\秀云", "name-form"),
        ("某某商贸有限公司", "name-form"),
        ("林秀云女士", "name-form"),
    ],
)
def test_what_is_no_name_is_told_and_how_to_put_it_right(typed: str, cause: str) -> None:
    with pytest.raises(Wrong) as why:
        names.read(values.tidy(typed))
    assert why.value.cause == cause
    assert why.value.fix


def test_half_a_character_cannot_be_stored_and_a_new_one_is_not_dropped() -> None:
    assert values.tidy("林\ud800\u200b\x00\U0002ebf0\ue863") == "林\U0002ebf0\ue863"
